"""Passkeys of agents: the first factor, the second step, a fresh proof (A26, A27, A32, A74)."""

import json
from typing import Any

import pytest
from django.test import Client

from entraide.portal.domain.access.models import Factor
from entraide.portal.domain.agents.models import Agent
from tests.authenticator import Authenticator
from tests.portal.agent_site.steps import CODE, DOOR, HOME, SECURITY, grow_stale, type_password, words

pytestmark = pytest.mark.django_db
ASK, USE = "/gestion/connexion/cle/options/", "/gestion/connexion/cle/"
ASK_NEW, ADD = "/gestion/facteur/cle/options/", "/gestion/facteur/cle/"


def send(client: Client, address: str, **body: Any) -> Any:
    return client.post(address, json.dumps(body), content_type="application/json")


def enrol(client: Client, device: Authenticator) -> Any:
    asked = send(client, ASK_NEW).json()
    return send(client, ADD, credential=device.create(asked), name="Clé du bureau")


def prove(client: Client, device: Authenticator, **more: str) -> Any:
    asked = send(client, ASK)
    credential = device.get(asked.json()) if asked.status_code == 200 else {}
    return send(client, USE, credential=credential, **more)


@pytest.fixture
def device(client: Client, newcomer: Agent) -> Authenticator:
    """Noé's key, enrolled at the first sign-in; nobody is signed in any more."""
    device = Authenticator()
    type_password(client, newcomer.account.identifier)
    assert enrol(client, device).json() == {"next": "/gestion/facteur/secours/"}
    assert client.get(HOME).status_code == 200
    client.post("/gestion/deconnexion/")
    return device


def test_a_passkey_may_be_the_first_factor_and_then_the_second_step(
    client: Client, newcomer: Agent, device: Authenticator
) -> None:
    """A74"""
    assert type_password(client, newcomer.account.identifier).headers["Location"] == CODE
    assert "Ouvrez avec votre clé d’accès" in words(client.get(CODE))

    assert prove(client, device).json() == {"next": HOME}
    assert client.get(HOME).status_code == 200
    assert "Clé du bureau" in words(client.get(SECURITY))


def test_a_passkey_without_the_password_opens_nothing(client: Client, device: Authenticator) -> None:
    """A74: beside the password, never instead of it."""
    assert send(client, ASK).status_code == 403
    assert prove(client, device).status_code == 403
    assert client.get(HOME).headers["Location"].startswith(DOOR)


def test_the_passkey_of_another_agent_opens_nothing(
    client: Client, handler: Agent, device: Authenticator
) -> None:
    type_password(client, handler.account.identifier)

    assert prove(client, device).status_code == 422
    assert client.get(HOME).headers["Location"].startswith(DOOR)


@pytest.mark.parametrize("fault", [{"verifies_user": False}, {"origin": "http://evil.example"}])
def test_a_passkey_needs_finger_or_pin_and_our_address(
    client: Client, newcomer: Agent, device: Authenticator, fault: dict[str, Any]
) -> None:
    """A26"""
    for name, value in fault.items():
        setattr(device, name, value)
    type_password(client, newcomer.account.identifier)

    assert prove(client, device).status_code == 422


def test_an_answer_serves_once(client: Client, newcomer: Agent, device: Authenticator) -> None:
    """A18"""
    type_password(client, newcomer.account.identifier)
    answer = device.get(send(client, ASK).json())
    assert send(client, USE, credential=answer).status_code == 200
    client.post("/gestion/deconnexion/")
    type_password(client, newcomer.account.identifier)

    assert send(client, USE, credential=answer).status_code == 422


def test_an_agents_passkey_opens_nothing_at_the_members_door(client: Client, device: Authenticator) -> None:
    """A74"""
    asked = send(client, "/connexion/cle/options/").json()
    answer = send(client, "/connexion/cle/", credential=device.get(asked))

    assert answer.status_code == 422
    assert client.get("/").headers["Location"].startswith("/connexion/")


def test_a_passkey_confirms_too_and_leads_to_pages_of_the_list_only(
    client: Client, newcomer: Agent, device: Authenticator
) -> None:
    """A32, A55"""
    type_password(client, newcomer.account.identifier)
    prove(client, device)
    grow_stale(client)
    assert "/confirmer/" in client.get("/gestion/facteur/").headers["Location"]

    assert prove(client, device, next="//evil").json() == {"next": SECURITY}
    assert client.get("/gestion/facteur/").status_code == 200


@pytest.mark.parametrize("body", ["", "[]", "nothing", '{"credential": 5}', '{"credential": {"id": "x"}}'])
def test_what_is_no_answer_is_refused(
    client: Client, newcomer: Agent, device: Authenticator, body: str
) -> None:
    """A61"""
    type_password(client, newcomer.account.identifier)
    send(client, ASK)

    assert client.post(USE, body, content_type="application/json").status_code in {400, 422}
    assert Factor.objects.count() == 1
