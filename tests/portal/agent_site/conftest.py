"""Two agents with an app each, and one of them signed in."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.agents.models import Agent
from tests.portal.agents import make_agent, sign_in_agent


@pytest.fixture
def handler(db: None) -> Agent:
    """Inès, who has an app."""
    since = timezone.now() - timedelta(days=10)
    return make_agent(
        "ines.belmont@example.org", "Inès Belmont", role=Role.HANDLER, since=since, with_app=True
    )


@pytest.fixture
def newcomer(db: None) -> Agent:
    """Noé, whose password is chosen and who has no app yet."""
    since = timezone.now() - timedelta(days=1)
    return make_agent("noe.tallec@example.org", "Noé Tallec", role=Role.SUPERVISOR, since=since)


@pytest.fixture
def agent_client(handler: Agent) -> Client:
    """Inès signed in; the codes of her app are still to be used."""
    return sign_in_agent(Client(), handler)
