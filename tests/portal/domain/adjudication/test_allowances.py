"""What is left of a person's allowances (B-06)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.conf import LazySettings

from entraide.portal.domain.adjudication.allowances import allowances_of
from entraide.portal.domain.adjudication.history import counters_of
from entraide.portal.domain.contracts.benefits import insured
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.viewer import Viewer
from entraide.reimbursement import load_parameters, load_vocabulary
from entraide.reimbursement.complementary.guarantees import Period
from entraide.reimbursement.complementary.remaining import (
    Remaining,
    acts_of_one_year,
    remaining_of,
    renewals_of,
)
from tests.conftest import Household
from tests.portal.domain.claims.care import Care, pay

pytestmark = pytest.mark.usefixtures("tables")
TODAY = date(2026, 11, 22)
PAID_ON = date(2026, 11, 12)


def session(person: Beneficiary, *, day: date) -> Care:
    return Care(
        person=person, kind="alternative", act="OST", charged=5500, base=0, rate=0, amo=0, amc=2500, day=day
    )


def glasses(person: Beneficiary, *, day: date) -> list[Care]:
    pair = {"lens_right": "simple", "lens_left": "simple"}
    frame = Care(
        person=person, kind="optical", act="MONA", charged=3000, base=900, rate=60, amo=540, amc=2460,
        day=day, details=pair,
    )  # fmt: skip
    lenses = [
        Care(person=person, kind="optical", act="VERA", charged=3250, base=975, rate=60, amo=585, amc=2665,
             day=day, details=pair | {"side": side})
        for side in ("right", "left")
    ]  # fmt: skip
    return [frame, *lenses]


def sessions_left(viewer: Viewer, person: Beneficiary) -> Remaining:
    found = allowances_of(viewer, person.pk, on=TODAY)
    assert found is not None
    return next(each for each in found.remaining if each.label.en == "Soft medicine")


def test_what_was_paid_is_taken_off(household: Household, viewer: Viewer) -> None:
    """B-06: three sessions a year, two of them this year."""
    days = (date(2025, 12, 30), date(2026, 1, 2), date(2026, 5, 3))
    pay(household.member, *(session(household.primary, day=day) for day in days), on=PAID_ON)

    left = sessions_left(viewer, household.primary)

    assert (left.acts, left.of_acts, left.last) == (1, 3, date(2026, 12, 31))
    assert left.contract.fr == "Contrat santé socle"


def test_nothing_was_used_of_an_allowance_that_nobody_touched(household: Household, viewer: Viewer) -> None:
    pay(household.member, session(household.spouse, day=date(2026, 5, 3)), on=PAID_ON)

    left = sessions_left(viewer, household.primary)

    assert (left.acts, left.of_acts) == (3, 3)


def test_amounts_are_told_in_cents(household: Household, viewer: Viewer) -> None:
    visit = Care(
        person=household.primary, kind="prevention", act="DIE", charged=4500, base=0, rate=0, amo=0, amc=2500
    )
    pay(household.member, visit, on=PAID_ON)
    found = allowances_of(viewer, household.primary.pk, on=TODAY)

    assert found is not None
    prevention = next(each for each in found.remaining if each.label.en == "Prevention")
    assert (prevention.amount, prevention.of_amount, prevention.acts) == (5000, 7500, None)


@pytest.mark.parametrize(("role", "years"), [("primary", 2), ("child", 1)])
def test_the_next_glasses_come_at_the_age_s_own_pace(
    household: Household, viewer: Viewer, role: str, years: int
) -> None:
    person = getattr(household, role)
    pay(household.member, *glasses(person, day=date(2026, 3, 3)), on=PAID_ON)

    found = allowances_of(viewer, person.pk, on=TODAY)

    assert found is not None
    assert [(each.hearing, each.on) for each in found.renewals] == [(False, date(2026 + years, 3, 3))]


def test_hearing_aids_come_back_after_four_years(household: Household, viewer: Viewer) -> None:
    aids = [
        Care(person=household.primary, kind="hearing", act="AU1", charged=95000, base=40000, rate=60,
             amo=24000, amc=71000, day=date(2025, 6, 2), details={"side": side})
        for side in ("right", "left")
    ]  # fmt: skip
    pay(household.member, *aids, on=PAID_ON)

    found = allowances_of(viewer, household.primary.pk, on=TODAY)

    assert found is not None
    assert [(each.hearing, each.on) for each in found.renewals] == [(True, date(2029, 6, 2))]


def test_care_of_former_years_that_is_not_read_would_change_nothing(
    household: Household, viewer: Viewer
) -> None:
    """As the engine tells it from every line that there ever was."""
    person = household.primary
    days = [date(year, month, 3) for year in (2024, 2025, 2026) for month in (1, 5, 9, 11)]
    care = [one for day in days for one in (session(person, day=day), *glasses(person, day=day))]
    pay(household.member, *care, on=PAID_ON)
    everything, whole = counters_of(person.pk, until=TODAY), insured(person.pk)

    found = allowances_of(viewer, person.pk, on=TODAY)

    assert found is not None
    assert found.remaining == remaining_of(whole.cover, whole.situation, everything, TODAY)
    assert found.renewals == renewals_of(whole.situation, everything, load_parameters(), TODAY)
    assert acts_of_one_year(whole.cover, load_vocabulary()) >= {"OST"}


@pytest.mark.parametrize("change", [{"period": Period.ROLLING}, {"period": Period.CONTRACT}, {"months": 24}])
def test_an_allowance_that_is_not_of_a_civil_year_looks_back(
    household: Household, change: dict[str, Any]
) -> None:
    cover = insured(household.primary.pk).cover
    contract = cover.enrolments[0].versions[-1]
    longer = tuple(
        replace(one, allowance=replace(one.allowance, **change)) if one.allowance else one
        for one in contract.guarantees
    )
    enrolment = replace(cover.enrolments[0], versions=(replace(contract, guarantees=longer),))

    assert acts_of_one_year(replace(cover, enrolments=(enrolment,)), load_vocabulary()) == frozenset()


@pytest.mark.parametrize("role", ["spouse", "adult_child", "teen"])
def test_the_allowances_of_another_adult_are_theirs(household: Household, viewer: Viewer, role: str) -> None:
    """A36: what is left tells what was done."""
    assert allowances_of(viewer, getattr(household, role).pk, on=TODAY) is None


def test_a_stranger_reads_nothing(household: Household, stranger: Beneficiary, viewer: Viewer) -> None:
    assert allowances_of(viewer, stranger.pk, on=TODAY) is None


def test_without_a_table_nothing_is_promised(
    household: Household, viewer: Viewer, settings: LazySettings
) -> None:
    settings.PROFILE = replace(settings.PROFILE, guarantees={})

    assert allowances_of(viewer, household.primary.pk, on=TODAY) is None


def test_five_queries_and_three_for_oneself(
    household: Household, viewer: Viewer, django_assert_num_queries: Callable[[int], Any]
) -> None:
    pay(household.member, *(Care(person=household.primary, claim=f"S{n}") for n in range(20)), on=PAID_ON)

    with django_assert_num_queries(3):
        allowances_of(viewer, household.primary.pk, on=TODAY)
    with django_assert_num_queries(5):
        allowances_of(viewer, household.child.pk, on=TODAY)
