"""Large feeds: constant memory; a run that is killed leaves nothing, the next one brings all lines once."""

import os
import resource
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from entraide.portal.domain.adjudication.models import AdjudicatedLine, Feed, RejectedLine
from entraide.portal.domain.adjudication.quick import QuickPricer
from entraide.portal.domain.contracts.models import Contract, Coverage
from entraide.portal.domain.members.models import Beneficiary, Member
from entraide.portal.gateways.claim_feed import FeedRefused, take_in_feed
from entraide.portal.gateways.core_system import Progress
from tests.portal.feeds import NOW, Line, reversal, session, stream_feed, visit, write_feed
from tests.portal.processes import python, wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("tables")]
PEOPLE = 600
# The page cache of SQLite (20 MB), one sorter of the same size, and the blocks.
MEMORY = 40_000_000


@pytest.fixture
def people() -> list[str]:
    """Numbers of people alone in their membership, under the contract that has a table."""
    numbers = [f"4{number:07d}" for number in range(PEOPLE)]
    segment = settings.PROFILE.segments[0].id
    members = Member.objects.bulk_create(
        Member(number=number, segment=segment, joined_on="2018-01-01") for number in numbers
    )
    persons = Beneficiary.objects.bulk_create(
        Beneficiary(
            member=member, number=member.number, relationship="primary_insured", civility="mme",
            last_name="Vautrin", first_name="Anne", birth_date="1984-01-09", birth_department="38",
            nir="", nir_index=member.number, claim_feed="on",
        )
        for member in members
    )  # fmt: skip
    contracts = Contract.objects.bulk_create(
        Contract(
            member=member, number="C40SOCLE", label_fr="Santé", label_en="Health", tier="base",
            plan_fr="Socle", plan_en="Base", subscribed_on="2018-01-01",
        )
        for member in members
    )  # fmt: skip
    Coverage.objects.bulk_create(
        Coverage(contract=contract, beneficiary=person, starts_on="2018-01-01")
        for contract, person in zip(contracts, persons, strict=True)
    )
    return numbers


def lines_of(people: list[str], *, each: int) -> Iterator[Line]:
    """Visits and sessions, a wrong line and a reversal now and then."""
    for place, number in enumerate(people):
        for count in range(each):
            day = f"2026-{1 + count % 10:02d}-{1 + place % 28:02d}"
            name = f"{place}-{count}"
            make = session if count % 3 else visit
            line = (
                make(name, day, beneficiary_number=number)
                if make is session
                else visit(name, care_start=day, beneficiary_number=number)
            )
            yield line | {"act_code": "XYZ"} if count == 7 else line
            if count == 4 and place % 5 == 0:
                yield reversal(line, f"{name}-R")


def own_memory() -> int:
    """Bytes of this process that are its own: mapped files are not counted."""
    status = Path("/proc/self/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("RssAnon")).split()[1]) * 1024


def test_memory_does_not_grow_with_the_file(tmp_path: Path, people: list[str]) -> None:
    """REMB-06"""
    grown = []
    for number, each in (("F1", 4), ("F2", 60)):
        lines = (line | {"statement_number": number} for line in lines_of(people, each=each))
        path = stream_feed(tmp_path / f"{number}.csv", lines, number=number)
        before, seen = own_memory(), list[int]()
        take_in_feed(path, now=NOW, progress=lambda _progress, seen=seen: seen.append(own_memory()))  # type: ignore[misc]
        grown.append(max(seen) - before)
        AdjudicatedLine.objects.all().delete()

    assert max(grown) < MEMORY, grown


def test_plain_lines_take_the_quick_way(
    tmp_path: Path, people: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = []
    price = QuickPricer.price

    def watched(self: QuickPricer, *given: object) -> object:
        quick.append(price(self, *given) is not None)  # type: ignore[arg-type]
        return price(self, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(QuickPricer, "price", watched)

    take_in_feed(write_feed(tmp_path / "F1.csv", *lines_of(people[:20], each=4)), now=NOW)

    assert quick == [True] * 20


KILLED_RUN = """
import sys, time
from datetime import datetime
from pathlib import Path
import django
django.setup()
from dataclasses import replace
from django.conf import settings
from entraide.portal.gateways.claim_feed import take_in_feed
from entraide.reimbursement import load_contracts
tables = {each.number: (each,) for each in load_contracts(Path("mutuals/mese/guarantees/2026.toml"))}
settings.PROFILE = replace(settings.PROFILE, guarantees=tables)
def watch(progress):
    if (progress.step, progress.rows >= int(sys.argv[3])) == (sys.argv[2], True):
        Path(sys.argv[1] + ".there").touch()
        time.sleep(60)
take_in_feed(Path(sys.argv[1]), now=datetime.fromisoformat("2026-11-22T09:00:00+00:00"), progress=watch)
"""


def stored() -> list[tuple[object, ...]]:
    told = ("pk", "reference", "record", "state", "amc", "left", "withheld", "feed_line", "takes_back")
    return sorted(map(str, AdjudicatedLine.objects.values_list(*told)))


@pytest.mark.parametrize(("step", "rows"), [("reading", 1), ("storing", 1500)], ids=["reading", "pricing"])
def test_after_a_kill_the_same_command_ends_in_the_same_rows(
    tmp_path: Path, people: list[str], step: str, rows: int
) -> None:
    """REMB-06"""
    path = write_feed(tmp_path / "F1.csv", *lines_of(people, each=9))
    environment = {"DJANGO_SETTINGS_MODULE": "entraide.portal.config.settings"}
    with python(KILLED_RUN, str(path), step, str(rows), **environment) as child:
        wait_until(Path(f"{path}.there").exists)
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
    assert not AdjudicatedLine.objects.exists()
    assert not Feed.objects.exists()

    again = take_in_feed(path, now=NOW)
    after_kill = stored()
    AdjudicatedLine.objects.all().delete()
    RejectedLine.objects.all().delete()
    Feed.objects.all().delete()
    take_in_feed(path, now=NOW)

    assert again.stored.new == PEOPLE * 8 + PEOPLE // 5
    assert again.stored.rejected == PEOPLE
    assert after_kill == stored()


def test_a_kill_after_the_storing_doubles_nothing(tmp_path: Path, people: list[str]) -> None:
    path = write_feed(tmp_path / "F1.csv", *lines_of(people[:40], each=5))
    take_in_feed(path, now=NOW)
    before = stored()

    def die(progress: Progress) -> None:
        if progress.step == "done":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take_in_feed(path, now=NOW, progress=die)

    assert stored() == before
    assert Feed.objects.count() == 1


def test_a_full_disk_refuses_the_feed_and_leaves_nothing(tmp_path: Path, people: list[str]) -> None:
    """The limit of this process stands for the end of the disk; with room, the same command takes it in."""
    acts = ("G", "XYZ")
    lines = [visit(n, beneficiary_number=people[n % 50], act_code=acts[n % 2]) for n in range(6000)]
    path = write_feed(tmp_path / "F1.csv", *lines)
    rejects = path.with_name("F1.csv.rejects.jsonl")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, before[1]))
    try:
        with pytest.raises(FeedRefused, match="room and a database at work"):
            take_in_feed(path, now=NOW)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert not AdjudicatedLine.objects.exists()
    assert not Feed.objects.exists()
    assert [one.name for one in tmp_path.iterdir()] == ["F1.csv"]
    assert take_in_feed(path, now=NOW).stored.new == 3000
    assert rejects.is_file()
