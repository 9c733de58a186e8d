"""/gestion/connexion/: password, then the app; never an SMS; never a member (A1, A7…A9, A26…A31, A74)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from entraide.portal.domain.access.factors.recovery import make_recovery_codes
from entraide.portal.domain.access.models import OpenSession
from entraide.portal.domain.agents.actions.passwords import change_agent_password
from entraide.portal.domain.agents.actions.people import end_agent, reset_agent
from entraide.portal.domain.agents.models import Agent
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.events.models import Entry
from entraide.portal.foundation.tasks.queue import drain
from entraide.portal.foundation.web.session_store import SessionStore
from entraide.portal.notifications.models import Delivery
from tests.conftest import PASSWORD, Household
from tests.portal.agent_site.steps import CODE, DOOR, HOME, SECURITY, come_in, neutral, type_password, words
from tests.portal.agents import AGENT_PASSWORD, app_code

pytestmark = pytest.mark.django_db
COOKIE = "entraide-gestion"


def test_password_and_app_open_the_first_page(client: Client, handler: Agent) -> None:
    """A74: who they are here, and their role; nothing of the members' space."""
    assert come_in(client, handler).headers["Location"] == HOME
    page = client.get(HOME)

    assert "Bonjour Inès Belmont" in words(page)
    assert "Gestion des demandes" in words(page)
    assert 'id="menu"' not in page.content.decode()
    assert Entry.objects.filter(kind="AgentSignedIn", actor=handler.account_id).count() == 1
    assert page.headers["Cache-Control"] == "no-store"


def test_the_session_lies_in_a_cookie_of_its_own(client: Client, handler: Agent) -> None:
    """A33, A74"""
    come_in(client, handler)
    cookie = client.cookies[COOKIE]

    assert settings.SESSION_COOKIE_NAME not in client.cookies
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")


def test_no_sms_and_no_mail_leaves_for_a_sign_in(client: Client, handler: Agent) -> None:
    """A74"""
    come_in(client, handler)
    drain()

    assert not Delivery.objects.exists()


def test_every_refusal_is_the_same_page(handler: Agent, newcomer: Agent, household: Household) -> None:
    """A1, A9: unknown, wrong, a member's own number, locked, ended."""
    end_agent(email=newcomer.account.identifier, now=timezone.now())
    refusals = [
        type_password(Client(), "nobody@example.org", source="192.0.2.11"),
        type_password(Client(), household.primary.number, password=PASSWORD, source="192.0.2.12"),
        type_password(Client(), newcomer.account.identifier, source="192.0.2.13"),
    ]
    for turn in range(5):
        refusals.append(
            type_password(
                Client(), handler.account.identifier, password="wrong", source=f"192.0.2.{20 + turn}"
            )
        )
    refusals.append(type_password(Client(), handler.account.identifier, source="192.0.2.14"))

    first = neutral(refusals[0])
    assert first[0] == 422
    assert [neutral(one) == first for one in refusals] == [True] * len(refusals)


def test_the_password_alone_opens_nothing(client: Client, handler: Agent) -> None:
    """A27"""
    type_password(client, handler.account.identifier)

    for page in (HOME, SECURITY, "/gestion/facteur/", "/gestion/facteur/secours/", "/gestion/mot-de-passe/"):
        assert client.get(page).headers["Location"].startswith(DOOR)
    assert client.post("/gestion/facteur/cle/options/").status_code == 403
    assert not OpenSession.objects.exists()


def test_a_code_serves_once_and_not_in_another_session(handler: Agent) -> None:
    """A18, A26"""
    code = app_code()
    first, second = Client(), Client()
    for client in (first, second):
        type_password(client, handler.account.identifier)

    assert first.post(CODE, {"code": code}).headers["Location"] == HOME
    again = second.post(CODE, {"code": code})
    assert again.status_code == 422
    assert second.get(HOME).headers["Location"].startswith(DOOR)


def test_five_wrong_codes_end_the_attempt(client: Client, handler: Agent) -> None:
    """A26"""
    type_password(client, handler.account.identifier)
    for _turn in range(5):
        assert client.post(CODE, {"code": "000000"}).status_code == 422

    assert client.post(CODE, {"code": app_code()}).status_code == 422
    assert not OpenSession.objects.exists()


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "１２３４５６", "12 34"])
def test_what_is_no_code_is_no_guess(client: Client, handler: Agent, code: str) -> None:
    type_password(client, handler.account.identifier)
    for _turn in range(7):
        assert client.post(CODE, {"code": code}).status_code == 422

    assert client.post(CODE, {"code": f" {app_code()[:3]} {app_code()[3:]}"}).headers["Location"] == HOME


