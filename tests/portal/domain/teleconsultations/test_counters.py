"""How many teleconsultations of a year were used, and who reads it (TELE-03, B-06, B-08)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError
from django.utils import timezone

from entraide.portal.domain.contracts.models import Coverage
from entraide.portal.domain.members.enums import HelpScope
from entraide.portal.domain.members.models import Beneficiary, CareConsent
from entraide.portal.domain.members.queries import viewer_of
from entraide.portal.domain.members.viewer import HELPER, Helping, Viewer
from entraide.portal.domain.teleconsultations.actions import forget_teleconsultations
from entraide.portal.domain.teleconsultations.models import Teleconsultation
from entraide.portal.domain.teleconsultations.queries import Counters, counter_of, counters_of
from tests.conftest import Household, give_account, years_ago
from tests.portal.partners import DOCTORS, HELPERS
from tests.portal.teleconsultations import consult, told_until

pytestmark = pytest.mark.django_db
YEAR = timezone.localdate().year
ON = date(YEAR, 11, 22)


def as_viewer(person: Beneficiary) -> Viewer:
    if person.account_id is None:
        give_account(person)
    found = viewer_of(person.account_id)  # type: ignore[arg-type]
    assert found is not None
    return found


def used(found: Counters | None) -> dict[str, int]:
    assert found is not None
    return {one.person.first_name: one.used for one in found.people}


def test_those_of_the_calendar_year_are_counted_and_those_taken_back_are_not(
    viewer: Viewer, household: Household
) -> None:
    """TELE-03: 3 of 5."""
    for day in (date(YEAR, 1, 1), date(YEAR, 3, 2), ON):
        consult(household.primary, day)
    consult(household.primary, date(YEAR - 1, 12, 31))
    consult(household.primary, date(YEAR, 4, 1), cancelled=True)
    consult(household.primary, date(YEAR, 4, 2), partner="autre")

    found = counters_of(viewer, DOCTORS, on=ON)

    assert found is not None
    mine = found.people[0]
    assert (mine.person.id, mine.used, mine.limit, mine.left) == (household.primary.pk, 3, 5, 2)
    assert (found.year, found.told_until, found.starts_again_on) == (YEAR, ON, date(YEAR + 1, 1, 1))


def test_the_day_up_to_which_it_was_told_is_the_latest_that_the_partner_gave(
    viewer: Viewer, household: Household, stranger: Beneficiary
) -> None:
    consult(household.primary, date(YEAR, 3, 2), told_until=date(YEAR, 3, 31))
    told_until(date(YEAR, 6, 30), stranger)

    found = counters_of(viewer, DOCTORS, on=ON)

    assert found is not None
    assert found.told_until == date(YEAR, 6, 30)
    assert used(found)["Anne"] == 1


@pytest.mark.parametrize("until", [None, date(YEAR - 1, 12, 31)])
def test_of_a_year_of_which_nothing_was_told_nothing_is_known(
    viewer: Viewer, household: Household, until: date | None
) -> None:
    """A new year begins without a word of the partner: no zero stands for that."""
    if until:
        consult(household.primary, until)

    found = counters_of(viewer, DOCTORS, on=ON)

    assert found is not None
    assert (found.told_until, found.told_of) == (None, frozenset())


def test_more_than_the_limit_leaves_nothing(viewer: Viewer, household: Household) -> None:
    for _ in range(6):
        consult(household.primary, ON)

    found = counters_of(viewer, DOCTORS, on=ON)

    assert found is not None
    assert (found.people[0].used, found.people[0].left) == (6, 0)


def test_a_member_sees_their_own_and_that_of_children_under_sixteen(
    viewer: Viewer, household: Household
) -> None:
    """B-08, security 2.4: a spouse, a grown child and a child from 16 keep theirs to themselves."""
    for one in household.people:
        consult(one, ON)

    assert used(counters_of(viewer, DOCTORS, on=ON)) == {"Anne": 1, "Elsa": 1}
    for one in (household.spouse, household.adult_child, household.teen):
        assert counter_of(viewer, DOCTORS, one.pk, on=ON) is None
        assert used(counters_of(as_viewer(one), DOCTORS, on=ON)) == {one.first_name: 1}
        assert used(counter_of(as_viewer(one), DOCTORS, one.pk, on=ON)) == {one.first_name: 1}
    assert used(counter_of(viewer, DOCTORS, household.child.pk, on=ON)) == {"Elsa": 1}


def test_an_adult_who_consents_is_seen_until_they_take_it_back(viewer: Viewer, household: Household) -> None:
    """B-08"""
    consult(household.spouse, ON)
    consent = CareConsent.objects.create(
        giver=household.spouse, reader=household.primary, request_key=uuid4(), given_at=timezone.now()
    )

    assert used(counters_of(viewer, DOCTORS, on=ON))["Bruno"] == 1
    assert used(counter_of(viewer, DOCTORS, household.spouse.pk, on=ON)) == {"Bruno": 1}

    consent.withdrawn_at = timezone.now()
    consent.save()

    assert "Bruno" not in used(counters_of(viewer, DOCTORS, on=ON))


def test_a_sixteenth_birthday_closes_what_was_counted_before(viewer: Viewer, household: Household) -> None:
    """A39"""
    consult(household.child, ON)
    Beneficiary.objects.filter(pk=household.child.pk).update(birth_date=years_ago(16))

    assert used(counters_of(viewer, DOCTORS, on=timezone.localdate())) == {"Anne": 0}


def test_one_that_is_confidential_counts_for_the_person_alone(viewer: Viewer, household: Household) -> None:
    consult(household.primary, ON, confidential=True)
    consult(household.child, ON, confidential=True)
    child = as_viewer(household.child)

    assert used(counters_of(viewer, DOCTORS, on=ON)) == {"Anne": 1, "Elsa": 0}
    assert used(counters_of(child, DOCTORS, on=ON)) == {"Elsa": 1}


def test_a_helper_sees_the_one_who_asked_without_what_is_confidential(household: Household) -> None:
    """Nobody's relative, and not the person."""
    consult(household.primary, ON)
    consult(household.primary, ON, confidential=True)
    own = as_viewer(household.primary)
    helping = Helping(
        delegation_id=household.spouse.pk, helper_id=household.spouse.pk, helper_name="Bruno",
        scopes=frozenset(HelpScope), until=date(2099, 1, 1),
    )  # fmt: skip
    helped = replace(own, relationship=HELPER, helping=helping)

    assert used(counters_of(helped, DOCTORS, on=ON)) == {"Anne": 1}


