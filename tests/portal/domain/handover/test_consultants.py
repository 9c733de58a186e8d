"""Until when somebody who sees a doctor from afar is covered (TELE-02)."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from entraide.portal.domain.contracts.models import Contract, Coverage
from entraide.portal.domain.handover.queries import Identity, consultant
from entraide.portal.domain.members.viewer import Viewer
from tests.conftest import Household

pytestmark = pytest.mark.django_db


def identity(viewer: Viewer) -> Identity:
    found = consultant(viewer, viewer.person_id, on=timezone.localdate())
    assert found is not None
    assert found.identity is not None
    return found.identity


@pytest.fixture
def option(household: Household) -> Coverage:
    """A second cover, since earlier than the first, without an end."""
    contract = Contract.objects.create(
        member=household.member, number="OPTION-1", label_fr="Option", label_en="Option", tier="option",
        plan_fr="Confort", plan_en="Comfort", subscribed_on=date(2001, 5, 1),
    )  # fmt: skip
    return Coverage.objects.create(
        contract=contract, beneficiary=household.primary, starts_on=date(2001, 5, 1)
    )


def test_one_is_covered_since_the_first_cover_and_until_the_last(
    viewer: Viewer, household: Household, option: Coverage
) -> None:
    soon, later = (timezone.localdate() + timedelta(days=days) for days in (10, 20))
    first = Coverage.objects.filter(beneficiary=household.primary).exclude(pk=option.pk)
    first.update(ends_on=soon)
    assert (identity(viewer).covered_from, identity(viewer).covered_until) == (option.starts_on, None)

    Coverage.objects.filter(pk=option.pk).update(ends_on=later)

    assert identity(viewer).covered_until == later
