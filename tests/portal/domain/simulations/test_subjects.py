"""For whom a simulation may be made: oneself and one's minor children (B-03, security 2.4)."""

from datetime import date

import pytest
from django.utils import timezone

from entraide.portal.domain.contracts.models import Contract, Coverage
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.queries import viewer_of
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.simulations.subjects import people_to_simulate_for, subject_of
from tests.conftest import Household

pytestmark = pytest.mark.django_db


def seen_by(person: Beneficiary) -> Viewer:
    found = viewer_of(person.account_id)
    assert found is not None
    return found


def test_the_primary_insured_simulates_for_herself_and_her_minor_children(household: Household) -> None:
    people = people_to_simulate_for(seen_by(household.primary), on=timezone.localdate())

    assert people[0].id == household.primary.pk
    assert {one.id for one in people} == {household.primary.pk, household.teen.pk, household.child.pk}


def test_everyone_else_simulates_for_themselves_only(household: Household) -> None:
    for person in (household.spouse, household.adult_child):
        people = people_to_simulate_for(seen_by(person), on=timezone.localdate())

        assert [one.id for one in people] == [person.pk]


def test_nobody_simulates_for_another_adult_or_for_a_stranger(
    household: Household, stranger: Beneficiary
) -> None:
    viewer, today = seen_by(household.primary), timezone.localdate()

    for person in (household.spouse, household.adult_child, stranger):
        assert subject_of(viewer, person.pk, today=today) is None


def test_what_a_child_of_17_has_used_does_not_count_for_a_parent(household: Household) -> None:
    viewer, today = seen_by(household.primary), timezone.localdate()
    own, teen, child = (
        subject_of(viewer, one.pk, today=today)
        for one in (household.primary, household.teen, household.child)
    )

    assert own is not None
    assert own.knows_past
    assert teen is not None
    assert not teen.knows_past
    assert child is not None
    assert child.knows_past


def test_a_subject_is_under_their_own_contracts_in_their_order(household: Household) -> None:
    option = Contract.objects.create(
        member=household.member, number="C40ZPREMIUM", label_fr="Option", label_en="Option", tier="option",
        plan_fr="Option", plan_en="Option", subscribed_on=date(2018, 1, 1),
    )  # fmt: skip
    Coverage.objects.create(contract=option, beneficiary=household.primary, starts_on=date(2018, 1, 1))
    today = timezone.localdate()

    subject = subject_of(seen_by(household.primary), household.primary.pk, today=today)

    assert subject is not None
    assert subject.level_id(today) == "C40SOCLE,C40ZPREMIUM"
