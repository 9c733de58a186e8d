"""What is wrong with one line stays out alone; what is wrong with the file refuses all of it."""

import json
from pathlib import Path

import pytest
from django.conf import settings

from entraide.portal.domain.adjudication.models import AdjudicatedLine, Feed, RejectedLine
from entraide.portal.domain.contracts.models import Coverage
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.events.models import Entry
from entraide.portal.gateways.claim_feed import FeedRefused, take_in_feed
from entraide.portal.gateways.core_system.lock import alone
from tests.conftest import Household, make_person
from tests.portal.feeds import COLUMNS, NOW, Line, feed_text, reversal, take_in, visit, write_feed

pytestmark = pytest.mark.usefixtures("tables", "household")
NIR = "284013818500187"


def nothing_kept() -> bool:
    return not (AdjudicatedLine.objects.exists() or Feed.objects.exists() or RejectedLine.objects.exists())


def told(folder: Path, number: str = "F1") -> list[dict[str, object]]:
    text = (folder / f"{number}.csv.rejects.jsonl").read_text()
    return [json.loads(line) for line in text.splitlines()]


WRONG = {
    "unknown act": (visit(2, act_code="XYZ"), "unknown_act", "act_code"),
    "base above the fee": (visit(2, base="30.01"), "bad_value", "base"),
    "negative quantity": (visit(2, quantity="-1"), "bad_value", "quantity"),
    "no quantity": (visit(2, quantity="0"), "bad_value", "quantity"),
    "care before the contract": (visit(2, care_start="2017-03-01"), "not_covered", "care_start"),
    "care in the future": (visit(2, care_start="2026-11-21"), "future_care", "care_start"),
    "statement in the future": (visit(2, statement_date="2026-11-21"), "future_care", "statement_date"),
    "end before the start": (visit(2, care_end="2026-11-01"), "bad_value", "care_end"),
    "amount of another form": (visit(2, base="30,00"), "bad_value", "base"),
    "share above the base": (visit(2, amo="30.01"), "bad_value", "amo"),
    "share that the rate does not give": (visit(2, amo="20.00"), "not_priced", "amo"),
    "negative amount": (visit(2, withheld="-2.00"), "bad_value", "withheld"),
    "unknown person": (visit(2, beneficiary_number="99999999"), "unknown_person", "beneficiary"),
    "nobody named": (visit(2, beneficiary_number=""), "bad_value", "beneficiary_number"),
    "wrong key": (visit(2, nir="284013818500188"), "bad_value", "nir"),
    "number of another person": (visit(2, nir="295109912611193"), "unknown_person", "beneficiary"),
    "half a stay": (visit(2, stay_from="2026-11-01"), "bad_value", "stay_until"),
    "a charge without its stay": (
        visit(2, act_code="FJ", base="0.00", amo="0.00", rate="0", withheld=""), "not_priced", "stay_from",
    ),
    "a line that takes back": (visit(2, of_line="L1", of_statement="D1"), "bad_reversal", "of_line"),
    "a reversal of nothing": (reversal(visit(1), 2, of_line=""), "bad_reversal", "of_line"),
    "a reversal of itself": (
        reversal(visit(2), 2, statement_number="D1"), "bad_reversal", "of_line",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("wrong", "reason", "field"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_line_stays_out_with_its_place_and_the_others_come_in(
    tmp_path: Path, wrong: Line, reason: str, field: str
) -> None:
    """REMB-06"""
    changes = {} if wrong["base"] != "30,00" else {"end": "end,3,90.00,57.00"}

    report = take_in(tmp_path, visit(1), wrong, visit(3, care_start="2026-11-04"), **changes)

    assert (report.stored.new, report.stored.rejected) == (2, 1)
    assert report.rejects == tmp_path / "F1.csv.rejects.jsonl"
    (row,) = told(tmp_path)
    assert (row["file"], row["line"], row["reason"], row["field"]) == ("F1.csv", 4, reason, field)
    assert row["found"]
    assert row["expected"]
    kept = RejectedLine.objects.get()
    assert (kept.feed_line, kept.reason, kept.field) == (4, reason, field)


def test_identity_numbers_are_masked_in_what_is_told(tmp_path: Path) -> None:
    take_in(tmp_path, visit(1), visit(2, nir="284013818500188"), visit(3, act_code=NIR))

    assert "013818500" not in (tmp_path / "F1.csv.rejects.jsonl").read_text()
    assert not RejectedLine.objects.filter(found__contains="013818500").exists()


def test_a_line_that_cannot_be_taken_apart_harms_no_other(tmp_path: Path) -> None:
    text = feed_text([visit(1), visit(2, care_start="2026-11-03"), visit(3, care_start="2026-11-04")])
    lines = text.splitlines()
    lines[2] = lines[2].replace("Docteur Amandier", '"Docteur Amandier')
    lines[3] = lines[3].removesuffix(",")
    (tmp_path / "F1.csv").write_text("\n".join(lines) + "\n")

    report = take_in_feed(tmp_path / "F1.csv", now=NOW)

    assert (report.stored.new, report.stored.rejected) == (1, 2)
    assert "totals were not compared" in str(report)


def test_a_person_is_found_by_number_birth_date_and_rank(tmp_path: Path, household: Household) -> None:
    born = household.primary.birth_date.isoformat()

    take_in(tmp_path, visit(1, beneficiary_number="", nir=NIR, birth_date=born, birth_rank="1"))

    assert AdjudicatedLine.objects.get().beneficiary_id == household.primary.pk


@pytest.mark.parametrize("state", ["off", "never"])
def test_a_line_of_somebody_whose_feed_is_not_ours_raises_an_alert(
    tmp_path: Path, household: Household, state: str
) -> None:
    Beneficiary.objects.filter(pk=household.primary.pk).update(claim_feed=state)

    report = take_in(tmp_path, visit(1))

    assert told(tmp_path)[0]["reason"] == "not_attached"
    assert report.stored.alerts == 1
    assert Entry.objects.get(kind="DoubleAttachmentFound").data["lines"] == 1


def test_a_person_attached_in_two_memberships_raises_an_alert(
    tmp_path: Path, household: Household, stranger: Beneficiary
) -> None:
    born = household.primary.birth_date
    make_person(stranger.member, "30077777", "spouse", "Anne", born=born, nir=NIR)
    line = visit(1, beneficiary_number="", nir=NIR, birth_date=born.isoformat(), birth_rank="1")

    take_in(tmp_path, line)

    assert told(tmp_path)[0]["reason"] == "double_attachment"
    assert Entry.objects.filter(kind="DoubleAttachmentFound").count() == 1


def test_a_child_on_two_memberships_belongs_to_the_one_whose_feed_is_on(
    tmp_path: Path, household: Household, stranger: Beneficiary
) -> None:
    born = household.primary.birth_date
    make_person(stranger.member, "30077777", "spouse", "Anne", born=born, nir=NIR, claim_feed="off")

    take_in(tmp_path, visit(1, beneficiary_number="", nir=NIR, birth_date=born.isoformat(), birth_rank="1"))

    assert AdjudicatedLine.objects.get().beneficiary_id == household.primary.pk


def test_after_the_members_were_put_right_the_same_file_brings_the_rest(
    tmp_path: Path, household: Household
) -> None:
    Coverage.objects.update(starts_on="2026-11-03")
    take_in(tmp_path, visit(1), visit(2, care_start="2026-11-04"))
    Coverage.objects.update(starts_on="2018-01-01")

    report = take_in(tmp_path, visit(1), visit(2, care_start="2026-11-04"))

    assert (report.stored.new, report.stored.unchanged, report.stored.rejected) == (1, 1, 0)
    assert not RejectedLine.objects.exists()
    assert not (tmp_path / "F1.csv.rejects.jsonl").exists()


WHOLE = {
    "another version": ({"header": "feed,2,F1,01,381,0000,2026-11-20,UTF-8"}, "version"),
    "no header": ({"header": "line,1"}, "feed"),
    "another encoding announced": ({"header": "feed,1,F1,01,381,0000,2026-11-20,ISO-8859-1"}, "encoding"),
    "a header cut short": ({"header": "feed,1,F1"}, "8: feed,version"),
    "a wrong day": ({"header": "feed,1,F1,01,381,0000,20/11/2026,UTF-8"}, "made_on"),
    "made tomorrow": ({"header": "feed,1,F1,01,381,0000,2026-11-23,UTF-8"}, "made_on"),
    "a wrong fund": ({"header": "feed,1,F1,01,38,0000,2026-11-20,UTF-8"}, "fund_code"),
    "a wrong count": ({"end": "end,2,30.00,19.00"}, "found 1 lines, expected 2"),
    "a wrong total": ({"end": "end,1,30.01,19.00"}, 'end, charged: found "30.00", expected 30.01'),
    "a wrong total of health insurance": ({"end": "end,1,30.00,18.99"}, "end, amo"),
    "a total of another form": ({"end": 'end,1,"30,00",19.00'}, "a total of another form"),
    "no end": ({"end": ""}, "the file was cut"),
    "something after the end": ({"end": "end,1,30.00,19.00\nline,x"}, "after the end"),
}


@pytest.mark.parametrize(("changes", "said"), WHOLE.values(), ids=WHOLE.keys())
def test_a_file_that_cannot_be_trusted_leaves_nothing(
    tmp_path: Path, changes: dict[str, str], said: str
) -> None:
    """REMB-06"""
    with pytest.raises(FeedRefused, match=r"F1\.csv") as refusal:
        take_in(tmp_path, visit(1), **changes)

    assert said in str(refusal.value)
    assert nothing_kept()


@pytest.mark.parametrize("cut", [5, 60, 300, 600, -2, -12, -40, -120])
def test_a_file_cut_anywhere_is_refused(tmp_path: Path, cut: int) -> None:
    text = feed_text([visit(1), visit(2, care_start="2026-11-03")])
    (tmp_path / "F1.csv").write_text(text[:cut])

    with pytest.raises(FeedRefused):
        take_in_feed(tmp_path / "F1.csv", now=NOW)

    assert nothing_kept()


def test_another_encoding_than_announced_is_refused_with_its_line(tmp_path: Path) -> None:
    text = feed_text([visit(1), visit(2, executor="Hélène Vasseur")])
    (tmp_path / "F1.csv").write_bytes(text.encode("latin-1"))

    with pytest.raises(FeedRefused, match="line 4: found the byte 0xE9"):
        take_in_feed(tmp_path / "F1.csv", now=NOW)

    assert nothing_kept()


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("executor", "doctor", "no column executor, the unknown column"),
        ("record,line_id", "line_id,record", "the first column line_id"),
        ("prescriber", "executor", "the column executor twice"),
    ],
)
def test_other_columns_are_refused(tmp_path: Path, before: str, after: str, said: str) -> None:
    text = feed_text([visit(1)]).replace(before, after, 1)
    (tmp_path / "F1.csv").write_text(text)

    with pytest.raises(FeedRefused, match=said):
        take_in_feed(tmp_path / "F1.csv", now=NOW)


def test_columns_that_may_be_empty_may_be_absent(tmp_path: Path) -> None:
    text = feed_text([visit(1)]).splitlines()
    assert COLUMNS[-1] == "prescriber"
    text[1], text[2] = text[1].removesuffix(",prescriber"), text[2].removesuffix(",")
    (tmp_path / "F1.csv").write_text("\n".join(text) + "\n")

    assert take_in_feed(tmp_path / "F1.csv", now=NOW).stored.new == 1


def test_a_number_serves_one_file(tmp_path: Path) -> None:
    take_in(tmp_path, visit(1))

    with pytest.raises(FeedRefused, match="which another file had before"):
        take_in(tmp_path, visit(2))

    assert AdjudicatedLine.objects.count() == 1


def test_an_empty_feed_is_taken_in(tmp_path: Path) -> None:
    assert take_in(tmp_path).stored.new == 0
    assert Feed.objects.get().lines == 0


def test_two_at_once_do_not_work(tmp_path: Path) -> None:
    path = write_feed(tmp_path / "F1.csv", visit(1))

    with alone(), pytest.raises(FeedRefused, match="another import at work"):
        take_in_feed(path, now=NOW)


def test_where_the_rejects_cannot_be_told_nothing_is_kept(tmp_path: Path) -> None:
    path = write_feed(tmp_path / "F1.csv", visit(1), visit(2, act_code="XYZ"))

    with pytest.raises(FeedRefused, match="nothing of this file was kept"):
        take_in_feed(path, now=NOW, rejects=tmp_path / "no" / "such.jsonl")

    assert nothing_kept()
    assert settings.ENTRAIDE.data_dir.is_dir()
