"""Methods and hosts: what is answered before anything looks at the request (A54, A60)."""

import pytest
from django.conf import LazySettings
from django.test import Client

from entraide.portal.config import settings as ours
from entraide.portal.foundation.web.methods import answers_get
from tests.architecture.addresses import Address, addresses
from tests.architecture.test_addresses import ONLY_POST

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND", "PUT", "X"])
@pytest.mark.parametrize("path", ["/", "/connexion/", "/nowhere/", "/deconnexion/"])
def test_other_methods_are_refused_before_anything_else(method: str, path: str) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.generic(method, path)

    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD, POST"
    assert not client.cookies


@pytest.mark.parametrize("path", ["/connexion/", "/premiere-connexion/", "/aide/", "/nowhere/", "/"])
def test_head_answers_like_get_without_the_body(client: Client, path: str) -> None:
    seen, asked = client.get(path), client.head(path)

    assert asked.status_code == seen.status_code
    assert asked.content == b""
    for name in ("Content-Type", "Location", "Cache-Control"):
        assert asked.headers.get(name) == seen.headers.get(name)


@pytest.mark.parametrize("address", addresses(), ids=lambda one: one.name)
def test_a_page_that_takes_forms_only_is_known(address: Address) -> None:
    """A55: nobody is sent there after the door."""
    assert answers_get(address.view) == (address.name not in ONLY_POST)


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("portail.example.org", 200),
        ("Portail.Example.org:443", 200),
        ("portail.example.org:8443", 400),
        ("portail.example.org:80", 400),
        ("portail.example.org.", 400),
        ("portail.example.org.:443", 400),
        ("evil.example.org", 400),
        ("localhost", 400),
    ],
)
def test_only_the_public_address_is_answered(
    client: Client, settings: LazySettings, host: str, status: int
) -> None:
    """A54"""
    settings.ALLOWED_HOSTS = ["portail.example.org"]
    settings.PUBLIC_HOSTS = frozenset({"portail.example.org", "portail.example.org:443"})

    assert client.get("/connexion/", headers={"host": host}).status_code == status


@pytest.mark.parametrize(
    ("host", "status"), [("localhost:1234", 200), ("127.0.0.1", 200), ("localhost.:80", 400)]
)
def test_the_demo_is_answered_on_any_port(client: Client, host: str, status: int) -> None:
    assert frozenset() == ours.PUBLIC_HOSTS
    assert client.get("/connexion/", headers={"host": host}).status_code == status
