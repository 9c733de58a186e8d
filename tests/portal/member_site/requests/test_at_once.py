"""Fifty sendings at the same moment with one key are one request, and fifty answers lead to it (I2, I5)."""

import threading
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings

from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.requests.models import Request, RequestFile
from entraide.portal.domain.requests.storage import vault
from entraide.portal.foundation.events.models import Entry
from tests.conftest import Household, Post
from tests.portal.browser import Browser
from tests.portal.member_site.requests.conftest import upload
from tests.portal.processes import web_server

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 50


@pytest.fixture(scope="module")
def port(django_db_setup: None) -> Iterator[int]:
    with web_server() as (number, _parent):
        yield number


def at_once(press: Callable[[], tuple[int, str]]) -> list[object]:
    """What each of fifty presses at the same moment was answered."""
    together, answers = threading.Barrier(TIMES), list[object]()

    def click() -> None:
        together.wait()
        try:
            answers.append(press())
        except Exception as error:  # a failure in a thread must fail the test
            answers.append(error)

    threads = [threading.Thread(target=click) for _number in range(TIMES)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return answers


def deposit_of(person: Beneficiary) -> tuple[str, dict[str, Any]]:
    category = settings.PROFILE.deposit.categories[0]
    return "/depot/", {
        "category": category.id, "type": category.types[0].id, "beneficiary": str(person.pk),
        "description": "Ma facture",
    }  # fmt: skip


def message_of(person: Beneficiary) -> tuple[str, dict[str, Any]]:
    reason = settings.PROFILE.deposit.reasons_for(settings.PROFILE.segments[0].id)[0]
    return "/contact/", {
        "reason": reason.id, "beneficiary": str(person.pk), "message": "Pourquoi 12 € ?",
    }  # fmt: skip


@pytest.mark.parametrize("form", [deposit_of, message_of], ids=["deposit", "message"])
def test_fifty_sendings_at_once_are_one_request(
    port: int,
    household: Household,
    told: Callable[[], list[Post]],
    form: Callable[[Beneficiary], tuple[str, dict[str, Any]]],
) -> None:
    path, fields = form(household.primary)
    key, browser = str(uuid4()), Browser(household.primary, port)

    answers = at_once(lambda: browser.post(path, {**fields, "request_key": key, "files": upload()}))

    request = Request.objects.get()
    assert answers == [(303, f"/demandes/{request.reference}/?envoye=1")] * TIMES
    assert str(request.request_key) == key
    assert [one.name for one in request.files.all()] == ["facture.pdf"]
    assert RequestFile.objects.count() == 1
    assert set(vault().names()) >= {RequestFile.objects.get().stored_name}
    assert Entry.objects.filter(kind="DepositReceived").count() == 1
    assert [one.notice for one in told()] == ["deposit_received"]
