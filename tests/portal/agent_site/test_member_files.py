"""A member's file at the desk: found, opened for a reason, read by who may (B-14, A68, A70, A75)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.agents.models import Agent
from entraide.portal.domain.consultations.events import ManyOpenings
from entraide.portal.domain.consultations.models import Consultation
from entraide.portal.domain.consultations.reasons import reason_in_words
from entraide.portal.domain.handling import actions
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.requests.models import Request
from entraide.portal.foundation.events.models import Entry
from entraide.portal.foundation.tasks.queue import drain
from tests.conftest import Household
from tests.portal.agent_site.steps import words
from tests.portal.agents import make_agent, sign_in_agent
from tests.portal.bank import agent
from tests.portal.domain.correspondence.history import ask
from tests.portal.domain.handling.conftest import reference

PEOPLE, SEARCH = "/gestion/adherents/", "/gestion/recherche/"


def file_of(person: Beneficiary) -> str:
    return f"{PEOPLE}{person.member_id}/"


def signed_in(role: Role, name: str = "Solène Abgrall") -> Client:
    email = f"{role.value}.{uuid4().hex[:6]}@example.org"
    return sign_in_agent(Client(), make_agent(email, name, role=role, since=timezone.now(), with_app=True))


@pytest.fixture
def asked(household: Household) -> Callable[..., Request]:
    """A request of Anne's, open unless told otherwise."""

    def make(**more: Any) -> Request:
        request = ask(household.primary, at=timezone.now(), concerns=more.pop("concerns", None))
        request.reference, request.team = (
            reference(Request.objects.count()),
            settings.PROFILE.desk.teams[0].id,
        )
        for name, value in more.items():
            setattr(request, name, value)
        request.save()
        return request

    return make


def opened(client: Client, person: Beneficiary, **reason: str) -> Any:
    return client.post(file_of(person), {"reason": "call", **reason}, follow=True)


def test_a_file_is_found_opened_for_a_reason_and_shows_what_it_holds(
    agent_client: Client, household: Household, asked: Callable[..., Request]
) -> None:
    running, over = asked(concerns=household.spouse), asked(state="done")
    found = agent_client.post(PEOPLE, {"text": "BRUNO vautrin"})
    assert file_of(household.primary) in found.content.decode()
    assert "Pourquoi ouvrez-vous ce dossier" in words(agent_client.get(file_of(household.primary)))

    page = words(opened(agent_client, household.primary, words="question sur sa carte"))

    for shown in (
        "Anne Vautrin",
        "Elsa Vautrin",
        "30041831",
        "Adhésion 30041827",
        "Socle",
        running.reference,
    ):
        assert shown in page
    assert "2 84 01 •• ••• ••• ••" in page
    assert "a•••@example.org" in page
    assert "FR76" in page
    assert page.index("Demandes en cours") < page.index(running.reference) < page.index(over.reference)
    # Everybody on the page finds it in their journal, with the reason.
    drain()
    rows = Consultation.objects.filter(reader_kind="agent", seen="identity")
    assert {one.person_id for one in rows} == {one.pk for one in household.people}
    assert {reason_in_words(one.reason) for one in rows} == {"Appel de l’adhérent : question sur sa carte"}


def test_nothing_is_shown_nor_noted_before_a_reason_is_given(
    agent_client: Client, household: Household, stranger: Beneficiary
) -> None:
    address = file_of(household.primary)

    missing = agent_client.post(address, {})
    other = agent_client.post(address, {"reason": "other", "words": "  "})
    opened(agent_client, stranger)
    elsewhere = agent_client.get(address)

    assert (missing.status_code, other.status_code, elsewhere.status_code) == (422, 422, 200)
    assert "Choisissez un motif." in words(missing)
    assert "Écrivez votre motif" in words(other)
    drain()
    assert not Consultation.objects.filter(person__member=household.member).exists()


def test_an_open_request_is_reason_enough_for_its_own_family_alone(
    agent_client: Client, household: Household, stranger: Beneficiary, asked: Callable[..., Request]
) -> None:
    request, over = asked(), asked(state="done")
    link = f"{file_of(household.primary)}?demande={request.reference}"
    assert link in agent_client.get(f"/gestion/demandes/{request.reference}/").content.decode()

    page = words(agent_client.get(link))

    assert f"Traitement de la demande {request.reference}" in page
    for refused in (
        f"{file_of(household.primary)}?demande={over.reference}",
        f"{file_of(stranger)}?demande={request.reference}",
    ):
        assert "Pourquoi ouvrez-vous ce dossier" in words(agent_client.get(refused))


