"""/gestion/invitation/, /gestion/facteur/: a password, then an app, before all else (A5, A13, A26, A74)."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from entraide.portal.domain.access.models import Factor, RecoveryCode
from entraide.portal.domain.agents.actions.people import invite_agent
from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.agents.models import Agent
from entraide.portal.foundation.events.models import Entry
from tests.portal.agent_site.steps import CODE, DOOR, HOME, SECURITY, type_password, words
from tests.portal.agents import app_code

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
