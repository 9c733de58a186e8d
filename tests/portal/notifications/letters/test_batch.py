"""The batch of a quarter: whole parts, in order, once, whatever happens in between (REMB-03, A51)."""

import json
import resource
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from entraide.portal.domain.claims.models import Payment, PaymentLine
from entraide.portal.domain.claims.periods import Quarter
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.events.models import Entry
from entraide.portal.notifications.letters import BatchRefused
from entraide.portal.notifications.letters.folder import only_run_in
from tests.portal.member_site.reimbursements.pdf_text import pages_of
from tests.portal.notifications.letters.post import AUTUMN, JANUARY, batch, parts_of, reader, rows_of
from tests.portal.processes import python, wait_until

RUN = """
import sys, django
django.setup()
from pathlib import Path
from tests.portal.notifications.letters.post import batch
batch(Path(sys.argv[1]), size=1)
"""


class Stopped(Exception):
    pass


def stop_after(letters: int) -> Callable[[int, int], None]:
    def watch(done: int, _wanted: int) -> None:
        if done >= letters:
            raise Stopped

    return watch


@pytest.fixture
def five(db: None) -> list[Beneficiary]:
    """Five letters, by postcode the other way round than by number."""
    return [reader(f"4000000{one}", postcode=f"{60 - one}000", lines=4 * one) for one in range(1, 6)]


def test_letters_are_told_where_they_are(five: list[Beneficiary], tmp_path: Path) -> None:
    """Sorted by postcode; each row of `letters.csv` finds its letter, and no page is left over."""
    report = batch(tmp_path / "out")

    rows = rows_of(tmp_path / "out")
    assert [row[4:] for row in rows] == [[f"{60 - one}000", f"4000000{one}"] for one in range(5, 0, -1)]
    parts = [pages_of(one) for one in parts_of(tmp_path / "out").values()]
    for part, first, pages, sheets, _postcode, number in rows:
        own = parts[int(part) - 1][int(first) - 1 : int(first) - 1 + 2 * int(sheets)]
        assert f"Numéro d’adhérent {number}" in own[0]
        assert len([page for page in own if page]) == int(pages)
    assert sum(map(len, parts)) == 2 * report.sheets
    assert (report.parts, report.letters, report.pages) == (3, 5, sum(int(row[2]) for row in rows))
    assert report.paid_cents == sum(Payment.objects.values_list("amount", flat=True)) == 900 * 4 * 15


def test_only_the_owner_reads_the_folder(five: list[Beneficiary], tmp_path: Path) -> None:
    (tmp_path / "out").mkdir(mode=0o755)

    batch(tmp_path / "out")

    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o700
    assert {stat.S_IMODE(one.stat().st_mode) for one in (tmp_path / "out").iterdir()} == {0o600}


def test_neither_list_nor_plan_holds_anything_of_care(five: list[Beneficiary], tmp_path: Path) -> None:
    batch(tmp_path / "out")

    for one in ("letters.csv", "skipped.csv", "plan.jsonl", "summary.json"):
        words = (tmp_path / "out" / one).read_text(encoding="utf-8-sig")
        assert not [word for word in ("Consultation", "Amandier", "Camille", "Tilleuls") if word in words]


def test_the_fact_is_published_once_and_only_counts(five: list[Beneficiary], tmp_path: Path) -> None:
    report = batch(tmp_path / "out")
    batch(tmp_path / "out")

    (entry,) = Entry.objects.filter(kind="StatementsPrinted")
    assert entry.data.pop("batch")
    assert entry.data == {"quarter": "2026-Q4", "letters": 5, "pages": report.pages}
    assert (entry.about, entry.actor) == (None, None)