def test_the_page_tells_what_is_waited_for_to_who_reads_care(
    handler: Agent, agent_client: Client, household: Household, asked: Callable[..., Request]
) -> None:
    request, paper = asked(), settings.PROFILE.pieces.papers[0]
    who = agent("hugo@example.org", "Hugo Planche", Role.HANDLER)
    actions.ask(who, request.reference, words="", papers=[paper.id], now=timezone.now())

    assert str(paper.label.fr) in words(opened(agent_client, household.primary))
    reader = words(opened(signed_in(Role.READER), household.primary))
    assert "Anne Vautrin" in reader
    assert str(paper.label.fr) not in reader


def test_each_sees_the_requests_within_their_sight(
    agent_client: Client, household: Household, asked: Callable[..., Request]
) -> None:
    """SOC-01: what is confidential stays with the social fund, who open no file of a member."""
    usual, confidential = asked(), asked(kind="social_fund")

    handler = words(opened(agent_client, household.primary))
    fund = opened(signed_in(Role.SOCIAL_FUND), household.primary)

    assert usual.reference in handler
    assert confidential.reference not in handler
    assert fund.status_code == 403


def test_the_state_of_each_access_is_told(agent_client: Client, household: Household) -> None:
    spouse = household.spouse.account
    assert spouse is not None
    spouse.frozen_at = timezone.now()
    spouse.save()

    page = words(opened(agent_client, household.primary))

    assert page.count("Accès ouvert") == 2
    assert page.count("Accès gelé") == 1
    assert page.count("Jamais connecté") == 2


def test_nobody_opens_the_file_of_their_own_family_or_one_that_is_not_there(
    household: Household, agent_client: Client
) -> None:
    """A70, A73."""
    relative = signed_in(Role.SUPERVISOR, name=household.spouse.full_name)

    for client, address in ((relative, file_of(household.primary)), (agent_client, f"{PEOPLE}{uuid4()}/")):
        assert client.get(address).status_code == 404
        assert client.post(address, {"reason": "call"}).status_code == 404


@pytest.mark.parametrize("role", [Role.SECURITY_ADMIN, Role.DPO])
def test_who_reads_no_files_opens_none(household: Household, role: Role) -> None:
    client = signed_in(role)

    assert client.get(PEOPLE).status_code == 403
    assert client.post(file_of(household.primary), {"reason": "call"}).status_code == 403


def test_openings_and_searches_count_towards_the_alarms(
    agent_client: Client, household: Household, stranger: Beneficiary, policy: Callable[..., None]
) -> None:
    """A70: like openings of requests, and searches of them."""
    policy(agent_openings_per_hour=1, agent_searches_per_day=1)

    opened(agent_client, household.primary)
    opened(agent_client, stranger)
    agent_client.post(PEOPLE, {"text": "vautrin"})
    agent_client.post(PEOPLE, {"text": "quemeneur"})
    drain()

    assert Entry.objects.filter(kind=ManyOpenings.__name__).count() == 1
    assert Entry.objects.filter(kind="ManySearches").count() == 1
    told = Entry.objects.filter(kind="PeopleSearched").values_list("data", flat=True)
    assert list(told) == [{"way": "name", "found": 5}, {"way": "name", "found": 1}]


def test_a_reason_serves_for_ten_minutes(
    agent_client: Client, household: Household, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(agent_client, household.primary)
    assert "Motif noté" in words(agent_client.get(file_of(household.primary)))
    later = timezone.now() + timedelta(minutes=11)
    monkeypatch.setattr("entraide.portal.agent_site.members.views.timezone.now", lambda: later)

    again = words(agent_client.get(file_of(household.primary)))

    assert "Pourquoi ouvrez-vous ce dossier" in again


def test_the_search_of_requests_offers_files_whatever_it_finds(
    agent_client: Client, household: Household
) -> None:
    page = agent_client.post(SEARCH, {"text": "vautrin"})

    assert "Aucune demande trouvée." in words(page)
    assert file_of(household.primary) in page.content.decode()
    assert "Aucun adhérent trouvé." in words(agent_client.post(PEOPLE, {"text": "personne"}))


def test_a_file_asks_the_database_twelve_questions_at_most(
    agent_client: Client,
    household: Household,
    asked: Callable[..., Request],
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    """With whatever makes it ask: handlers, questions to the member."""
    who = agent("hugo@example.org", "Hugo Planche", Role.HANDLER)
    for number in range(5):
        asked(state="done" if number % 2 else "received", handler=who.id)
    actions.ask(who, asked().reference, words="La facture ?", now=timezone.now())
    running = asked()

    with django_assert_max_num_queries(12):
        page = words(agent_client.get(f"{file_of(household.primary)}?demande={running.reference}"))

    assert running.reference in page
