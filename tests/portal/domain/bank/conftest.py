"""Who decides, and a change that waits."""

import pytest

from entraide.portal.domain.bank.models import AccountChange
from entraide.portal.domain.members.viewer import Viewer
from tests.portal.bank import Staff, ask, make_staff


@pytest.fixture
def staff(db: None) -> Staff:
    return make_staff()


@pytest.fixture
def change(viewer: Viewer) -> AccountChange:
    """Anne has asked for another account for the whole contract."""
    return ask(viewer)
