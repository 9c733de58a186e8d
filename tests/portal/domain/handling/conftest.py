"""Agents at their desk, and requests for them."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.conf import settings

from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.requests.models import Request
from entraide.portal.domain.requests.references import check_character
from tests.conftest import Household
from tests.portal.bank import Staff, make_staff
from tests.portal.domain.correspondence.history import ask

MONDAY = datetime(2026, 6, 8, 9, tzinfo=UTC)
Asked = Callable[..., Request]


@pytest.fixture
def staff(db: None) -> Staff:
    return make_staff()


@pytest.fixture
def asked(household: Household) -> Asked:
    """A request of Anne's with one paper, with the team of its kind."""

    def make(sender: Beneficiary | None = None, **more: object) -> Request:
        sender = sender or household.primary
        concerns, at = more.pop("concerns", None), more.pop("at", MONDAY)
        request = ask(sender, at=at, concerns=concerns)  # type: ignore[arg-type]
        more.setdefault("team", settings.PROFILE.desk.team_for(request.category, request.type))
        # The references of stored history are short of a check character.
        from_now_on = {"reference": reference(Request.objects.count()), **more}
        Request.objects.filter(pk=request.pk).update(**from_now_on)
        request.refresh_from_db()
        return request

    return make


def reference(number: int) -> str:
    """One that a person could read over the phone, check character and all."""
    body = f"{number:07d}"
    code = body + check_character(body)
    return f"TEST-{code[:4]}-{code[4:]}"
