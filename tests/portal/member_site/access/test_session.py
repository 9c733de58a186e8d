"""A session: how it begins with the terms, how it ends (AUTH-10, A14, A27…A31)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.db.models import F
from django.test import Client
from django.utils import timezone

from entraide.portal.domain.access.models import OpenSession, TermsAcceptance
from entraide.portal.domain.access.queries import entrant
from entraide.portal.domain.members.models import Beneficiary, Member
from entraide.portal.foundation.accounts.models import Account
from tests.conftest import Household
from tests.portal.member_site.access.steps import (
    CODE,
    HOME,
    SIGN_IN,
    come_in,
    come_to_the_code,
    type_password,
    words,
)

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


def age(*, seen: int = 0, started: int = 0) -> None:
    """Makes the clocks of the open sessions older, in seconds."""
    OpenSession.objects.update(
        seen_at=F("seen_at") - timedelta(seconds=seen),
        started_at=F("started_at") - timedelta(seconds=started),
    )


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

    assert client.post(TERMS, {"accept": "on"}).status_code == 302
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
    age(seen=minutes * 60)

    assert (member_client.get(HOME).status_code == 200) is alive


def test_a_page_keeps_the_session_awake(member_client: Client, policy: Callable[..., None]) -> None:
    policy(idle_minutes=15)
    for _ in range(4):
        age(seen=14 * 60)
        assert member_client.get(HOME).status_code == 200


@pytest.mark.parametrize(("hours", "alive"), [(11, True), (13, False)])
def test_a_session_ends_after_the_hours_of_the_profile_however_busy(
    member_client: Client, policy: Callable[..., None], hours: int, alive: bool
) -> None:
    """A28"""
    policy(session_hours=12)
    age(started=hours * 3600)

    assert (member_client.get(HOME).status_code == 200) is alive


def test_a_session_that_ended_is_gone_for_public_pages_too(
    member_client: Client, household: Household
) -> None:
    age(seen=3600)

    assert household.primary.first_name not in words(member_client.get("/aide/"))


@pytest.mark.parametrize("change", [{"is_active": False}, {"frozen_at": timezone.now()}])
def test_the_next_request_of_a_closed_or_frozen_account_is_refused(
    member_client: Client, change: dict[str, object]
) -> None:
    """A30, A23"""
    assert member_client.get(HOME).status_code == 200
    Account.objects.update(**change)

    assert member_client.get(HOME).headers["Location"].startswith(SIGN_IN)
    Account.objects.update(is_active=True, frozen_at=None)
    assert member_client.get(HOME).headers["Location"].startswith(SIGN_IN), "over is over"


@pytest.mark.parametrize(("days", "alive"), [(1, True), (0, True), (-1, False)])
def test_a_membership_that_ended_closes_the_space_the_day_after(
    member_client: Client, household: Household, days: int, alive: bool
) -> None:
    """A30: the last day is included, in the time of Paris."""
    Member.objects.update(left_on=timezone.localdate() + timedelta(days=days))

    assert (member_client.get(HOME).status_code == 200) is alive
    found = entrant(household.primary.account_id, on=timezone.localdate())  # type: ignore[arg-type]
    assert (found is not None) is alive


def test_an_account_that_lost_its_person_is_refused(member_client: Client, household: Household) -> None:
    """A30"""
    Beneficiary.objects.filter(pk=household.primary.pk).update(account=None)

    assert member_client.get(HOME).headers["Location"].startswith(SIGN_IN)


def test_a_lock_leaves_an_open_session_alone(member_client: Client, household: Household) -> None:
    """X7: strangers who try passwords throw nobody out."""
    for turn in range(6):
        type_password(Client(), household.primary.number, password="wrong", source=f"192.0.2.{turn}")

    assert member_client.get(HOME).status_code == 200


def test_a_cookie_is_worth_nothing_after_a_new_password(member_client: Client, household: Household) -> None:
    """A6, A27: even if every row were still there."""
    rows = list(OpenSession.objects.values())
    account = Account.objects.get(pk=household.primary.account_id)
    account.set_password("Marronnier-1954-vert")
    account.save()
    assert list(OpenSession.objects.values()) == rows

    assert member_client.get(HOME).headers["Location"].startswith(SIGN_IN)
    assert not OpenSession.objects.exists()


def test_the_id_changes_at_each_step_and_an_earlier_one_opens_nothing(
    client: Client, household: Household
) -> None:
    """A27: at sign-in and at sign-out."""
    client.post("/langue/", {"language": "en", "next": "/"})
    before = client.cookies["entraide"].value
    code = come_to_the_code(client, household.primary)
    half = client.cookies["entraide"].value
    client.post(CODE, {"code": code})
    whole = client.cookies["entraide"].value
    client.post("/deconnexion/")
    after = client.cookies["entraide"].value

    assert len({before, half, whole, after}) == 4
    for earlier in (before, half, whole):
        thief = Client()
        thief.cookies["entraide"] = earlier
        assert thief.get(HOME).headers["Location"].startswith(SIGN_IN)
        assert thief.get(CODE).headers["Location"].startswith(SIGN_IN)


def test_nothing_of_the_steps_is_left_in_the_session_that_they_open(
    client: Client, household: Household
) -> None:
    """A27: what was half open is not carried along; the language is."""
    client.post("/langue/", {"language": "en", "next": "/"})
    come_in(client, household.primary)

    assert client.session["language"] == "en"
    assert not {"entering", "challenge", "step_up"} & set(client.session.keys())


def test_a_planted_id_is_not_the_one_that_signs_in(client: Client, household: Household) -> None:
    """A27: session fixation."""
    planted = "b" * 32
    client.cookies["entraide"] = planted
    come_in(client, household.primary)

    assert client.cookies["entraide"].value != planted
    thief = Client()
    thief.cookies["entraide"] = planted
    assert thief.get(HOME).headers["Location"].startswith(SIGN_IN)


def test_half_way_in_reaches_no_private_page(client: Client, household: Household) -> None:
    """A27"""
    come_to_the_code(client, household.primary)

    for address in [*PRIVATE, TERMS, "/securite/confirmer/", "/securite/cle/"]:
        assert client.get(address).headers["Location"].startswith(SIGN_IN)
    assert client.post("/session/prolonger/").status_code == 302
    assert not OpenSession.objects.exists()


def test_staying_needs_a_live_session_and_keeps_it_awake(member_client: Client) -> None:
    """A28"""
    age(seen=14 * 60)
    assert member_client.post("/session/prolonger/").status_code == 204
    age(seen=14 * 60)
    assert member_client.get(HOME).status_code == 200
    age(seen=16 * 60)
    assert member_client.post("/session/prolonger/").headers["Location"].startswith(SIGN_IN)


def test_a_quiet_page_ends_its_session_and_a_form_that_comes_late_is_known(member_client: Client) -> None:
    """A28, A31: before the terms too; the cookie stays, and what was typed goes back to its writer."""
    assert member_client.post("/session/fin/").status_code == 204
    assert not OpenSession.objects.exists()
    assert member_client.get("/contrat/").headers["Location"].startswith(SIGN_IN)
    assert member_client.post("/session/fin/").headers["Location"].startswith(SIGN_IN)
    late = member_client.post("/depot/", {"description": "Mes lunettes"})
    assert "rien n’a été envoyé" in words(late)


def test_a_page_of_another_site_ends_no_session(household: Household, sign_in: SignIn) -> None:
    """A28"""
    client = sign_in(Client(enforce_csrf_checks=False), household.primary)
    client.handler.enforce_csrf_checks = True

    assert client.post("/session/fin/").status_code == 403
    assert client.get("/contrat/").status_code == 200


def test_who_comes_back_to_a_session_that_ended_is_told_why(member_client: Client) -> None:
    """A28: in the words of the profile's figures, and back to the page asked for."""
    age(seen=3600)
    response = member_client.get("/remboursements/")
    assert response.headers["Location"] == f"{SIGN_IN}?next=%2Fremboursements%2F&fin=1"

    shown = words(member_client.get(response.headers["Location"]))
    assert "Votre session s’est terminée" in shown
    assert "15 minutes" in shown
    assert "Votre session s’est terminée" not in words(Client().get(SIGN_IN))


def test_the_language_outlives_the_session(member_client: Client) -> None:
    member_client.post("/langue/", {"language": "en", "next": "/"})
    age(seen=3600)

    assert member_client.get(HOME, follow=True).headers["Content-Language"] == "en"


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