def test_a_recovery_code_opens_once_and_says_how_many_are_left(handler: Agent) -> None:
    """A26"""
    codes = make_recovery_codes(account=handler.account, language="fr", now=timezone.now())
    first, second = Client(), Client()
    for client in (first, second):
        type_password(client, handler.account.identifier)

    assert (
        first.post("/gestion/connexion/secours/", {"recovery_code": codes[0].lower()}).headers["Location"]
        == HOME
    )
    assert "9 codes de secours" in words(first.get(HOME))
    assert second.post("/gestion/connexion/secours/", {"recovery_code": codes[0]}).status_code == 422


def test_a_lock_or_a_reset_closes_the_half_open_door(client: Client, handler: Agent) -> None:
    """A18"""
    type_password(client, handler.account.identifier)
    reset_agent(email=handler.account.identifier, factor_lost=False, now=timezone.now())

    assert client.post(CODE, {"code": app_code()}).headers["Location"] == DOOR
    assert not OpenSession.objects.exists()


@pytest.mark.parametrize("stage", ["factor", "enrol"])
def test_a_lock_by_strangers_closes_the_door_that_a_stranger_half_opened(
    handler: Agent, newcomer: Agent, stage: str
) -> None:
    """A18: the password that was right before the lock does not outlive it."""
    agent = handler if stage == "factor" else newcomer
    stranger = Client()
    type_password(stranger, agent.account.identifier)
    for turn in range(5):
        type_password(Client(), agent.account.identifier, password="wrong", source=f"192.0.2.{20 + turn}")

    page = CODE if stage == "factor" else "/gestion/facteur/"
    assert stranger.get(page).headers["Location"] == DOOR
    assert stranger.post(CODE, {"code": app_code()}).headers["Location"] == DOOR
    assert not OpenSession.objects.exists()


def test_a_lock_by_strangers_leaves_the_half_open_door_of_a_known_browser(
    client: Client, handler: Agent
) -> None:
    """A10"""
    come_in(client, handler)
    client.post("/gestion/deconnexion/")
    type_password(client, handler.account.identifier)
    for turn in range(5):
        type_password(Client(), handler.account.identifier, password="wrong", source=f"192.0.2.{20 + turn}")

    assert client.post(CODE, {"code": app_code(steps_later=1)}).headers["Location"] == HOME


def test_a_new_password_closes_the_doors_that_the_old_one_half_opened(client: Client, handler: Agent) -> None:
    """A18"""
    type_password(client, handler.account.identifier)
    change_agent_password(
        account=handler.account, old=AGENT_PASSWORD, new="Trois phares & une marée", language="fr",
        now=timezone.now(),
    )  # fmt: skip

    assert client.post(CODE, {"code": app_code()}).headers["Location"] == DOOR
    assert not OpenSession.objects.exists()


def test_the_half_open_door_closes_by_itself(client: Client, handler: Agent) -> None:
    """A27: fifteen minutes."""
    type_password(client, handler.account.identifier)
    moved = SessionStore(client.cookies[COOKIE].value)
    moved["agent_entering"] = {**moved["agent_entering"], "at": moved["agent_entering"]["at"] - 15 * 60}
    moved.save()

    assert client.get(CODE).headers["Location"] == DOOR


def test_an_expired_password_is_renewed_before_anything_else(client: Client, handler: Agent) -> None:
    """A74: 180 days; the old one is not taken again."""
    Account.objects.filter(pk=handler.account_id).update(password_set_at=timezone.now() - timedelta(days=181))

    assert come_in(client, handler).headers["Location"] == "/gestion/mot-de-passe/"
    assert client.get(HOME).headers["Location"].startswith(DOOR)
    old = {"new_password1": AGENT_PASSWORD, "new_password2": AGENT_PASSWORD}
    assert client.post("/gestion/mot-de-passe/", old).status_code == 422
    new = {"new_password1": "Deux marronniers & 1 banc", "new_password2": "Deux marronniers & 1 banc"}
    assert client.post("/gestion/mot-de-passe/", new).headers["Location"] == HOME
    assert client.get(HOME).status_code == 200


def test_an_agent_session_never_opens_a_members_page(
    client: Client, handler: Agent, household: Household
) -> None:
    """A74: not even with its id under the members' cookie."""
    come_in(client, handler)
    client.cookies[settings.SESSION_COOKIE_NAME] = client.cookies[COOKIE].value

    for page in ("/", "/contrat/", "/securite/", "/depot/"):
        assert client.get(page).headers["Location"].startswith("/connexion/")


def test_a_member_session_never_opens_a_page_of_the_agents(member_client: Client) -> None:
    """A74"""
    for planted in (False, True):
        if planted:
            member_client.cookies[COOKIE] = member_client.cookies[settings.SESSION_COOKIE_NAME].value
        for page in (HOME, SECURITY):
            assert member_client.get(page).headers["Location"].startswith(DOOR)