def test_a_stranger_reads_their_own_and_nothing_of_this_family(
    household: Household, stranger: Beneficiary
) -> None:
    """A36"""
    consult(household.primary, ON)
    other = as_viewer(stranger)

    assert counter_of(other, DOCTORS, household.primary.pk, on=ON) is None
    found = counters_of(other, DOCTORS, on=ON)
    assert found is not None
    assert household.primary.pk not in found.told_of


def test_who_is_not_covered_that_day_has_no_counter(viewer: Viewer, household: Household) -> None:
    consult(household.child, ON)
    Coverage.objects.filter(beneficiary=household.child).update(ends_on=ON - timedelta(days=1))

    assert used(counters_of(viewer, DOCTORS, on=ON)) == {"Anne": 0}
    assert counter_of(viewer, DOCTORS, household.child.pk, on=ON) is None


def test_a_partner_without_a_limit_counts_nothing(viewer: Viewer, household: Household) -> None:
    rules = DOCTORS.teleconsultations
    assert rules is not None
    unlimited = replace(DOCTORS, teleconsultations=replace(rules, yearly_limit=0))

    for partner in (unlimited, HELPERS):
        assert counters_of(viewer, partner, on=ON) is None
        assert counter_of(viewer, partner, household.primary.pk, on=ON) is None
    assert counter_of(viewer, None, household.primary.pk, on=ON) is None


def test_years_of_consultations_cost_no_more_questions(
    viewer: Viewer, household: Household, django_assert_num_queries: Callable[[int], Any]
) -> None:
    for year in range(YEAR - 6, YEAR + 1):
        for one in household.people:
            consult(one, date(year, 5, 5))

    with django_assert_num_queries(2):
        counters_of(viewer, DOCTORS, on=ON)
    with django_assert_num_queries(1):
        counter_of(viewer, DOCTORS, household.primary.pk, on=ON)


def test_last_year_is_kept_and_what_was_before_is_forgotten(household: Household) -> None:
    kept = [consult(household.primary, day) for day in (date(YEAR - 1, 1, 1), ON)]
    consult(household.primary, date(YEAR - 2, 12, 31))

    assert forget_teleconsultations(on=ON) == 1
    assert set(Teleconsultation.objects.all()) == set(kept)
    assert forget_teleconsultations(on=ON) == 0


def test_the_tables_take_no_consultation_after_the_day_that_was_told(household: Household) -> None:
    with pytest.raises(IntegrityError):
        consult(household.primary, ON, told_until=ON - timedelta(days=1))
