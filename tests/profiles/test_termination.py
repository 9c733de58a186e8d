"""Which rule ends a contract, and on which day (B-12, articles L221-10 and L221-10-2)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.profiles import Ending, EndingWay, Fault, Termination, TerminationRule
from entraide.reimbursement.dates import add_months
from tests.profiles.conftest import Copy

RULES = Termination(
    rules=(TerminationRule(segments=("staff",), tiers=("base",), mandatory=True), TerminationRule())
)
DAYS = st.dates(min_value=date(2015, 1, 1), max_value=date(2035, 12, 31))


def ending(*, since: date, told_on: date, segment: str = "retired", tier: str = "base") -> Ending:
    return RULES.ending_of(segment=segment, tier=tier, subscribed_on=since, told_on=told_on)


def test_after_a_year_a_contract_ends_one_month_after_the_mutual_was_told() -> None:
    found = ending(since=date(2025, 3, 15), told_on=date(2026, 3, 15))

    assert found == Ending(way=EndingWay.ANYTIME, last_day=date(2026, 4, 15))
    assert ending(since=date(2018, 1, 1), told_on=date(2027, 1, 31)).last_day == date(2027, 2, 28)


def test_the_day_before_its_anniversary_a_contract_still_follows_the_yearly_rule() -> None:
    found = ending(since=date(2025, 3, 15), told_on=date(2026, 3, 14))

    assert (found.way, found.last_day) == (EndingWay.YEARLY, date(2026, 12, 31))
    assert (found.anytime_from, found.anytime_last_day) == (date(2026, 3, 15), date(2026, 4, 15))


@pytest.mark.parametrize(
    ("told_on", "last_day"),
    [(date(2026, 10, 31), date(2026, 12, 31)), (date(2026, 11, 1), date(2027, 12, 31))],
)
def test_the_yearly_notice_is_in_time_two_months_before_and_not_a_day_later(
    told_on: date, last_day: date
) -> None:
    found = ending(since=date(2026, 2, 1), told_on=told_on)

    assert found.last_day == last_day
    assert found.told_by == add_months(last_day, -2)


def test_waiting_is_not_offered_where_it_gains_nothing() -> None:
    assert ending(since=date(2026, 12, 15), told_on=date(2027, 2, 1)).anytime_from is None


def test_the_member_of_a_mandatory_group_contract_cannot_end_it_but_an_option_of_their_own_they_can() -> None:
    base = ending(since=date(2018, 1, 1), told_on=date(2026, 5, 4), segment="staff")
    option = ending(since=date(2018, 1, 1), told_on=date(2026, 5, 4), segment="staff", tier="option")

    assert base == Ending(way=EndingWay.EMPLOYER)
    assert option.last_day == date(2026, 6, 4)


@given(since=DAYS, after=st.integers(min_value=-400, max_value=4000))
def test_a_contract_never_ends_before_it_began_nor_sooner_than_the_law_says(since: date, after: int) -> None:
    told_on = since + timedelta(days=after)
    found = ending(since=since, told_on=told_on)

    assert found.last_day is not None
    assert found.last_day >= since
    assert found.last_day >= add_months(told_on, 1)
    assert found.last_day <= add_months(max(told_on, since), 14)
    if found.anytime_last_day is not None:
        assert found.anytime_last_day < found.last_day


def test_every_contract_has_a_rule_and_every_segment_exists(green: Copy) -> None:
    green.change("termination.toml", '[[rule]]\nyear_ends = "12-31"', '[[rule]]\nsegments = ["retraite"]')

    faults = green.faults()

    assert Fault("termination.toml", "rule.segments", '"retraite"', "one of collectif, individuel") in faults
    missing = 'no rule for "option" contracts of "collectif"'
    assert Fault("termination.toml", "rule", missing, "a rule that fits every contract") in faults


@pytest.mark.parametrize("day", ["12-32", "02-29", "13-01", "31/12"])
def test_the_end_of_the_year_is_a_day_of_every_year(green: Copy, day: str) -> None:
    green.change("termination.toml", 'year_ends = "12-31"', f'year_ends = "{day}"')

    assert [(one.file, one.expected) for one in green.faults()] == [
        ("termination.toml", "a day of any year as MM-DD")
    ]


def test_a_contract_that_has_not_begun_ends_with_its_own_first_year() -> None:
    in_june = Termination(rules=(TerminationRule(year_ends="06-30"),))

    found = in_june.ending_of(
        segment="any", tier="base", subscribed_on=date(2027, 9, 1), told_on=date(2026, 10, 5)
    )

    assert found.last_day == date(2028, 6, 30)
    assert found.anytime_from is None
