"""The gate: who comes in where, and at what price (A27…A31, A35, A74)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from entraide.portal.config.gate import PrivateByDefault, live_agent, live_viewer
from entraide.portal.domain.access.models import OpenSession
from entraide.portal.domain.access.sessions import agent_span, member_span, open_session
from entraide.portal.domain.agents.models import Agent
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.web.public import public
from entraide.portal.foundation.web.session_store import SessionStore
from entraide.portal.foundation.web.sessions import AGENTS, MEMBERS, TERMS, begin_session
from tests.conftest import Household

pytestmark = pytest.mark.django_db
Asked = Callable[..., HttpRequest]


@pytest.fixture
def agent(db: None) -> Agent:
    account = Account.objects.create(identifier="paule.agent@example.org", password="!")
    return Agent.objects.create(
        account=account, full_name="Paule Agent", role="handler", created_at=timezone.now()
    )


@pytest.fixture
def asked() -> Asked:
    """A request that carries a whole session of this account for this side, as if all steps were passed."""

    def make(path: str, account: Account, area: str, *, method: str = "GET") -> HttpRequest:
        request = RequestFactory().generic(method, path)
        request.session = SessionStore()
        request.META["CSRF_COOKIE"] = "x" * 32
        key = begin_session(request, account, area=area)
        span = agent_span() if area == AGENTS else member_span()
        open_session(account=account, key=key, label="|", network="", span=span, now=timezone.now())
        request.session[TERMS] = settings.PROFILE.terms.digest
        request.session.save()
        return request

    return make


def view(request: HttpRequest) -> HttpResponse:
    return HttpResponse("in")


def enter(request: HttpRequest, page: Callable[..., HttpResponse] = view) -> HttpResponse:
    refused = PrivateByDefault(page).process_view(request, page, (), {})
    return refused or page(request)


def test_a_member_opens_the_members_pages_and_no_agents_page(household: Household, asked: Asked) -> None:
    """A74"""
    account = household.primary.account
    request = asked("/contrat/", account, MEMBERS)
    assert enter(request).content == b"in"
    assert request.viewer.person_id == household.primary.pk
    assert request.agent is None

    refused = enter(asked("/gestion/", account, MEMBERS))
    assert refused.headers["Location"] == "/gestion/connexion/"


def test_an_agent_opens_the_agents_pages_and_no_members_page(agent: Agent, asked: Asked) -> None:
    """A74"""
    request = asked("/gestion/", agent.account, AGENTS)
    assert enter(request).content == b"in"
    assert request.agent.id == agent.pk
    assert request.viewer is None

    assert enter(asked("/contrat/", agent.account, AGENTS)).headers["Location"].startswith("/connexion/")


def test_a_session_copied_into_the_other_cookie_opens_nothing(
    household: Household, agent: Agent, asked: Asked
) -> None:
    """A74: even for somebody who would be both."""
    Beneficiary.objects.filter(pk=household.teen.pk).update(account=agent.account)

    assert live_viewer(asked("/", agent.account, AGENTS)) is None
    assert live_agent(asked("/gestion/", agent.account, MEMBERS)) is None
    assert live_viewer(asked("/", agent.account, MEMBERS)) is not None


@pytest.mark.parametrize(
    "change",
    [{"ended_at": timezone.now()}, {"account__is_active": False}, {"account__frozen_at": timezone.now()}],
)
def test_an_agent_who_left_is_refused_at_the_next_request(
    agent: Agent, asked: Asked, change: dict[str, object]
) -> None:
    """A30"""
    request = asked("/gestion/", agent.account, AGENTS)
    for name, value in change.items():
        owner = agent.account if name.startswith("account__") else agent
        setattr(owner, name.removeprefix("account__"), value)
        owner.save()

    assert enter(request).status_code == 302
    assert not OpenSession.objects.exists()


@pytest.mark.parametrize(("hours", "alive"), [(7.9, True), (8.1, False)])
def test_an_agents_session_lasts_eight_hours(agent: Agent, asked: Asked, hours: float, alive: bool) -> None:
    """A28"""
    request = asked("/gestion/", agent.account, AGENTS)
    OpenSession.objects.update(started_at=F("started_at") - timedelta(hours=hours))

    assert (enter(request).status_code == 200) is alive


def test_a_member_session_costs_two_reads_whatever_the_page_asks_of_it(
    household: Household, asked: Asked, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """The session, then account, person and membership at once; Django itself asks for nothing more."""
    begun = asked("/contrat/", household.primary.account, MEMBERS)
    request = RequestFactory().get("/contrat/")
    request.session = SessionStore(begun.session.session_key)

    with django_assert_num_queries(2):
        assert enter(request).content == b"in"
        assert request.user.is_authenticated
        assert request.viewer.member_number == household.member.number


def test_an_agents_session_costs_two_reads_too(
    agent: Agent, asked: Asked, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    begun = asked("/gestion/", agent.account, AGENTS)
    request = RequestFactory().get("/gestion/")
    request.session = SessionStore(begun.session.session_key)

    with django_assert_num_queries(2):
        assert enter(request).content == b"in"
        assert (request.agent.id, request.agent.email) == (agent.pk, agent.email)


def test_a_page_for_all_asks_nothing_until_it_wants_to_know(
    household: Household, asked: Asked, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    begun = asked("/aide/", household.primary.account, MEMBERS)
    request = RequestFactory().get("/aide/")
    request.session = SessionStore(begun.session.session_key)

    with django_assert_num_queries(0):
        assert enter(request, public(lambda request: HttpResponse("in"))).content == b"in"
    assert request.viewer.first_name == "Anne"


def test_a_session_without_its_row_is_over(member_client: Client) -> None:
    """A27: the list is what counts, not what a browser holds."""
    OpenSession.objects.all().delete()

    assert member_client.get("/").headers["Location"] == "/connexion/?fin=1"
    assert member_client.get("/aide/").status_code == 200
