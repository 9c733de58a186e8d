"""The family under a contract of the mutual whose guarantees are written, whichever mutual it is."""

import pytest
from django.conf import settings

from entraide.portal.domain.contracts.models import Contract
from tests.conftest import Household


@pytest.fixture
def household(household: Household) -> Household:
    number = next(
        number for number, tables in settings.PROFILE.guarantees.items() if tables[-1].tier == "base"
    )
    Contract.objects.filter(pk=household.contract.pk).update(number=number)
    return household
