from datetime import datetime

import pytest
from django.utils import timezone

from entraide.portal.foundation.accounts.models import Account
from tests.conftest import Household


@pytest.fixture
def account(household: Household) -> Account:
    found = household.primary.account
    assert found is not None
    return found


@pytest.fixture
def now() -> datetime:
    return timezone.now()
