"""A deposit form as a browser fills it."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from entraide.portal.domain.requests.models import Request
from entraide.portal.foundation.tasks.queue import drain
from entraide.portal.notifications.models import Delivery
from tests.conftest import Household, Post
from tests.portal.domain.requests.samples import GOOD

Answers = Callable[..., dict[str, object]]


def upload(name: str = "facture.pdf", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, GOOD[name] if content is None else content)


def text_of(response: HttpResponse) -> str:
    """The page as it is read: no-break spaces and escaped quotes made plain."""
    return response.content.decode().replace("\xa0", " ").replace("&#39;", "'").replace("&amp;", "&")


def key_in(response: HttpResponse) -> str:
    found = re.search(r'name="request_key" value="([^"]+)"', response.content.decode())
    assert found is not None
    return found[1]


@pytest.fixture
def answers(household: Household) -> Answers:
    """Everything that a deposit needs; an argument changes a field, None leaves it out."""

    def fill(**changes: object) -> dict[str, object]:
        category = settings.PROFILE.deposit.categories[0]
        values: dict[str, object] = {
            "category": category.id,
            "type": category.types[0].id,
            "beneficiary": str(household.primary.pk),
            "description": "Ma facture",
            "request_key": str(uuid4()),
            "files": [upload()],
        }
        return {name: value for name, value in (values | changes).items() if value is not None}

    return fill


@pytest.fixture
def sent(member_client: Client, answers: Answers) -> Request:
    """Anne has sent one PDF and one photo."""
    response = member_client.post("/depot/", answers(files=[upload(), upload("photo.jpg")]))
    assert response.status_code == 303
    return Request.objects.get()


@pytest.fixture
def told() -> Callable[[], list[Post]]:
    """Everything written to people so far, oldest first; `sent` is a request here."""

    def read() -> list[Post]:
        drain()
        return [Post(one.notice, one.to, one.body) for one in Delivery.objects.order_by("created_at")]

    return read