@pytest.mark.parametrize("letters", [1, 2, 4, 5])
def test_a_stopped_batch_goes_on_where_it_was(five: list[Beneficiary], tmp_path: Path, letters: int) -> None:
    """Finished parts keep their bytes; the whole is that of a batch that was never stopped."""
    whole = batch(tmp_path / "whole")
    with pytest.raises(Stopped):
        batch(tmp_path / "out", watch=stop_after(letters))
    before = {one: (tmp_path / "out" / one).stat().st_mtime_ns for one in parts_of(tmp_path / "out")}

    report = batch(tmp_path / "out")

    assert report == whole
    assert parts_of(tmp_path / "out") == parts_of(tmp_path / "whole")
    assert rows_of(tmp_path / "out") == rows_of(tmp_path / "whole")
    assert {one: (tmp_path / "out" / one).stat().st_mtime_ns for one in before} == before
    assert len(before) == -(-letters // 2)


@pytest.mark.django_db(transaction=True)
def test_a_killed_batch_goes_on_where_it_was(tmp_path: Path) -> None:
    """SIGKILL between or within parts: no letter twice, none missing, the fact once."""
    for one in range(40):
        reader(f"400000{one:02d}", lines=3)
    folder = tmp_path / "out"
    with python(RUN, str(folder)) as child:
        wait_until(lambda: len(parts_of(folder)) >= 3)
        child.kill()
        child.wait()
    before = parts_of(folder)
    assert len(before) < 40

    report = batch(folder, size=1)

    assert (report.letters, report.parts) == (40, 40)
    assert [row[5] for row in rows_of(folder)] == [f"400000{one:02d}" for one in range(40)]
    assert {name: content for name, content in parts_of(folder).items() if name in before} == before
    assert not list(folder.rglob("*.partial"))
    assert Entry.objects.filter(kind="StatementsPrinted").count() == 1


def test_a_batch_killed_after_its_fact_does_not_publish_it_again(
    five: list[Beneficiary], tmp_path: Path
) -> None:
    """The last file is the summary: without it the end is run again, from the parts' own index."""
    with pytest.raises(Stopped):
        batch(tmp_path / "out", watch=stop_after(5))
    kept = {one.name: one.read_bytes() for one in (tmp_path / "out" / "index").iterdir()}
    batch(tmp_path / "out")
    (tmp_path / "out" / "summary.json").unlink()
    (tmp_path / "out" / "index").mkdir()
    for name, content in kept.items():
        (tmp_path / "out" / "index" / name).write_bytes(content)

    batch(tmp_path / "out")

    assert Entry.objects.filter(kind="StatementsPrinted").count() == 1


def test_sums_that_differ_are_refused_before_anything_is_made(
    five: list[Beneficiary], tmp_path: Path
) -> None:
    """I7: what letters tell is what was paid."""
    Payment.objects.filter(member=five[2].member).update(amount=1)

    with pytest.raises(BatchRefused, match=r"member 40000003: payments of 1 cents, lines of 10800 cents"):
        batch(tmp_path / "out")

    assert [one.name for one in (tmp_path / "out").iterdir()] == ["lock"]


def test_a_line_of_somebody_elses_person_is_refused(five: list[Beneficiary], tmp_path: Path) -> None:
    """The sums of the table agree, the letter's does not: it would not show that line."""
    line = PaymentLine.objects.filter(beneficiary=five[0]).first()
    assert line is not None
    line.beneficiary = five[1]
    line.save()

    with pytest.raises(BatchRefused, match="member 40000001: payments of 3600 cents, lines of 2700 cents"):
        batch(tmp_path / "out")

    assert "statements-2026-Q4-0003.pdf" not in parts_of(tmp_path / "out")


@pytest.mark.parametrize("change", ["amount", "address", "delivery"])
def test_other_data_than_planned_is_refused(five: list[Beneficiary], tmp_path: Path, change: str) -> None:
    with pytest.raises(Stopped):
        batch(tmp_path / "out", watch=stop_after(2))
    before = parts_of(tmp_path / "out")
    match change:
        case "amount":
            reader("40000009", postcode="99000")
        case "address":
            five[0].address_line1 = "2 rue Neuve"
            five[0].save()
        case _:
            five[0].member.statement_delivery = "email"
            five[0].member.save()

    with pytest.raises(BatchRefused, match=r"not what was planned on 2027-01-05.*begin again in another"):
        batch(tmp_path / "out")

    assert parts_of(tmp_path / "out") == before
    assert not (tmp_path / "out" / "summary.json").exists()


def test_data_that_changes_while_letters_are_made_is_refused(five: list[Beneficiary], tmp_path: Path) -> None:
    """An import beside the batch: the part that it touches is not made."""

    def moves(done: int, _wanted: int) -> None:
        if done == 2:
            five[0].city = "Voiron"
            five[0].save()

    with pytest.raises(BatchRefused, match="not what was planned"):
        batch(tmp_path / "out", watch=moves)

    assert list(parts_of(tmp_path / "out")) == [f"statements-2026-Q4-000{part}.pdf" for part in (1, 2)]


def test_the_sum_of_all_letters_is_that_of_all_payments(five: list[Beneficiary], tmp_path: Path) -> None:
    """I7: also when a part was made by an earlier run."""
    with pytest.raises(Stopped):
        batch(tmp_path / "out", watch=stop_after(2))
    told = tmp_path / "out" / "index" / "0001.json"
    row = json.loads(told.read_text())
    told.write_text(json.dumps({**row, "paid": row["paid"] + 1}))

    with pytest.raises(
        BatchRefused, match="letters tell of 54001 cents, payments of 54000: do not send them"
    ):
        batch(tmp_path / "out")

    assert not (tmp_path / "out" / "letters.csv").exists()


def test_what_a_kill_left_half_written_is_removed(five: list[Beneficiary], tmp_path: Path) -> None:
    with pytest.raises(Stopped):
        batch(tmp_path / "out", watch=stop_after(2))
    for name in ("statements-2026-Q4-0007.pdf.partial", "index/0007.json.partial"):
        (tmp_path / "out" / name).write_bytes(b"half")

    batch(tmp_path / "out")

    assert not list((tmp_path / "out").rglob("*.partial"))


@pytest.mark.parametrize(
    "other",
    [{"quarter": Quarter(2026, 3)}, {"size": 3}, {"preview": True}],
    ids=["quarter", "size", "preview"],
)
def test_a_folder_holds_one_batch(five: list[Beneficiary], tmp_path: Path, other: dict[str, object]) -> None:
    batch(tmp_path / "out")

    with pytest.raises(BatchRefused, match="holds 2026-Q4, parts of 2: choose another folder"):
        batch(tmp_path / "out", **other)  # type: ignore[arg-type]


def test_a_folder_with_something_else_in_it_is_refused(five: list[Beneficiary], tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    tmp_path.chmod(0o755)

    with pytest.raises(BatchRefused, match="new or empty"):
        batch(tmp_path)
    with pytest.raises(BatchRefused, match="not a folder"):
        batch(tmp_path / "mine.txt")

    assert [one.name for one in tmp_path.iterdir()] == ["mine.txt"]
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


def test_a_second_run_beside_the_first_is_refused(five: list[Beneficiary], tmp_path: Path) -> None:
    with only_run_in(tmp_path / "out"), pytest.raises(BatchRefused, match="another run is at work"):
        batch(tmp_path / "out")

    assert batch(tmp_path / "out").letters == 5


@contextmanager
def files_up_to(size: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("size", [100, 5_000])
def test_a_full_disk_is_told_and_leaves_nothing_half_written(
    five: list[Beneficiary], tmp_path: Path, size: int
) -> None:
    """Met within the plan, and within the first part."""
    with files_up_to(size), pytest.raises(BatchRefused, match="make room, then run the same command again"):
        batch(tmp_path / "out")

    assert parts_of(tmp_path / "out") == {}
    assert not list((tmp_path / "out").rglob("*.partial"))
    assert batch(tmp_path / "out").letters == 5


def test_a_quarter_that_is_not_over_can_only_be_looked_at(five: list[Beneficiary], tmp_path: Path) -> None:
    """Its last day is not over either."""
    with pytest.raises(BatchRefused, match="2026-Q4 is not over"):
        batch(tmp_path / "out", on=AUTUMN.last)
    assert not (tmp_path / "out").exists()

    batch(tmp_path / "out", on=AUTUMN.last, preview=True)

    (name, *_rest), pages = (
        parts_of(tmp_path / "out"),
        pages_of(next(iter(parts_of(tmp_path / "out").values()))),
    )
    assert name == "statements-2026-Q4-preview-0001.pdf"
    assert not [page for page in pages if page and "APERÇU" not in page]
    assert not Entry.objects.filter(kind="StatementsPrinted").exists()


def test_the_day_of_the_letters_is_that_of_the_plan(five: list[Beneficiary], tmp_path: Path) -> None:
    with pytest.raises(Stopped):
        batch(tmp_path / "out", watch=stop_after(2))

    batch(tmp_path / "out", on=JANUARY.replace(day=8))

    assert "5 janvier 2027" in pages_of(parts_of(tmp_path / "out")["statements-2026-Q4-0003.pdf"])[0]


def test_a_quarter_without_letters_is_an_empty_batch(db: None, tmp_path: Path) -> None:
    report = batch(tmp_path / "out")

    assert (report.letters, report.parts, report.paid_cents) == (0, 0, 0)
    assert json.loads((tmp_path / "out" / "summary.json").read_text())["letters"] == 0
