"""Refusals and faults: a page in the shell, a reference, nothing of the inside (A54, A60, A61, §4)."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connections
from django.http import HttpResponse
from django.test import Client

from tests.portal.member_site.access.steps import words
from tests.portal.processes import ROOT

pytestmark = pytest.mark.django_db


def is_an_error_page(response: HttpResponse, status: int) -> None:
    shown = words(response)
    assert response.status_code == status
    assert f"Code : {status}" in shown
    assert re.search(r"Référence à donner : [0-9A-F]{8}", shown)
    assert "Parler à quelqu’un" in shown
    assert "Aller à l’accueil" in shown
    assert "Traceback" not in shown


def test_a_page_that_does_not_exist(client: Client, member_client: Client) -> None:
    for one in (client, member_client):
        is_an_error_page(one.get("/nowhere/"), 404)


@pytest.mark.parametrize(
    "address", ["/.env", "/admin/", "/static/../settings.py", "/demandes/%00/", "/contrat/x/"]
)
def test_odd_addresses_are_not_found(member_client: Client, address: str) -> None:
    assert member_client.get(address).status_code == 404


def test_a_wrong_method(member_client: Client) -> None:
    """A60"""
    response = member_client.post("/contrat/")

    is_an_error_page(response, 405)
    assert "GET" in response.headers["Allow"]


def test_a_form_without_its_token(household: object) -> None:
    """A56"""
    is_an_error_page(Client(enforce_csrf_checks=True).post("/connexion/", {"member_number": "1"}), 403)


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example",
        "localhost@evil.example",
        "localhost:8000.evil.example",
        "evil.example:80",
        "[::1",
        "a b",
        "",
        "testserver\r\nX-Injected: 1",
    ],
)
def test_a_forged_host_is_refused_on_every_page(client: Client, host: str) -> None:
    """A54"""
    for address in ("/connexion/", "/healthz", "/"):
        response = client.get(address, headers={"Host": host})
        assert response.status_code == 400
        assert "evil" not in response.content.decode()


def test_a_forwarded_host_is_not_believed(client: Client) -> None:
    """A54"""
    page = client.get("/connexion/", headers={"X-Forwarded-Host": "evil.example"})

    assert page.status_code == 200
    assert "evil" not in page.content.decode()


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH", "PROPFIND", "OPTIONS"])
def test_methods_nobody_uses_are_refused(member_client: Client, method: str) -> None:
    """A60"""
    for address in ("/connexion/", "/", "/healthz", "/aide/"):
        assert member_client.generic(method, address).status_code == 405


def test_two_hundred_fields_and_more_are_refused(client: Client) -> None:
    """A60"""
    values = {f"field{number}": "x" for number in range(300)}

    assert client.post("/connexion/", values).status_code == 400


@contextmanager
def broken_database() -> Iterator[None]:
    """Points the connection at a place where no database answers."""
    connection = connections["default"]
    kept = dict(connection.settings_dict)
    connection.close()
    if connection.vendor == "sqlite":
        connection.settings_dict["NAME"] = "/nowhere/at/all.sqlite3"
    else:
        connection.settings_dict.update(HOST="127.0.0.1", PORT="9")
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.clear()
        connection.settings_dict.update(kept)


@pytest.mark.django_db(transaction=True)
def test_without_a_database_pages_say_that_the_service_is_closed_and_health_says_it_too(
    household: object, member_client: Client
) -> None:
    """§4: 503 with Retry-After, never a false success."""
    visitor = Client(raise_request_exception=False)
    member_client.raise_request_exception = False
    visitor.get("/connexion/")
    with broken_database():
        for response in (
            member_client.get("/"),
            member_client.get("/contrat/"),
            visitor.post("/connexion/", {"member_number": "30041827", "password": "Tilleul-2019-bleu"}),
        ):
            is_an_error_page(response, 503)
            assert response.headers["Retry-After"] == "30"
        health = Client().get("/healthz")

    assert health.status_code == 503
    assert health.json() == {"status": "database away"}
    assert member_client.get("/").status_code == 200


_CHILD = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "entraide.portal.config.settings"
import django
django.setup()
from django.core.management import call_command
from django.conf import settings
from django.test import Client
call_command("migrate", verbosity=0)
settings.ALLOWED_HOSTS.append("testserver")
from django.db import connection
client = Client(raise_request_exception=False)
print(client.get("/connexion/").status_code, client.get("/healthz").status_code)
connection.close()
for name in os.listdir(settings.ENTRAIDE.data_dir):
    if name.startswith("entraide.sqlite3"):
        os.unlink(settings.ENTRAIDE.data_dir / name)
os.mkdir(settings.ENTRAIDE.data_dir / "entraide.sqlite3")
answer = client.post("/connexion/", {"member_number": "30041827", "password": "x"})
print(answer.status_code, answer.headers.get("Retry-After"), client.get("/healthz").status_code)
"""


def test_a_process_whose_database_file_is_taken_away_answers_503(tmp_path: Path) -> None:
    for name in ("incoming", "files", "built"):
        (tmp_path / name).mkdir()
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}

    done = subprocess.run(
        [sys.executable, "-c", _CHILD],
        cwd=ROOT,
        env={**environment, "ENTRAIDE_DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.splitlines() == ["200 200", "503 30 503"]
    assert "Traceback" not in done.stderr
