"""/connexion/: number and password (AUTH-01…03, AUTH-08, AUTH-09, AUTH-11, X7, A1, A9, A55)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.accounts.models import Account, Limit
from entraide.portal.notifications.models import Delivery
from tests.conftest import PASSWORD, Household
from tests.portal.member_site.access.steps import (
    CHECK,
    HOME,
    SIGN_IN,
    come_in,
    neutral,
    type_password,
    words,
)

pytestmark = pytest.mark.django_db
HOSTILE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "/contrat/\r\nSet-Cookie: a=b",
    "/contrat/../../evil",
    "/contrat/?next=//evil.example",
    "/contrat/#//evil",
    "/%2f/evil.example",
    "/contrat/%0d%0aLocation:evil",
    "http://localhost:8000@evil.example/",
    "/nowhere/",
    "/connexion/",
    "/demo/",
    " /contrat/",
    "/contràt/",
]


def test_the_page_offers_the_three_ways_and_says_what_comes(client: Client, db: None) -> None:
    """AUTH-02, AUTH-11"""
    response = client.get(SIGN_IN)
    shown = words(response)

    assert response.status_code == 200
    for label in (
        "Numéro d’adhérent",
        "Mot de passe oublié ou expiré ?",
        "Première connexion",
        "code reçu par SMS",
    ):
        assert label in shown
    for address in ("/mot-de-passe-oublie/", "/premiere-connexion/"):
        assert address in response.content.decode()


def test_number_password_check_and_code_open_the_space(client: Client, household: Household) -> None:
    """AUTH-01, AUTH-04, AUTH-05"""
    response = come_in(client, household.primary)

    assert response.headers["Location"] == HOME
    assert client.get(HOME).headers["Location"].startswith("/conditions/")


def test_wrong_number_wrong_password_and_locked_account_get_the_same_page(household: Household) -> None:
    """X7, A1, A9: status, words, headers and cookies alike."""
    unknown = type_password(Client(), "99999999", source="192.0.2.10")
    wrong = type_password(Client(), "30041827", password="Tilleul-2019-rouge", source="192.0.2.11")
    for turn in range(6):
        type_password(Client(), "30041828", password="wrong", source=f"192.0.2.{20 + turn}")
    client = Client()
    locked = type_password(client, "30041828", password=PASSWORD, source="192.0.2.12")
    without_account = type_password(Client(), household.teen.number, source="192.0.2.13")

    assert neutral(unknown)[0] == 422
    assert neutral(unknown) == neutral(wrong) == neutral(locked) == neutral(without_account)
    assert set(unknown.cookies) == set(wrong.cookies) == set(locked.cookies)
    assert "entering" not in client.session


def test_the_number_comes_back_in_the_form_and_the_password_never(
    client: Client, household: Household
) -> None:
    response = type_password(client, "30041827", password="Secret-that-was-typed-1")

    assert b"30041827" in response.content
    assert b"Secret-that-was-typed-1" not in response.content


def test_an_empty_form_says_what_is_missing_at_each_field(client: Client, db: None) -> None:
    response = client.post(SIGN_IN, {"member_number": "", "password": ""})

    assert response.status_code == 422
    assert "Tapez votre numéro d’adhérent." in words(response)
    assert "Tapez votre mot de passe." in words(response)
    assert response.content.count(b'aria-invalid="true"') == 2


def test_the_fifth_mistake_locks_tells_by_mail_and_leaves_the_open_session_alone(
    household: Household, sign_in: Callable[[Client, Beneficiary], Client], sent: Callable[[], list]
) -> None:
    """X7"""
    at_home = sign_in(Client(), household.primary)
    for turn in range(settings.PROFILE.security.lock_attempts):
        type_password(Client(), "30041827", password="wrong", source=f"192.0.2.{turn}")

    assert [one.notice for one in sent()] == ["account_locked"]
    assert at_home.get(HOME).status_code == 200
    assert type_password(Client(), "30041827").status_code == 422


def test_after_the_lock_the_right_password_leads_to_a_new_one(household: Household) -> None:
    """X7"""
    for turn in range(5):
        type_password(Client(), "30041827", password="wrong", source=f"192.0.2.{turn}")
    Limit.objects.update(window_ends=timezone.now() - timedelta(seconds=1))

    response = type_password(Client(), "30041827")

    assert response.status_code == 422
    assert "expiré" in words(response)


def test_an_expired_password_leads_to_a_new_one(household: Household, policy: Callable[..., None]) -> None:
    """AUTH-09"""
    policy(password_max_age_days=180)
    Account.objects.update(password_set_at=timezone.now() - timedelta(days=181))
    client = Client()

    response = type_password(client, "30041827")

    assert response.status_code == 422
    assert "expiré" in words(response)
    assert "entering" not in client.session
    assert not Delivery.objects.exists()


def test_an_address_that_guesses_is_asked_to_wait(household: Household) -> None:
    """X7, A7"""
    for turn in range(30):
        type_password(Client(), f"4{turn:07d}")

    response = type_password(Client(), "30041827")

    assert response.status_code == 429
    assert "cinq minutes" in words(response)


def test_behind_our_proxy_the_address_it_saw_is_counted(
    household: Household, settings: object, behind_proxy: None
) -> None:
    """A7, A54: a name that the visitor wrote into the header does not count."""
    for turn in range(30):
        Client().post(
            SIGN_IN,
            {"member_number": f"4{turn:07d}", "password": "x"},
            secure=True,
            headers={"X-Forwarded-For": f"203.0.113.{turn}, 198.51.100.7"},
            REMOTE_ADDR="127.0.0.1",
        )

    def attempt(forwarded: str) -> int:
        values = {"member_number": "30041827", "password": "x"}
        return (
            Client()
            .post(
                SIGN_IN, values, secure=True, headers={"X-Forwarded-For": forwarded}, REMOTE_ADDR="127.0.0.1"
            )
            .status_code
        )

    assert attempt("203.0.113.99, 198.51.100.7") == 429
    assert attempt("198.51.100.8") == 422


def test_who_is_in_is_sent_home(member_client: Client) -> None:
    assert member_client.get(SIGN_IN).headers["Location"] == HOME


def test_a_new_password_step_drops_what_the_session_held_before(client: Client, household: Household) -> None:
    """A27: a planted session is never adopted."""
    client.get(SIGN_IN)
    client.post("/langue/", {"language": "en"})
    planted = client.session.session_key
    type_password(client, "30041827")
    half = client.session.session_key

    assert planted != half
    assert client.session["language"] == "en"


def test_the_session_id_changes_when_the_door_opens(client: Client, household: Household) -> None:
    """A27"""
    type_password(client, "30041827")
    half = client.session.session_key
    come_in(client, household.primary)

    assert client.session.session_key != half
    assert "entering" not in client.session
    assert "challenge" not in client.session


@pytest.mark.parametrize("target", HOSTILE)
def test_next_never_leads_out_of_the_portal(client: Client, household: Household, target: str) -> None:
    """A55"""
    response = come_in(client, household.primary, next_page=target)

    assert response.headers["Location"] == HOME


@pytest.mark.parametrize("target", HOSTILE)
def test_a_hostile_next_in_the_address_is_not_written_into_the_form(
    client: Client, db: None, target: str
) -> None:
    """A55"""
    response = client.get(SIGN_IN, {"next": target})

    assert '<input type="hidden" name="next" value="/">' in response.content.decode()


def test_next_leads_to_the_page_that_was_asked_for(client: Client, household: Household) -> None:
    asked = client.get("/contrat/")
    assert asked.headers["Location"] == "/connexion/?next=%2Fcontrat%2F"

    response = come_in(client, household.primary, next_page="/contrat/")

    assert response.headers["Location"] == "/contrat/"


def test_a_form_without_its_token_is_refused(household: Household) -> None:
    """A56: sign-in too."""
    strict = Client(enforce_csrf_checks=True)

    assert strict.post(SIGN_IN, {"member_number": "30041827", "password": PASSWORD}).status_code == 403


def test_a_password_of_ten_megabytes_is_refused_before_it_is_read(client: Client, db: None) -> None:
    """A12"""
    response = client.post(SIGN_IN, {"member_number": "30041827", "password": "x" * 10_000_000})

    assert response.status_code in {400, 413}


@pytest.mark.parametrize("number", ["\x00", "💥" * 20, "9" * 61, "' OR 1=1 --", "<script>"])
def test_odd_numbers_are_refused_like_any_wrong_one(client: Client, db: None, number: str) -> None:
    response = type_password(client, number)

    assert response.status_code == 422
    assert b"<script>" not in response.content


def test_the_next_step_cannot_be_opened_without_this_one(client: Client, household: Household) -> None:
    for address in (CHECK, "/connexion/mobile/", "/connexion/code/"):
        for response in (client.get(address), client.post(address, {"code": "123456"})):
            assert response.headers["Location"] == SIGN_IN
