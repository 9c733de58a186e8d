"""A database that takes questions and does not answer: a 503 with a page, nothing half stored (section 4)."""

import select
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection

from entraide.portal.domain.requests.models import Request, RequestFile
from entraide.portal.domain.requests.storage import vault
from tests.conftest import Household
from tests.portal.browser import Browser
from tests.portal.member_site.requests.conftest import upload
from tests.portal.processes import database_url, web_server

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor == 'sqlite'", reason="a file does not hang"),
]
# As long as the driver waits at least; the product's own limits are longer.
WAITS = "connect_timeout=2&longest_wait=2"


class Wire:
    """A line to the database that can be told to carry nothing, in either direction, and to carry again."""

    def __init__(self, host: str, port: int) -> None:
        self.target = (host, port)
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = int(self.door.getsockname()[1])
        self.carries, self.over = threading.Event(), threading.Event()
        self.carries.set()
        self.threads = [threading.Thread(target=self._take, daemon=True)]
        self.threads[0].start()

    def close(self) -> None:
        self.over.set()
        self.carries.set()
        self.door.close()

    def _take(self) -> None:
        with suppress(OSError):
            while not self.over.is_set():
                near, _address = self.door.accept()
                threading.Thread(target=self._carry, args=[near], daemon=True).start()

    def _carry(self, near: socket.socket) -> None:
        with near, socket.create_connection(self.target) as far, suppress(OSError):
            other = {near: far, far: near}
            while not self.over.is_set():
                ready, _none, _none = select.select([near, far], [], [], 0.2)
                # What was on its way when it stopped stays on its way.
                self.carries.wait()
                for one in ready:
                    words = one.recv(65536)
                    if not words:
                        return
                    other[one].sendall(words)


@contextmanager
def wire() -> Iterator[tuple[Wire, str]]:
    """The line, and the address of the test's database at its other end."""
    found = connection.settings_dict
    line = Wire(found["HOST"], int(found["PORT"]))
    try:
        address = database_url().replace(f"{found['HOST']}:{found['PORT']}/", f"127.0.0.1:{line.port}/")
        yield line, f"{address}?{WAITS}"
    finally:
        line.close()


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
