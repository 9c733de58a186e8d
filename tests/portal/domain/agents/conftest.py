"""Agents of a mutual, as tests need them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.agents.models import Agent
from tests.portal.agents import make_agent

BEFORE = timedelta(days=10)


@pytest.fixture
def handler(db: None) -> Agent:
    """Inès answers requests; her password is chosen, she has no app yet."""
    return make_agent(
        "ines.belmont@example.org", "Inès Belmont", role=Role.HANDLER, since=timezone.now() - BEFORE
    )
