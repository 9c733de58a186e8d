"""Of two emergency accesses asked for at the same moment one opens; of two reviews one counts (A76)."""

from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.emergency.models import EmergencyAccess
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.events.models import Entry
from tests.conftest import Household
from tests.portal.agent_site.test_emergency import PAGE, REVIEWS, SAID, STOP
from tests.portal.agent_site.test_requests import signed_in
from tests.portal.agent_site.test_staff_together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def reviewers() -> list[Client]:
    return [signed_in(Role.SUPERVISOR, "Solène Abgrall"), signed_in(Role.SECURITY_ADMIN, "Alma Quéré")]


def test_one_agent_has_one_file_open_at_a_time(
    household: Household, stranger: Beneficiary, reviewers: list[Client]
) -> None:
    client = signed_in(Role.READER, "Rose Lecteur")
    others = [Client() for _number in range(2)]
    for one in others:
        one.cookies = client.cookies
    people = (household.primary, stranger)
    forms = [{"whose": who.number, "request_key": str(uuid4()), **SAID} for who in people]

    at_once(*((one, PAGE, form) for one, form in zip(others, forms, strict=True)))

    assert EmergencyAccess.objects.count() == 1
    assert Entry.objects.filter(kind="EmergencyOpened").count() == 1
    assert Entry.objects.filter(kind="EmergencyTold").count() == len(reviewers)


def test_of_two_reviews_at_the_same_moment_one_counts(household: Household, reviewers: list[Client]) -> None:
    client = signed_in(Role.READER, "Rose Lecteur")
    client.post(PAGE, {"whose": household.primary.number, "request_key": str(uuid4()), **SAID})
    client.post(STOP)
    access = EmergencyAccess.objects.get()
    address = f"{REVIEWS}{access.pk}/agir/"
    forms = [{"act": act, "words": f"Relu : {act}"} for act in ("approve", "object")]

    at_once(*((one, address, form) for one, form in zip(reviewers, forms, strict=True)))

    access.refresh_from_db()
    told = Entry.objects.filter(kind__in=["EmergencyApproved", "EmergencyObjected"])
    assert [one.kind for one in told] == [f"Emergency{access.outcome.capitalize()}"]
    assert access.reviewed_at is not None
    assert access.reviewed_at <= timezone.now()