def test_an_agent_number_and_password_open_nothing_at_the_members_door(
    client: Client, handler: Agent
) -> None:
    """A74"""
    answer = client.post(
        "/connexion/", {"member_number": handler.account.identifier, "password": AGENT_PASSWORD}
    )

    assert answer.status_code == 422


def test_both_may_be_open_in_one_browser_and_stay_apart(
    member_client: Client, household: Household, handler: Agent
) -> None:
    """A74: leaving one side leaves the other as it is."""
    come_in(member_client, handler)
    assert member_client.get("/").status_code == 200
    assert member_client.get(HOME).status_code == 200

    member_client.post("/gestion/deconnexion/")
    assert member_client.get("/").status_code == 200
    assert member_client.get(HOME).headers["Location"].startswith(DOOR)


def test_an_agent_has_one_session_at_a_time(handler: Agent) -> None:
    """A29"""
    first, second = Client(), Client()
    come_in(first, handler)
    come_in(second, handler, steps_later=1)

    assert first.get(HOME).headers["Location"].startswith(DOOR)
    assert second.get(HOME).status_code == 200
    assert OpenSession.objects.count() == 1


@pytest.mark.parametrize("ended", ["ended", "reset", "frozen", "closed", "quiet", "old"])
def test_a_session_ends_with_the_next_request(agent_client: Client, handler: Agent, ended: str) -> None:
    """A28, A30: 15 quiet minutes, 8 hours, an ended access, a reset."""
    assert agent_client.get(HOME).status_code == 200
    now, email = timezone.now(), handler.account.identifier
    {
        "ended": lambda: end_agent(email=email, now=now),
        "reset": lambda: reset_agent(email=email, factor_lost=False, now=now),
        "frozen": lambda: Account.objects.update(frozen_at=now),
        "closed": lambda: Account.objects.update(is_active=False),
        "quiet": lambda: OpenSession.objects.update(seen_at=now - timedelta(minutes=15, seconds=1)),
        "old": lambda: OpenSession.objects.update(started_at=now - timedelta(hours=8, seconds=1)),
    }[ended]()

    assert agent_client.get(HOME).headers["Location"].startswith(DOOR)


def test_signing_out_ends_the_session_itself(agent_client: Client) -> None:
    """A31: a copy of the cookie opens nothing, and the browser is told to forget."""
    kept = agent_client.cookies[COOKIE].value
    answer = agent_client.post("/gestion/deconnexion/")
    agent_client.cookies[COOKIE] = kept

    assert answer.headers["Location"] == f"{DOOR}?sortie=1"
    assert "cache" in answer.headers["Clear-Site-Data"]
    assert agent_client.get(HOME).headers["Location"].startswith(DOOR)
    assert "Vous êtes déconnecté" in words(agent_client.get(f"{DOOR}?sortie=1"))


def test_the_id_of_the_session_changes_at_each_step_and_a_planted_one_is_not_taken(
    client: Client, handler: Agent
) -> None:
    """A27"""
    client.cookies[COOKIE] = "planted0planted0planted0planted0"
    type_password(client, handler.account.identifier)
    half = client.cookies[COOKIE].value
    client.post(CODE, {"code": app_code()})
    whole = client.cookies[COOKIE].value

    assert len({"planted0planted0planted0planted0", half, whole}) == 3
    client.cookies[COOKIE] = half
    assert client.get(HOME).headers["Location"].startswith(DOOR)


def test_a_form_from_elsewhere_is_refused(handler: Agent) -> None:
    """A56"""
    client = Client(enforce_csrf_checks=True)

    assert type_password(client, handler.account.identifier).status_code == 403


@pytest.mark.parametrize("path", ["/gestion/nulle-part/", "/gestion/connexion/cle/"])
def test_an_error_on_this_side_leads_back_to_this_side(client: Client, path: str) -> None:
    """A74: neither the header of the members nor a way into their space; elsewhere nothing else."""
    page = client.get(path).content.decode()
    members = client.get("/nulle-part/").content.decode()

    assert "top--work" in page
    assert 'class="button button--primary" href="/gestion/"' in page
    assert "top--work" not in members
    assert "/gestion/" not in members


def test_the_language_of_this_side_is_kept_on_this_side(agent_client: Client) -> None:
    agent_client.post("/gestion/langue/", {"language": "en", "next": HOME})

    assert 'lang="en"' in agent_client.get(HOME).content.decode()
    assert 'lang="fr"' in agent_client.get("/connexion/").content.decode()


def test_a_stranger_learns_nothing_of_the_roles(
    client: Client, stranger: Beneficiary, sign_in: Callable[[Client, Beneficiary], Client]
) -> None:
    """A35: an agents' page says the same to a member and to nobody."""
    assert (
        sign_in(client, stranger).get(SECURITY).headers["Location"]
        == Client().get(SECURITY).headers["Location"]
    )
