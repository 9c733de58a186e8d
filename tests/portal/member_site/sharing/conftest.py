"""Anne's family with a month of care, and Zoé, who has an access of her own and helps Bruno."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from entraide.portal.domain.members.enums import HelpScope
from entraide.portal.domain.members.models import Beneficiary, Delegation
from tests.conftest import Household
from tests.portal.domain.claims.family import paid

__all__ = ["paid"]
SignIn = Callable[[Client, Beneficiary], Client]


def delegate(giver: Beneficiary, helper: Beneficiary, *scopes: HelpScope, days: int = 30) -> Delegation:
    """Accepted help with everything, or with these scopes; today and so many days more."""
    now = timezone.now()
    return Delegation.objects.create(
        giver=giver, helper=helper, scopes=" ".join(scopes or tuple(HelpScope)), request_key=uuid4(),
        ends_on=timezone.localdate() + timedelta(days=days), given_at=now, accepted_at=now,
    )  # fmt: skip


@pytest.fixture
def helping(household: Household, paid: None, stranger: Beneficiary, sign_in: SignIn) -> Client:
    """Zoé's browser, in which Bruno's file is open to everything that a helper may do."""
    delegation = delegate(household.spouse, stranger)
    client = sign_in(Client(), stranger)
    answer = client.post(f"/droits/aidants/{delegation.pk}/ouvrir/")
    assert answer.status_code == 302
    return client


@pytest.fixture
def bruno(household: Household, sign_in: SignIn) -> Client:
    return sign_in(Client(), household.spouse)
