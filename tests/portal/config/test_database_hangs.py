"""A database that takes questions and does not answer: a 503 with a page, nothing half stored (section 4)."""

import hashlib
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection

from entraide.portal.domain.requests.models import Request, RequestFile
from entraide.portal.domain.requests.storage import vault
from tests.conftest import Household
from tests.portal.browser import Browser
from tests.portal.member_site.requests.conftest import upload
from tests.portal.processes import web_server
from tests.portal.wire import wire

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="a file does not hang"),
]


def test_a_database_that_hangs_is_a_page_that_says_so_and_nothing_is_half_stored(
    household: Household,
) -> None:
    category = settings.PROFILE.deposit.categories[0]
    kept = set(vault().names())

    def fields() -> dict[str, object]:
        return {
            "category": category.id, "type": category.types[0].id, "beneficiary": str(household.primary.pk),
            "request_key": key, "files": upload(),
        }  # fmt: skip

    key = str(uuid4())
    with wire() as (line, url), web_server(DATABASE_URL=url) as (port, _server):
        browser = Browser(household.primary, port)
        assert browser.get("/contrat/").status == 200

        line.carries.clear()
        # One on a connection that was good a moment ago, the next on one that never comes to be.
        asked = [browser.get("/contrat/"), browser.get("/demandes/"), browser.get("/connexion/")]
        health = browser.get("/healthz")
        sent, _nowhere = browser.post("/depot/", fields())
        line.carries.set()
        again, lead = browser.post("/depot/", fields())

        assert [one.status for one in asked] == [503, 503, 503]
        assert {one.headers["Retry-After"] for one in asked} == {"30"}
        assert all("Référence" in one.body.decode() for one in asked)
        assert health.status == 503
        assert sent == 503
        assert again == 303
        assert browser.get(lead).status == 200

    request = Request.objects.get()
    assert lead == f"/demandes/{request.reference}/?envoye=1"
    assert RequestFile.objects.count() == 1
    assert set(vault().names()) - kept == {RequestFile.objects.get().stored_name}


def test_papers_whose_storing_was_cut_at_its_last_word_are_whole_when_they_are_sent_again(
    household: Household,
) -> None:
    category = settings.PROFILE.deposit.categories[0]
    fields = {
        "category": category.id, "type": category.types[0].id, "beneficiary": str(household.primary.pk),
        "request_key": str(uuid4()),
    }  # fmt: skip
    with wire() as (line, url), web_server(DATABASE_URL=url) as (port, _server):
        browser = Browser(household.primary, port)
        assert browser.get("/depot/").status == 200

        # The first commit of the sending is that of the file and its row: done, and nobody told us.
        line.loses_answer_to = b"COMMIT"
        sent, _nowhere = browser.post("/depot/", fields | {"files": upload()})
        again, _lead = browser.post("/depot/", fields | {"files": upload()})

    assert line.loses_answer_to == b""
    assert (sent, again) == (503, 303)
    file = RequestFile.objects.get()
    assert file.request is not None
    assert hashlib.sha256(b"".join(vault().read(file.stored_name))).hexdigest() == file.sha256
