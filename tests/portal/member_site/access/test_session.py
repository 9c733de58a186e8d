"""A session: how it begins with the terms, how it ends (AUTH-10, A14, A27…A31)."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.conf import LazySettings
from django.test import Client

from entraide.portal.domain.access.models import TermsAcceptance
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.accounts.models import Account
from tests.conftest import Household
from tests.portal.member_site.access.steps import HOME, SIGN_IN, come_in, words

TERMS = "/conditions/"
PRIVATE = [
    "/",
    "/contrat/",
    "/remboursements/",
    "/releves/",
    "/depot/",
    "/demandes/",
    "/documents/",
    "/securite/",
]
pytestmark = pytest.mark.django_db
SignIn = Callable[[Client, Beneficiary], Client]


def age(client: Client, **seconds: int) -> None:
    """Makes the session's own clocks older."""
    session = client.session
    for name, shift in seconds.items():
        session[name] = session[name] - shift
    session.save()


def test_before_the_terms_nothing_else_opens(client: Client, household: Household) -> None:
    """AUTH-10, A14"""
    come_in(client, household.primary)

    for address in PRIVATE:
        assert client.get(address).headers["Location"].startswith(TERMS)
    assert client.get(TERMS).status_code == 200
    assert client.get("/aide/").status_code == 200


def test_the_terms_must_be_ticked_and_are_then_kept(client: Client, household: Household) -> None:
    """AUTH-10"""
    come_in(client, household.primary)
    refused = client.post(TERMS, {"other": "1"})
    assert refused.status_code == 422
    assert "Cochez la case" in words(refused)
    assert not TermsAcceptance.objects.exists()

    assert client.post(TERMS, {"accept": "on"}).headers["Location"] == HOME
    assert client.get(HOME).status_code == 200
    assert TermsAcceptance.objects.get().account_id == household.primary.account_id


def test_terms_once_accepted_are_not_asked_again(client: Client, household: Household) -> None:
    come_in(client, household.primary)
    client.post(TERMS, {"accept": "on"})
    again = Client()
    come_in(again, household.primary)

    assert again.get(HOME).status_code == 200


def test_new_terms_are_asked_in_the_middle_of_a_session(
    member_client: Client, settings: LazySettings
) -> None:
    """A14"""
    assert member_client.get(HOME).status_code == 200
    terms = replace(settings.PROFILE.terms, version="the next")
    settings.PROFILE = replace(settings.PROFILE, terms=terms)

    assert member_client.get(HOME).headers["Location"].startswith(TERMS)


def test_who_refuses_the_terms_can_leave(client: Client, household: Household) -> None:
    come_in(client, household.primary)

    assert client.post("/deconnexion/").headers["Location"] == f"{SIGN_IN}?sortie=1"


def test_signing_out_ends_the_session_on_the_server_and_in_the_browser(
    member_client: Client, household: Household
) -> None:
    """A31"""
    stolen = member_client.cookies["entraide"].value
    response = member_client.post("/deconnexion/")

    assert response.headers["Location"] == f"{SIGN_IN}?sortie=1"
    assert "storage" in response.headers["Clear-Site-Data"]
    thief = Client()
    thief.cookies["entraide"] = stolen
    assert thief.get(HOME).headers["Location"].startswith(SIGN_IN)


def test_signing_out_needs_a_post(member_client: Client) -> None:
    """A56: a picture in a mail signs nobody out."""
    assert member_client.get("/deconnexion/").status_code == 405
    assert member_client.get(HOME).status_code == 200


@pytest.mark.parametrize(("minutes", "alive"), [(14, True), (16, False)])
def test_a_quiet_session_ends_after_the_minutes_of_the_profile(
    member_client: Client, policy: Callable[..., None], minutes: int, alive: bool
) -> None:
    """A28"""
    policy(idle_minutes=15)
    age(member_client, seen=minutes * 60)

    assert (member_client.get(HOME).status_code == 200) is alive


def test_a_page_keeps_the_session_awake(member_client: Client, policy: Callable[..., None]) -> None:
    policy(idle_minutes=15)
    for _ in range(4):
        age(member_client, seen=14 * 60)
        assert member_client.get(HOME).status_code == 200


@pytest.mark.parametrize(("hours", "alive"), [(11, True), (13, False)])
def test_a_session_ends_after_the_hours_of_the_profile_however_busy(
    member_client: Client, policy: Callable[..., None], hours: int, alive: bool
) -> None:
    """A28"""
    policy(session_hours=12)
    age(member_client, started=hours * 3600)

    assert (member_client.get(HOME).status_code == 200) is alive


def test_a_session_that_ended_is_gone_for_public_pages_too(
    member_client: Client, household: Household
) -> None:
    age(member_client, seen=3600)

    assert household.primary.first_name not in words(member_client.get("/aide/"))


def test_the_next_request_of_a_closed_account_is_refused(member_client: Client) -> None:
    """A30"""
    Account.objects.update(is_active=False)

    assert member_client.get(HOME).headers["Location"].startswith(SIGN_IN)


def test_an_account_that_lost_its_person_is_refused(member_client: Client, household: Household) -> None:
    """A30"""
    Beneficiary.objects.filter(pk=household.primary.pk).update(account=None)

    assert member_client.get(HOME).headers["Location"].startswith(SIGN_IN)


def test_private_pages_send_strangers_to_the_door_and_back(client: Client, db: None) -> None:
    for address in PRIVATE:
        response = client.get(address)
        assert response.status_code == 302
        assert response.headers["Location"].startswith(SIGN_IN)


def test_private_pages_are_not_kept_by_the_browser(member_client: Client) -> None:
    """A31: Back shows nothing."""
    for address in PRIVATE:
        assert "no-store" in member_client.get(address).headers["Cache-Control"]


def test_the_cookie_is_for_this_site_and_no_script(client: Client, household: Household) -> None:
    """A33"""
    come_in(client, household.primary)
    cookie = client.cookies["entraide"]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/"
    assert not cookie["domain"]
    assert len(cookie.value) >= 32
