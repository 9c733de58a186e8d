"""/gestion/invitation/, /gestion/facteur/: a password, then an app, before all else (A5, A13, A26, A74)."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from entraide.portal.domain.access.enums import FactorKind
from entraide.portal.domain.access.models import Factor, RecoveryCode
from entraide.portal.domain.agents.actions.people import invite_agent, reset_agent
from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.agents.models import Agent
from entraide.portal.foundation.events.models import Entry
from tests.authenticator import Authenticator
from tests.portal.agent_site.steps import CODE, DOOR, HOME, SECURITY, type_password, words
from tests.portal.agents import AGENT_PASSWORD, app_code

pytestmark = pytest.mark.django_db
CHOICE, APP, PAPER = "/gestion/facteur/", "/gestion/facteur/application/", "/gestion/facteur/secours/"
GOOD = "Une grande marée, 3 phares"


def invitation() -> str:
    token = invite_agent(
        email="lea.morvan@example.org", full_name="Léa Morvan", role=Role.READER, now=timezone.now()
    )
    return f"/gestion/invitation/{token}/"


def key_on(page: Any) -> str:
    """The key that the page shows for typing by hand."""
    (line,) = re.findall(r'class="typed-key".*?</p>', page.content.decode())
    return "".join(re.findall(r"<span>([A-Z2-7]{4})</span>", line))


def relate(client: Client, *, steps_later: int = 0) -> Any:
    code = app_code(secret=key_on(client.get(APP)), steps_later=steps_later)
    return client.post(APP, {"code": code, "name": "Téléphone du bureau"})


@contextmanager
def landing_after_the_look(agent: Agent) -> Iterator[None]:
    """The agent's own factor is stored just after a page has found that there is none."""
    landed: list[Factor] = []

    def land(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        result = execute(sql, *rest)
        if not landed and sql.startswith("SELECT") and f'FROM "{Factor._meta.db_table}"' in sql:
            own = Factor(account=agent.account, kind=FactorKind.TOTP, name="Noé’s own", secret="{}")
            own.created_at = timezone.now()
            landed.append(own)
            own.save()
        return result

    with connection.execute_wrapper(land):
        yield
    assert landed


def send(client: Client, address: str, **body: Any) -> Any:
    return client.post(address, json.dumps(body), content_type="application/json")


def test_from_the_link_to_the_first_page(client: Client) -> None:
    """A13, A74: password, app, recovery codes; only then the first page."""
    link = invitation()
    page = client.get(link)
    assert "Léa Morvan" in words(page)
    assert page.headers["Referrer-Policy"] == "strict-origin"

    stored = client.post(link, {"new_password1": GOOD, "new_password2": GOOD})
    assert stored.headers["Location"] == f"{DOOR}?enregistre=1"
    assert "Votre mot de passe est enregistré" in words(client.get(stored.headers["Location"]))
    assert client.get(HOME).headers["Location"].startswith(DOOR)

    assert type_password(client, "lea.morvan@example.org", password=GOOD).headers["Location"] == CHOICE
    assert "Protégez votre accès" in words(client.get(CHOICE))
    assert relate(client).headers["Location"] == PAPER
    shown = words(client.post(PAPER))
    assert len(re.findall(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}\b", shown)) == 10
    assert "Consultation des dossiers" in words(client.get(HOME))


def test_nothing_opens_before_the_first_factor(client: Client, newcomer: Agent) -> None:
    """A74"""
    type_password(client, newcomer.account.identifier)

    for page in (HOME, SECURITY, PAPER, CODE):
        assert client.get(page).headers["Location"].startswith(DOOR)


def test_an_app_is_stored_only_once_it_gave_a_right_code(client: Client, newcomer: Agent) -> None:
    """A26"""
    type_password(client, newcomer.account.identifier)
    key = key_on(client.get(APP))
    wrong = client.post(APP, {"code": "000000"})

    assert wrong.status_code == 422
    assert not Factor.objects.exists()
    assert key_on(wrong) == key
    assert client.get(f"{APP}image.svg").headers["Content-Type"] == "image/svg+xml"


def test_the_key_of_an_app_is_not_in_the_session(
    client: Client, newcomer: Agent, whole_database: Any
) -> None:
    """A66"""
    type_password(client, newcomer.account.identifier)
    key = key_on(client.get(APP))

    assert key not in whole_database()


def test_with_a_factor_the_page_of_the_first_one_is_closed(client: Client, handler: Agent) -> None:
    """A25: the password alone adds no app beside the agent's own."""
    type_password(client, handler.account.identifier)

    for page in (CHOICE, APP):
        assert client.get(page).headers["Location"].startswith(DOOR)
    assert client.post(APP, {"code": app_code()}).headers["Location"].startswith(DOOR)
    assert client.post("/gestion/facteur/cle/options/").status_code == 403
    assert client.get(f"{APP}image.svg").status_code == 404
    assert Factor.objects.count() == 1


def test_a_door_left_half_open_before_the_first_factor_adds_none_afterwards(newcomer: Agent) -> None:
    """A25, A74: who has stolen the password alone waits in vain for the agent to enrol."""
    thief, owner = Client(), Client()
    for one in (thief, owner):
        type_password(one, newcomer.account.identifier)
    key = key_on(thief.get(APP))
    assert relate(owner).headers["Location"] == PAPER

    for page in (CHOICE, APP):
        assert thief.get(page).headers["Location"].startswith(DOOR)
    late = thief.post(APP, {"code": app_code(secret=key), "name": "Mine"})
    assert late.headers["Location"].startswith(DOOR)
    for passkey in ("/gestion/facteur/cle/options/", "/gestion/facteur/cle/"):
        assert thief.post(passkey).status_code == 403
    assert Factor.objects.count() == 1
    assert thief.get(HOME).headers["Location"].startswith(DOOR)


def test_a_factor_that_comes_between_the_look_and_the_storing_wins(newcomer: Agent) -> None:
    """A25: the page has seen none, the store has."""
    thief = Client()
    type_password(thief, newcomer.account.identifier)
    key = key_on(thief.get(APP))
    with landing_after_the_look(newcomer):
        late = thief.post(APP, {"code": app_code(secret=key)})

    assert late.status_code == 422
    assert "Votre accès a changé entre-temps" in words(late)
    assert [one.name for one in Factor.objects.all()] == ["Noé’s own"]
    assert thief.get(HOME).headers["Location"].startswith(DOOR)


def test_a_passkey_loses_to_a_factor_that_came_between_too(newcomer: Agent) -> None:
    """A25"""
    thief, device = Client(), Authenticator()
    type_password(thief, newcomer.account.identifier)
    asked = send(thief, f"{CHOICE}cle/options/").json()
    with landing_after_the_look(newcomer):
        late = send(thief, f"{CHOICE}cle/", credential=device.create(asked), name="Mine")

    assert late.status_code == 422
    assert "a changé entre-temps" in late.json()["error"]
    assert [one.name for one in Factor.objects.all()] == ["Noé’s own"]


def test_a_reset_of_the_factors_opens_no_door_that_was_half_open(newcomer: Agent) -> None:
    """A18, A25: neither before the new password, nor after it, nor after the new factor."""
    thief, owner = Client(), Client()
    type_password(thief, newcomer.account.identifier)
    key = key_on(thief.get(APP))
    token = reset_agent(email=newcomer.account.identifier, factor_lost=True, now=timezone.now())

    def tries() -> str:
        return str(thief.post(APP, {"code": app_code(secret=key)}).headers["Location"])

    assert tries().startswith(DOOR)
    owner.post(f"/gestion/invitation/{token}/", {"new_password1": GOOD, "new_password2": GOOD})
    assert tries().startswith(DOOR)
    type_password(owner, newcomer.account.identifier, password=GOOD)
    assert relate(owner).headers["Location"] == PAPER
    assert tries().startswith(DOOR)
    assert Factor.objects.count() == 1
    assert type_password(thief, newcomer.account.identifier, password=AGENT_PASSWORD).status_code == 422


def test_a_link_that_is_over_says_what_to_do(client: Client) -> None:
    """A5"""
    link = invitation()
    client.post(link, {"new_password1": GOOD, "new_password2": GOOD})

    for address in (link, "/gestion/invitation/unknown/"):
        page = client.get(address)
        assert page.status_code == 404
        assert "Ce lien ne sert plus" in words(page)
        assert client.post(address, {"new_password1": GOOD, "new_password2": GOOD}).status_code == 404


def test_a_weak_password_is_refused_beside_its_field_and_not_shown_again(client: Client) -> None:
    """A12"""
    link = invitation()
    page = client.post(link, {"new_password1": "Trop-court-1", "new_password2": "Trop-court-1"})

    assert page.status_code == 422
    assert "au moins 16" in words(page)
    assert "Trop-court-1" not in page.content.decode()
    assert client.get(link).status_code == 200


def test_two_different_passwords_are_refused(client: Client) -> None:
    link = invitation()

    assert client.post(link, {"new_password1": GOOD, "new_password2": f"{GOOD}s"}).status_code == 422


def test_the_recovery_codes_come_with_the_form_and_end_the_earlier_ones(agent_client: Client) -> None:
    """A56: reading makes none."""
    agent_client.get(PAPER)
    assert not RecoveryCode.objects.exists()
    agent_client.post(PAPER)
    first = set(RecoveryCode.objects.values_list("code_hash", flat=True))
    agent_client.post(PAPER)

    assert len(first) == 10
    assert not first & set(RecoveryCode.objects.values_list("code_hash", flat=True))
    assert Entry.objects.filter(kind="RecoveryCodesMade", about=None).count() == 2
