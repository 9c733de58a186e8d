"""The card as a phone keeps it, and what each page says of the session (B-07, MOB-01, A31, A68)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from entraide.portal.domain.access.models import OpenSession
from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.consultations.enums import Seen
from entraide.portal.domain.consultations.models import Consultation
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.tasks.queue import drain
from tests.conftest import Household
from tests.portal.agents import make_agent, sign_in_agent
from tests.portal.member_site.access.steps import words
from tests.portal.member_site.shell.test_errors import broken_database

pytestmark = pytest.mark.django_db
KEPT, SESSION, UNTIL = "/carte/hors-ligne/", "Entraide-Session", "Entraide-Until"
SignIn = Callable[[Client, Beneficiary], Client]


def test_the_kept_page_holds_the_cards_that_one_sees_both_faces_and_the_numbers(
    member_client: Client, household: Household
) -> None:
    answer = member_client.get(KEPT)
    shown, page = words(answer), answer.content.decode()

    for person in household.people:
        assert person.full_name in shown
    assert page.count('class="pass__qr"') == len(household.people)
    assert 'id="recto-1"' in page
    assert page.count('id="recto-2"') == 1
    for one in settings.PROFILE.contacts.urgent:
        assert f'href="tel:{one.number}"' in page
    assert answer.headers["Cache-Control"] == "no-store"


def test_it_is_the_small_page_alone_no_script_no_form_no_other_page(member_client: Client) -> None:
    """Nothing else of the member: no menu, no amount, no request, no health insurance number."""
    page = member_client.get(KEPT).content.decode()

    assert "<script" not in page
    assert "<form" not in page
    assert "<nav" not in page
    assert "€" not in page
    shell = member_client.get("/sw.js").content.decode()
    for part in page.split('href="')[1:]:
        address = part.partition('"')[0]
        if address.startswith("/static/"):
            assert address in shell


def test_those_whose_card_is_in_it_read_so_in_their_journal(
    member_client: Client, household: Household
) -> None:
    """A68: their cards were given to a phone."""
    member_client.get(KEPT)
    drain()

    noted = Consultation.objects.filter(reader=household.primary.pk, seen=Seen.CARD)
    assert {one.person_id for one in noted} == {one.pk for one in household.people} - {household.primary.pk}


def test_a_child_keeps_their_own_card_alone(client: Client, household: Household, sign_in: SignIn) -> None:
    shown = words(sign_in(client, household.adult_child).get(KEPT))

    assert household.adult_child.full_name in shown
    assert household.spouse.full_name not in shown
    assert household.primary.full_name not in shown


def test_it_is_one_small_page_however_many_they_are(
    member_client: Client, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    with django_assert_max_num_queries(12):
        member_client.get(KEPT)


def test_it_ends_when_no_session_can_stand_any_more(member_client: Client) -> None:
    before = timezone.now()
    until = int(member_client.get(KEPT).headers[UNTIL])

    total = timedelta(hours=settings.PROFILE.security.session_hours)
    assert until <= (timezone.now() + total).timestamp()
    assert until >= (before + total).timestamp() - 5


def test_every_page_of_one_session_says_the_same_and_that_of_another_something_else(
    member_client: Client, household: Household, sign_in: SignIn
) -> None:
    """A card is compared with the page that the server answers next."""
    mine = {member_client.get(one).headers[SESSION] for one in ("/", KEPT, "/aide/")}
    again = sign_in(Client(), household.primary).get("/").headers[SESSION]
    other = sign_in(Client(), household.spouse).get("/").headers[SESSION]

    assert len(mine) == 1
    assert len({*mine, again, other}) == 3


def test_what_is_said_of_the_session_opens_nothing_and_names_no_row(member_client: Client) -> None:
    """A57: a header that a script or an extension reads."""
    mark = member_client.get("/").headers[SESSION]

    row = OpenSession.objects.get()
    secrets = {member_client.session.session_key, row.session_key, str(row.pk), row.pk.hex}
    assert len(mark) == 32
    assert mark not in secrets


def test_a_session_under_a_new_id_is_still_the_same_one(member_client: Client) -> None:
    """A27: a fresh proof renews the id; the card of the phone stays."""
    before = member_client.get("/").headers[SESSION]
    session = member_client.session
    key = session.session_key
    OpenSession.objects.update(seen_at=timezone.now() - timedelta(seconds=60))

    assert member_client.get("/").headers[SESSION] == before
    assert key == member_client.session.session_key


@pytest.mark.parametrize("how", ["signed out", "quiet", "too old", "closed elsewhere", "frozen"])
def test_once_the_session_is_over_the_next_page_says_nobody(
    member_client: Client, household: Household, how: str
) -> None:
    """A28…A31: the phone erases the card at the next contact, whichever way the session ended."""
    policy = settings.PROFILE.security
    assert member_client.get("/").headers[SESSION] != "none"
    now, rows = timezone.now(), OpenSession.objects.all()
    if how == "signed out":
        member_client.post("/deconnexion/")
    elif how == "quiet":
        rows.update(seen_at=now - timedelta(minutes=policy.idle_minutes + 1))
    elif how == "too old":
        rows.update(started_at=now - timedelta(hours=policy.session_hours, minutes=1))
    elif how == "closed elsewhere":
        rows.delete()
    else:
        household.primary.account.frozen_at = now
        household.primary.account.save()

    led = member_client.get(KEPT)
    assert led.status_code == 302
    # An answer that leads elsewhere says nothing; the page there does.
    assert SESSION not in led.headers
    assert member_client.get("/connexion/").headers[SESSION] == "none"


@pytest.mark.django_db(transaction=True)
def test_a_fault_says_nothing_of_the_session(member_client: Client) -> None:
    """A database that is away for a minute erases no card."""
    member_client.raise_request_exception = False
    with broken_database():
        answer = member_client.get("/")

    assert answer.status_code == 503
    assert SESSION not in answer.headers


@pytest.mark.parametrize("address", ["/nowhere-at-all/", "/professionnels/nobody/", "/passage/verifier/"])
def test_an_address_that_leads_nowhere_erases_no_card(member_client: Client, address: str) -> None:
    """B-07: a link that is too old, followed by somebody whose session stands."""
    answer = member_client.get(address)

    assert answer.status_code in {404, 405}
    assert answer.headers.get(SESSION) != "none"


def test_pages_of_agents_say_nothing_of_a_members_session(member_client: Client) -> None:
    """A74: an agent at work in the same browser erases no card, and is told of none."""
    agent = make_agent("a@example.org", "Ada Aron", role=Role.READER, since=timezone.now(), with_app=True)
    desk = sign_in_agent(member_client, agent)

    assert SESSION not in desk.get("/gestion/").headers
    assert desk.get("/").headers[SESSION] != "none"


def test_a_browser_that_keeps_nothing_is_given_no_card_to_keep(member_client: Client) -> None:
    """The choice is of the browser: it stays when somebody signs out."""
    assert "data-keep-card" in member_client.get("/carte/").content.decode()

    answer = member_client.post("/telephone/", {"keep": "nothing"})

    assert answer.headers["Location"] == "/telephone/"
    cookie = next(one for name, one in answer.cookies.items() if "phone" in name)
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert cookie["max-age"] >= 300 * 24 * 3600
    page = member_client.get("/carte/").content.decode()
    assert "data-keep-card" not in page
    assert '<html lang="fr" data-keeps-nothing>' in page
    assert member_client.get(KEPT).headers["Location"] == "/carte/"
    member_client.post("/deconnexion/")
    assert "data-keeps-nothing" in member_client.get("/connexion/").content.decode()


def test_the_choice_can_be_taken_back(member_client: Client) -> None:
    member_client.post("/telephone/", {"keep": "nothing"})
    member_client.post("/telephone/", {"keep": "card"})

    assert member_client.get(KEPT).status_code == 200
    assert "data-keeps-nothing" not in member_client.get("/").content.decode()


@pytest.mark.parametrize("sent", [{}, {"keep": "everything"}, {"keep": ""}])
def test_a_choice_that_there_is_not_is_told_beside_the_field(
    member_client: Client, sent: dict[str, str]
) -> None:
    answer = member_client.post("/telephone/", sent)

    assert answer.status_code == 422
    assert "Choisissez une réponse." in words(answer)
    assert not any("phone" in name for name in answer.cookies)
