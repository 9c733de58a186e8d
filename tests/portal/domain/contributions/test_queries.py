"""What a member owes and has paid (COT-01)."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from entraide.portal.domain.contributions.enums import Standing
from entraide.portal.domain.contributions.queries import RECORDING_DAYS, contributions_of, to_come
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.queries import viewer_of
from entraide.portal.domain.members.viewer import Viewer
from tests.conftest import Household
from tests.portal.contributions import owe

ON = date(2026, 11, 22)


def as_seen(person: Beneficiary) -> Viewer:
    assert person.account_id is not None
    found = viewer_of(person.account_id)
    assert found is not None
    return found


def test_total_is_what_was_paid_and_what_is_left(viewer: Viewer, household: Household) -> None:
    owe(household.member, date(2026, 9, 5), 10_000, state="paid")
    owe(household.member, date(2026, 10, 5), 10_000, state="failed", failure="funds")
    owe(household.member, date(2026, 12, 5), 10_050)
    owe(household.member, date(2026, 9, 20), -1_250, state="paid")

    found = contributions_of(viewer, on=ON)

    assert found is not None
    assert (found.total, found.paid, found.left) == (28_800, 8_750, 20_050)
    assert found.left == sum(line.amount for line in found.lines if line.is_owed)


@pytest.mark.parametrize("state", ["replaced", "cancelled"])
def test_what_is_not_asked_any_more_is_shown_and_counts_for_nothing(
    viewer: Viewer, household: Household, state: str
) -> None:
    owe(household.member, date(2026, 3, 5), 10_000, state=state)
    owe(household.member, date(2026, 3, 20), 10_000, state="paid")

    found = contributions_of(viewer, on=ON)

    assert found is not None
    assert len(found.lines) == 2
    assert (found.total, found.paid, found.left) == (10_000, 10_000, 0)


@pytest.mark.parametrize(
    ("days", "standing"),
    [
        (0, Standing.TO_COME),
        (-1, Standing.RECORDING),
        (-RECORDING_DAYS, Standing.RECORDING),
        (-RECORDING_DAYS - 1, Standing.LATE),
    ],
)
def test_a_line_is_late_only_after_the_days_that_a_payment_takes(
    viewer: Viewer, household: Household, days: int, standing: Standing
) -> None:
    """COT-01: a recent payment may not be recorded yet."""
    owe(household.member, ON + timedelta(days=days))

    found = contributions_of(viewer, on=ON)

    assert found is not None
    assert [line.standing for line in found.lines] == [standing]


def test_the_mandate_is_that_of_the_next_debit(viewer: Viewer, household: Household) -> None:
    owe(household.member, date(2026, 1, 5), state="paid", mandate_reference="OLD", iban_end="1111")
    owe(household.member, date(2026, 12, 5), mandate_reference="NEW", iban_end="2222")
    owe(household.member, date(2026, 12, 20), mandate_reference="LATER", iban_end="3333")

    found = contributions_of(viewer, on=ON)

    assert found is not None
    assert found.mandate is not None
    assert (found.mandate.reference, found.mandate.iban_end) == ("NEW", "2222")
    assert found.next is not None
    assert found.next.due_on == date(2026, 12, 5)


def test_each_year_has_its_own_schedule(viewer: Viewer, household: Household) -> None:
    for year in (2024, 2026):
        owe(household.member, date(year, 5, 5), year * 10, state="paid")

    found = contributions_of(viewer, year=2024, on=ON)

    assert found is not None
    assert (found.years, found.year, found.total) == ((2026, 2024), 2024, 20_240)
    assert contributions_of(viewer, year=2025, on=ON) is None


def test_without_this_year_the_nearest_one_is_shown(viewer: Viewer, household: Household) -> None:
    owe(household.member, date(2023, 5, 5), state="paid")
    owe(household.member, date(2024, 5, 5), state="paid")

    found = contributions_of(viewer, on=ON)

    assert found is not None
    assert found.year == 2024


def test_a_member_without_a_line_has_an_empty_year(viewer: Viewer) -> None:
    found = contributions_of(viewer, on=ON)

    assert found is not None
    assert (found.year, found.lines, found.total, found.mandate) == (2026, (), 0, None)


@pytest.mark.parametrize("role", ["spouse", "adult_child"])
def test_the_primary_insured_alone_sees_contributions(household: Household, role: str) -> None:
    """Security 2.4, second row."""
    owe(household.member, date(2026, 12, 5))
    viewer = as_seen(getattr(household, role))

    assert contributions_of(viewer, on=ON) is None
    assert to_come(viewer, on=ON) is None


def test_a_stranger_finds_her_own_and_nothing_else(household: Household, stranger: Beneficiary) -> None:
    """A36"""
    owe(household.member, date(2026, 12, 5))

    found = contributions_of(as_seen(stranger), on=ON)

    assert found is not None
    assert found.lines == ()
    assert to_come(as_seen(stranger), on=ON) == []


def test_to_come_is_what_is_due_from_today_on_across_years(viewer: Viewer, household: Household) -> None:
    owe(household.member, date(2027, 1, 5))
    owe(household.member, date(2026, 12, 5))
    owe(household.member, ON)
    owe(household.member, ON - timedelta(days=1))
    owe(household.member, date(2026, 12, 6), state="cancelled")

    found = to_come(viewer, on=ON)

    assert found is not None
    assert [line.due_on for line in found] == [ON, date(2026, 12, 5), date(2027, 1, 5)]


def test_a_paid_line_has_its_day_and_no_other_has(household: Household) -> None:
    with pytest.raises(IntegrityError):
        owe(household.member, ON, state="paid", paid_on=None)


def test_ten_years_cost_no_more_questions_than_one(
    viewer: Viewer, household: Household, django_assert_num_queries: Callable[[int], Any]
) -> None:
    for year in range(2017, 2027):
        for month in range(1, 13):
            owe(household.member, date(year, month, 5), state="paid")

    with django_assert_num_queries(2):
        contributions_of(viewer, on=ON)
