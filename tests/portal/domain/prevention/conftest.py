"""Two adults of one family who read the page of prevention."""

import pytest

from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.queries import viewer_of
from entraide.portal.domain.members.viewer import Viewer
from tests.conftest import Household


def reader(person: Beneficiary) -> Viewer:
    assert person.account_id is not None
    found = viewer_of(person.account_id)
    assert found is not None
    return found


@pytest.fixture
def anne(household: Household) -> Viewer:
    return reader(household.primary)


@pytest.fixture
def husband(household: Household) -> Viewer:
    return reader(household.spouse)
