"""Lines of a feed are priced in the order of care, stored once, taken back and explained."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entraide.portal.domain.adjudication import quick
from entraide.portal.domain.adjudication.explanation import explanation_of
from entraide.portal.domain.adjudication.history import counters_of
from entraide.portal.domain.adjudication.models import AdjudicatedLine, Feed, RejectedLine
from entraide.portal.domain.members.models import Beneficiary
from tests.conftest import Household
from tests.portal.domain.claims.care import Care, pay
from tests.portal.feeds import Line, reissue, reversal, session, take_in, visit

pytestmark = pytest.mark.usefixtures("tables", "household")
END = date(2026, 12, 31)


def stored(line: Line) -> AdjudicatedLine:
    return AdjudicatedLine.objects.get(
        statement_number=line["statement_number"], reference=line["line_id"], record=line["record"]
    )


def paid(*lines: Line) -> list[int]:
    return [stored(line).amc for line in lines]


def sessions_used(person: Beneficiary) -> int:
    key = f"allowance:C40SOCLE:sessions:{person.pk}"
    return counters_of(person.pk, until=END).used(key, date(2026, 1, 1), END).units


def test_a_line_is_priced_with_what_the_fund_decided(tmp_path: Path) -> None:
    """REMB-06"""
    line = visit()

    report = take_in(tmp_path, line)

    row = stored(line)
    assert (report.stored.new, report.stored.rejected) == (1, 0)
    assert (row.charged, row.amo, row.withheld, row.amc, row.left) == (3000, 1900, 200, 900, 200)
    assert row.shares == [["C40SOCLE", 900]]
    assert row.state == "priced"


def test_lines_use_an_allowance_in_the_order_of_care_and_not_of_the_file(tmp_path: Path) -> None:
    """REMB-06"""
    months = [session(month, f"2026-{month:02d}-03") for month in (8, 2, 6, 4)]

    take_in(tmp_path, *months)

    assert paid(*months) == [0, 2500, 2500, 2500]


def test_what_was_stored_before_has_used_the_allowance(tmp_path: Path) -> None:
    first = [session(month, f"2026-{month:02d}-03") for month in (2, 4, 6)]
    take_in(tmp_path, *first)

    take_in(tmp_path, session(9, "2026-01-05"), number="F2")

    assert paid(session(9, "2026-01-05")) == [0]


def test_payments_of_the_management_system_count_too(tmp_path: Path, household: Household) -> None:
    old = Care(
        person=household.primary, kind="alternative", act="OST", charged=5500, base=0, rate=0, amo=0,
        amc=2500, day=date(2026, 1, 3), professional="Paul Roux",
    )  # fmt: skip
    pay(household.member, old, on=date(2026, 1, 9))
    lines = [session(month, f"2026-{month:02d}-03") for month in (2, 4, 6)]

    take_in(tmp_path, *lines)

    assert paid(*lines) == [2500, 2500, 0]


def test_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    take_in(tmp_path, visit(1), visit(2, care_start="2026-11-03"))
    before = list(AdjudicatedLine.objects.order_by("pk").values())

    again = take_in(tmp_path, visit(1), visit(2, care_start="2026-11-03"))

    assert (again.stored.new, again.stored.unchanged) == (0, 2)
    assert list(AdjudicatedLine.objects.order_by("pk").values()) == before
    assert Feed.objects.count() == 1


def test_a_line_of_another_file_that_is_known_is_no_change(tmp_path: Path) -> None:
    take_in(tmp_path, visit(1))

    again = take_in(tmp_path, visit(1), visit(1), visit(2, care_start="2026-11-03"), number="F2")

    assert (again.stored.new, again.stored.unchanged, again.stored.rejected) == (1, 2, 0)


def test_a_known_line_with_other_amounts_is_rejected(tmp_path: Path) -> None:
    take_in(tmp_path, visit(1))

    again = take_in(tmp_path, visit(1, charged="31.00"), number="F2")

    assert again.stored.rejected == 1
    assert RejectedLine.objects.get().reason == "repeated"


@pytest.mark.parametrize("together", [True, False], ids=["one file", "two files"])
def test_a_reversal_restores_every_counter(tmp_path: Path, household: Household, together: bool) -> None:
    """REMB-06"""
    lines = [session(month, f"2026-{month:02d}-03") for month in (2, 4, 6)]
    back, later = reversal(lines[0], 20), session(21, "2026-09-01")

    if together:
        take_in(tmp_path, *lines, back, later)
    else:
        take_in(tmp_path, *lines)
        assert sessions_used(household.primary) == 3
        take_in(tmp_path, back, number="F2")
        assert sessions_used(household.primary) == 2
        take_in(tmp_path, later, number="F3")

    assert paid(*lines, later) == [2500, 2500, 2500, 2500]
    assert stored(lines[0]).state == stored(back).state == "reversed"
    assert (stored(back).charged, stored(back).amc, stored(back).left) == (-5500, -2500, -3000)
    assert sessions_used(household.primary) == 3


def test_counters_after_a_reversal_are_those_of_a_person_without_the_line(
    tmp_path: Path, household: Household
) -> None:
    take_in(tmp_path, visit(1))
    before = counters_of(household.primary.pk, until=END)
    more = [visit(2, care_start="2026-11-05"), session(3, "2026-11-04")]
    take_in(tmp_path, *more, number="F2")

    take_in(tmp_path, *(reversal(line, 10 + place) for place, line in enumerate(more)), number="F3")

    assert counters_of(household.primary.pk, until=END) == before


def test_a_reissue_stands_in_the_place_of_its_line(tmp_path: Path, household: Household) -> None:
    first = session(1, "2026-02-03")
    second = reissue(first, 2, charged="45.00")
    take_in(tmp_path, first)

    take_in(tmp_path, second, number="F2")

    assert (stored(first).state, stored(second).state) == ("reversed", "priced")
    assert stored(second).charged == 4500
    assert sessions_used(household.primary) == 1


def test_a_reissue_of_a_line_that_never_came_is_new_and_bars_the_way_of_that_line(tmp_path: Path) -> None:
    line = visit(1)
    take_in(tmp_path, reissue(line, 2))

    late = take_in(tmp_path, line, number="F2")

    assert late.stored.rejected == 1
    assert RejectedLine.objects.get().reason == "replaced"


def test_a_chain_of_reissues_in_one_file_leaves_the_last_one(tmp_path: Path) -> None:
    first = session(1, "2026-02-03")
    second = reissue(first, 2)
    third = reissue(second, 3)

    take_in(tmp_path, third, second, first)

    assert [stored(line).state for line in (first, second, third)] == ["reversed", "reversed", "priced"]


def test_what_was_paid_already_comes_back_as_a_negative_line(tmp_path: Path) -> None:
    line = visit(1)
    take_in(tmp_path, line)
    AdjudicatedLine.objects.update(state="paid")

    take_in(tmp_path, reissue(line, 2, charged="40.00"), number="F2")

    back = AdjudicatedLine.objects.get(record="reversal")
    assert (back.state, back.charged, back.amc) == ("priced", -3000, -900)
    assert stored(line).state == "paid"
    assert take_in(tmp_path, reissue(line, 2, charged="40.00"), number="F2").stored.new == 0


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(reversal(visit(7), 2), id="a line that is not there"),
        pytest.param(reversal(visit(1), 2, charged="-29.00", base="-29.00"), id="other amounts"),
        pytest.param(reversal(visit(1), 2, beneficiary_number="30041828"), id="another person"),
    ],
)
def test_a_reversal_that_fits_nothing_is_rejected(tmp_path: Path, wrong: Line) -> None:
    take_in(tmp_path, visit(1))

    report = take_in(tmp_path, wrong, number="F2")

    assert report.stored.rejected == 1
    assert RejectedLine.objects.get().reason == "bad_reversal"
    assert stored(visit(1)).state == "priced"


def test_a_line_is_taken_back_once(tmp_path: Path) -> None:
    line = visit(1)
    take_in(tmp_path, line, reversal(line, 2))

    report = take_in(tmp_path, reversal(line, 3), reissue(line, 4), number="F2")

    assert report.stored.rejected == 2


def test_when_a_reissue_cannot_be_priced_its_line_stands(tmp_path: Path, household: Household) -> None:
    line = session(1, "2026-02-03")

    take_in(tmp_path, line, reissue(line, 2, amo="10.00", base="20.00", rate="50"))

    assert stored(line).state == "priced"
    assert RejectedLine.objects.get().reason == "not_priced"
    assert sessions_used(household.primary) == 1


def test_each_line_is_explained_after_all_the_others_have_come(tmp_path: Path) -> None:
    """B-02"""
    lines = [session(month, f"2026-{month:02d}-03") for month in (2, 4, 6, 8)]
    take_in(tmp_path, *lines[2:], visit(30))
    take_in(tmp_path, *lines[:2], reversal(lines[3], 40), number="F2")

    for row in AdjudicatedLine.objects.exclude(record="reversal"):
        told = explanation_of(row.pk)
        assert told is not None
        assert (told.amo, told.amc, told.left) == (row.amo, row.amc, row.left)
        assert told.steps


@st.composite
def _of_two_people(draw: st.DrawFn) -> tuple[list[Line], list[Line]]:
    kinds = st.tuples(st.booleans(), st.integers(1, 10), st.integers(1, 28))
    lines = []
    for number, (is_visit, month, day) in enumerate(draw(st.lists(kinds, min_size=2, max_size=12))):
        who = {"beneficiary_number": "30041827" if number % 2 else "30041828"}
        on = f"2026-{month:02d}-{day:02d}"
        lines.append(visit(number, care_start=on, **who) if is_visit else session(number, on, **who))
    return lines, draw(st.permutations(lines))


@given(_of_two_people())
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_order_of_the_lines_in_a_file_does_not_matter(
    tmp_path: Path, both: tuple[list[Line], list[Line]]
) -> None:
    """REMB-06"""
    results = []
    for place, lines in enumerate(both):
        AdjudicatedLine.objects.all().delete()
        RejectedLine.objects.all().delete()
        Feed.objects.all().delete()
        take_in(tmp_path, *lines, number=f"F{place}")
        results.append(set(AdjudicatedLine.objects.values_list("reference", "amc", "left", "withheld")))

    assert results[0] == results[1]
    assert len(results[0]) == len(both[0])


@given(_of_two_people())
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_quick_way_gives_the_cents_of_the_engine(
    tmp_path: Path, both: tuple[list[Line], list[Line]]
) -> None:
    results = []
    for able in (True, False):
        AdjudicatedLine.objects.all().delete()
        Feed.objects.all().delete()
        with pytest.MonkeyPatch.context() as patch:
            if not able:
                patch.setattr(quick.QuickPricer, "price", lambda *_: None)
            take_in(tmp_path, *both[0])
        told = ("reference", "amo", "amc", "left", "withheld", "shares")
        results.append(sorted(AdjudicatedLine.objects.values_list(*told)))

    assert results[0] == results[1]
