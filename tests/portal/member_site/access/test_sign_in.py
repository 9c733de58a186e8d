"""/connexion/: number and password (AUTH-01…03, AUTH-08, AUTH-09, AUTH-11, X7, A1, A9, A55)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.accounts.models import Account, Limit
from entraide.portal.member_site.access.flow import safe_next
from entraide.portal.notifications.models import Delivery
from tests.conftest import PASSWORD, Household
from tests.portal.member_site.access.steps import (
    CHECK,
    CODE,
    HOME,
    SIGN_IN,
    come_in,
    neutral,
    newest_code,
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


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded"])
def test_a_password_of_ten_megabytes_is_refused_unread(
    client: Client, household: Household, kind: str
) -> None:
    """A12: nothing is hashed, nothing counted."""
    body = "member_number=30041827&password=" + "x" * 10_000_000
    if kind.startswith("multipart"):
        part = '--x\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
        body = (
            part.format("member_number", "30041827") + part.format("password", "x" * 10_000_000) + "--x--\r\n"
        )
    response = client.post(SIGN_IN, body, content_type=kind)

    assert response.status_code == 400
    assert not Limit.objects.exists()


def test_a_password_longer_than_any_is_refused_like_a_wrong_one(client: Client, household: Household) -> None:
    """A12"""
    assert type_password(client, "30041827", password="x" * 513).status_code == 422
    assert type_password(client, "30041827", password="🐟" * 512).status_code == 422


@pytest.mark.parametrize(
    "number",
    [
        "\x00",
        "💥" * 20,
        "9" * 61,
        "' OR 1=1 --",
        "<script>",
        "30041827\r\nSet-Cookie: entraide=planted",
        "З0041827",
        "\u202e72814003",
    ],
)
def test_odd_numbers_are_refused_like_any_wrong_one(
    client: Client, household: Household, number: str
) -> None:
    """A4"""
    response = type_password(client, number)

    assert response.status_code == 422
    assert b"<script>" not in response.content
    assert "planted" not in str(response.cookies)


def test_the_next_step_cannot_be_opened_without_this_one(client: Client, household: Household) -> None:
    for address in (CHECK, "/connexion/mobile/", "/connexion/code/"):
        for response in (client.get(address), client.post(address, {"code": "123456"})):
            assert response.headers["Location"] == SIGN_IN


@pytest.fixture
def on_risk(policy: Callable[..., None]) -> None:
    policy(check_when="risk")


def been_in(person: Beneficiary) -> Client:
    """A browser that went through all the steps, then out."""
    client = Client()
    come_in(client, person)
    client.post("/deconnexion/")
    return client


def test_a_known_browser_is_spared_the_check_when_the_profile_asks_it_on_risk_only(
    household: Household, on_risk: None
) -> None:
    """AUTH-04, preset renforce"""
    known = been_in(household.primary)

    assert type_password(known, "30041827").headers["Location"] == CODE
    assert known.post(CODE, {"code": newest_code()}).headers["Location"] == HOME
    assert type_password(Client(), "30041827").headers["Location"] == CHECK


def test_a_known_browser_is_checked_too_when_the_profile_asks_it_always(
    household: Household, policy: Callable[..., None]
) -> None:
    """AUTH-04, preset guide"""
    policy(check_when="always")

    assert type_password(been_in(household.primary), "30041827").headers["Location"] == CHECK


def test_wrong_passwords_bring_the_check_back(household: Household, on_risk: None) -> None:
    """A10"""
    known = been_in(household.primary)
    for _ in range(2):
        type_password(known, "30041827", password="wrong")

    assert type_password(known, "30041827").headers["Location"] == CHECK


def test_the_cookie_of_a_known_browser_is_for_this_site_and_no_script_and_says_nothing(
    household: Household,
) -> None:
    """A33"""
    client = Client()
    type_password(client, "30041827")
    assert "entraide-browser" not in client.cookies

    cookie = been_in(household.primary).cookies["entraide-browser"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/"
    assert cookie["max-age"] == 365 * 24 * 3600
    assert len(cookie.value) == 43


def test_strangers_who_lock_an_access_do_not_keep_its_owner_out(
    household: Household, policy: Callable[..., None]
) -> None:
    """A10"""
    policy(check_when="always")
    known = been_in(household.primary)
    for turn in range(6):
        type_password(Client(), "30041827", password="wrong", source=f"192.0.2.{turn}")

    assert type_password(Client(), "30041827", source="192.0.2.9").status_code == 422
    assert type_password(known, "30041827").headers["Location"] == CHECK
    assert come_in(known, household.primary).headers["Location"] == HOME


def test_a_lock_by_strangers_closes_the_doors_that_strangers_half_opened(
    household: Household, policy: Callable[..., None]
) -> None:
    """A18: use after a lock."""
    policy(check_when="always")
    known, stranger = been_in(household.primary), Client()
    type_password(known, "30041827")
    type_password(stranger, "30041827", source="192.0.2.200")
    for turn in range(5):
        type_password(Client(), "30041827", password="wrong", source=f"192.0.2.{turn}")

    assert stranger.get(CHECK).headers["Location"] == SIGN_IN
    assert known.get(CHECK).status_code == 200


def test_a_frozen_account_gets_the_page_of_a_wrong_password_and_its_half_open_doors_close(
    household: Household,
) -> None:
    """A23"""
    half_way = Client()
    type_password(half_way, "30041827")
    wrong = type_password(Client(), "30041828", password="wrong", source="192.0.2.11")
    Account.objects.update(frozen_at=timezone.now())

    assert neutral(type_password(Client(), "30041827", source="192.0.2.12")) == neutral(wrong)
    assert half_way.get(CHECK).headers["Location"] == SIGN_IN


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("/securite/", "/securite/"),
        ("/securite/application/", "/securite/application/"),
        ("/securite/appareils/fermer/", "/"),
        ("/securite/confirmer/cle/options/", "/"),
    ],
)
def test_after_the_door_nobody_lands_on_a_page_that_only_takes_forms(asked: str, found: str) -> None:
    """A55"""
    assert safe_next(asked) == found
