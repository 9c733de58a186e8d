"""A mutual where agents decide and no card rule applies."""

import pytest
from django.conf import LazySettings

from tests.portal.domain.hospital_cover.stays import fill_directory, profile_with


@pytest.fixture
def by_agents(settings: LazySettings, db: None) -> None:
    settings.PROFILE = profile_with(automatic=False, card_rules=())
    fill_directory()


@pytest.fixture
def by_itself(settings: LazySettings, db: None) -> None:
    settings.PROFILE = profile_with(automatic=True, card_rules=())
    fill_directory()
