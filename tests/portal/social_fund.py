"""The mutual that has a social fund, and the form of a request to it."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.test import Client

from entraide.portal.domain.requests.models import Request
from entraide.profiles import Profile, load_profile
from tests.portal.member_site.requests.conftest import upload

ASK = "/fonds-social/demande/aid-care/"
WORDS = "La couronne coûte plus que ma retraite du mois de novembre."


def profile_with_a_fund() -> Profile:
    """With the name of the other mutual, so that its references stay those of the tests."""
    return load_profile(Path(__file__).resolve().parents[2] / "mutuals" / "mieux-etre")


def body(**changes: object) -> dict[str, Any]:
    """A complete request for help with care."""
    values = {
        "situation": WORDS, "amount": "412,50", "resources": "1 180", "phone": "06 39 98 01 01",
        "piece-unpaid-care": [upload("facture.pdf")], "incomplete": "on", "request_key": str(uuid4()),
    }  # fmt: skip
    return values | changes


@pytest.fixture(autouse=True)
def with_a_fund(settings: LazySettings) -> None:
    settings.PROFILE = profile_with_a_fund()


@pytest.fixture
def asked(member_client: Client) -> Request:
    """Anne has asked for help with care."""
    assert member_client.post(ASK, body()).status_code == 303
    return Request.objects.get()
