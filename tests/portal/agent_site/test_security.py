"""/gestion/securite/: password, factors, the one session; changes need a fresh proof (A25, A26, A29, A32)."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from entraide.portal.agent_site.roles import roles
from entraide.portal.domain.access.models import Factor
from entraide.portal.domain.agents.actions.sign_in import check_agent_credentials
from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.agents.models import Agent
from entraide.portal.domain.agents.queries import agent_of
from tests.portal.agent_site.steps import DOOR, HOME, SECURITY, come_in, grow_stale, words
from tests.portal.agents import AGENT_PASSWORD, app_code, make_agent

pytestmark = pytest.mark.django_db
CONFIRM = "/gestion/securite/confirmer/"
NEW = "Deux marronniers & 1 banc"
CHANGE = {"old_password": AGENT_PASSWORD, "new_password1": NEW, "new_password2": NEW}


@pytest.fixture
def stale(agent_client: Client) -> Client:
    """Inès, whose last proof is five minutes old."""
    return grow_stale(agent_client)


def password_is(agent: Agent, password: str) -> bool:
    now = timezone.now()
    found = check_agent_credentials(agent.account.identifier, password, source="192.0.2.9", now=now)
    return found.account is not None


def test_the_page_shows_factors_codes_session_and_password(agent_client: Client) -> None:
    shown = words(agent_client.get(SECURITY))

    for part in ("Téléphone", "Application", "Codes de secours", "Votre session", "192.0.2.1", "Choisi le"):
        assert part in shown


def test_a_new_password_keeps_this_session_and_opens_the_next(agent_client: Client, handler: Agent) -> None:
    """A6, A27"""
    before = agent_client.cookies["entraide-gestion"].value

    assert agent_client.post(SECURITY, CHANGE).headers["Location"] == SECURITY
    assert agent_client.get(HOME).status_code == 200
    assert agent_client.cookies["entraide-gestion"].value != before
    assert password_is(handler, NEW)
    assert not password_is(handler, AGENT_PASSWORD)


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("old_password", "wrong", "actuel"),
        ("new_password1", AGENT_PASSWORD, "déjà utilisé"),
        ("new_password2", "other", "différents"),
    ],
)
def test_a_change_that_is_refused_says_why(
    agent_client: Client, handler: Agent, field: str, value: str, why: str
) -> None:
    values = {**CHANGE, field: value}
    if value == AGENT_PASSWORD:
        values["new_password2"] = value
    page = agent_client.post(SECURITY, values)

    assert page.status_code == 422
    assert why in words(page)
    assert password_is(handler, AGENT_PASSWORD)


def test_after_five_minutes_nothing_changes_before_a_new_proof(stale: Client, handler: Agent) -> None:
    """A32"""
    factor = Factor.objects.get()
    for address, values in (
        (SECURITY, CHANGE),
        ("/gestion/facteur/application/", {"code": "000000"}),
        ("/gestion/facteur/secours/", {}),
        (f"/gestion/securite/facteurs/{factor.pk}/retirer/", {}),
    ):
        assert stale.post(address, values).headers["Location"].startswith(CONFIRM)
    assert stale.post("/gestion/facteur/cle/options/").status_code == 403
    assert password_is(handler, AGENT_PASSWORD)
    assert "Rien n’est fait encore" in words(stale.get(CONFIRM))


def test_after_the_proof_the_page_says_to_press_again(stale: Client) -> None:
    """A32: once."""
    stale.post(SECURITY, CHANGE)
    again = "C’est confirmé. Appuyez de nouveau sur le bouton."

    assert again in words(stale.post(CONFIRM, {"code": app_code()}, follow=True))
    assert again not in words(stale.get(SECURITY))


def test_a_quiet_page_ends_its_session(agent_client: Client) -> None:
    """A28"""
    assert agent_client.post("/gestion/session/fin/").status_code == 204
    assert agent_client.get(SECURITY).headers["Location"].startswith(DOOR)


def test_the_app_confirms_and_leads_back(stale: Client) -> None:
    """A27, A32: under a new session id; a code serves once here too."""
    before = stale.cookies["entraide-gestion"].value
    code = app_code()
    back = {"next": "/gestion/facteur/"}

    assert stale.post(CONFIRM, {"code": "000000", **back}).status_code == 422
    assert stale.post(CONFIRM, {"code": code, **back}).headers["Location"] == "/gestion/facteur/"
    assert stale.cookies["entraide-gestion"].value != before
    assert stale.get("/gestion/facteur/").status_code == 200
    assert stale.post(CONFIRM, {"code": code}).status_code == 422


@pytest.mark.parametrize(
    "next_page", ["https://evil.example/", "//evil", "/contrat/", "/gestion/nowhere/", ""]
)
def test_a_confirmation_leads_to_pages_of_the_list_only(stale: Client, next_page: str) -> None:
    """A55"""
    answer = stale.post(CONFIRM, {"code": app_code(), "next": next_page})

    assert answer.headers["Location"] == SECURITY


def test_another_app_may_be_added_and_one_of_two_removed(agent_client: Client, handler: Agent) -> None:
    """A26"""
    first = Factor.objects.get()
    second = Factor.objects.create(
        account=handler.account, kind="totp", name="Tablette", secret=first.secret, created_at=timezone.now()
    )
    agent_client.post(f"/gestion/securite/facteurs/{second.pk}/retirer/")

    assert list(Factor.objects.all()) == [first]


def test_the_last_factor_stays(agent_client: Client) -> None:
    """A74"""
    factor = Factor.objects.get()
    agent_client.post(f"/gestion/securite/facteurs/{factor.pk}/retirer/")

    assert Factor.objects.filter(pk=factor.pk).exists()
    assert "dernier moyen" in words(agent_client.get(SECURITY))


def test_the_factor_of_somebody_else_is_out_of_reach(agent_client: Client) -> None:
    """A36: like one that does not exist."""
    other = make_agent("b@example.org", "Bo", role=Role.DPO, since=timezone.now(), with_app=True)
    theirs = Factor.objects.get(account=other.account)
    answers = [
        agent_client.post(f"/gestion/securite/facteurs/{one}/retirer/", follow=True)
        for one in (theirs.pk, uuid4())
    ]

    assert Factor.objects.filter(pk=theirs.pk).exists()
    assert words(answers[0]) == words(answers[1])


def test_the_first_page_reminds_of_what_is_missing(agent_client: Client, policy: Callable[..., None]) -> None:
    assert "pas de code de secours" in words(agent_client.get(HOME))
    assert "arrive à son terme" not in words(agent_client.get(HOME))
    agent_client.post("/gestion/facteur/secours/")
    policy(agent_password_max_age_days=20)

    assert "pas de code de secours" not in words(agent_client.get(HOME))
    assert "arrive à son terme" in words(agent_client.get(HOME))


@pytest.mark.parametrize("role", Role)
def test_a_page_opens_to_the_roles_that_it_names(rf: RequestFactory, role: Role) -> None:
    """A75"""

    @roles(Role.SUPERVISOR, Role.DPO)
    def view(_request: object) -> HttpResponse:
        return HttpResponse("in")

    request = rf.get("/gestion/")
    agent = make_agent("c@example.org", "Cy", role=role, since=timezone.now())
    request.agent = agent_of(agent.account_id)  # type: ignore[attr-defined]
    if role in {Role.SUPERVISOR, Role.DPO}:
        assert view(request).content == b"in"
    else:
        with pytest.raises(PermissionDenied):
            view(request)


@pytest.mark.parametrize(
    "address",
    [HOME, SECURITY, CONFIRM, "/gestion/facteur/secours/", f"/gestion/securite/facteurs/{uuid4()}/retirer/"],
)
def test_without_a_session_every_page_leads_to_the_agents_door(client: Client, address: str) -> None:
    """A35"""
    for answer in (client.get(address), client.post(address)):
        assert answer.headers["Location"].startswith(DOOR)


def test_the_session_of_the_list_is_this_one(handler: Agent) -> None:
    """A29"""
    client = Client(headers={"user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0"})
    come_in(client, handler)

    assert "Firefox sur un ordinateur Linux" in words(client.get(SECURITY))
