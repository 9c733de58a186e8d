"""The last step with an app or a passkey, and the way in with a passkey alone (A6, A25, A26)."""

import base64
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from entraide.portal.domain.access.factors.passkeys import register, register_options
from entraide.portal.domain.access.factors.recovery import make_recovery_codes
from entraide.portal.domain.access.factors.totp import Enrolment, confirm_totp, start_totp
from entraide.portal.domain.access.models import KnownBrowser, OneTimeCode, OpenSession, TermsAcceptance
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.accounts.models import Account
from tests.authenticator import Authenticator
from tests.conftest import Household, Post
from tests.portal.member_site.access.steps import (
    CHECK,
    CODE,
    HOME,
    SIGN_IN,
    another,
    answer_question,
    come_in,
    come_to_the_code,
    type_password,
    words,
)

pytestmark = pytest.mark.django_db
RECOVERY, PASSKEY, OPTIONS, OFFER = (
    "/connexion/secours/",
    "/connexion/cle/",
    "/connexion/cle/options/",
    "/securite/proposer/",
)


def account_of(person: Beneficiary) -> Account:
    assert person.account is not None
    return person.account


def add_app(person: Beneficiary) -> Enrolment:
    """An app set up a while ago."""
    account, then = account_of(person), timezone.now() - timedelta(hours=1)
    enrolment = start_totp(account, now=then)
    confirm_totp(
        account=account,
        enrolment=enrolment,
        code=shown(enrolment, minutes=-60),
        name="",
        language="fr",
        now=then,
    )
    return enrolment


def shown(enrolment: Enrolment, *, minutes: int = 0) -> str:
    key = base64.b32decode(enrolment.secret_base32)
    at = timezone.now() + timedelta(minutes=minutes)
    return TOTP(key, 6, SHA1(), 30).generate(int(at.timestamp())).decode()


def add_passkey(person: Beneficiary) -> Authenticator:
    device, account, now = Authenticator(), account_of(person), timezone.now()
    options, state = register_options(account, display_name="", now=now)
    answer = device.create(options)
    register(account=account, state=state, response=answer, name="", language="fr", now=now)
    return device


def post_json(client: Client, path: str, body: dict[str, Any]) -> HttpResponse:
    return client.post(path, body, content_type="application/json")


def come_to_the_proof(client: Client, person: Beneficiary, *, next_page: str = "") -> None:
    assert type_password(client, person.number, next_page=next_page).headers["Location"] == CHECK
    assert answer_question(client).headers["Location"] == CODE


def use_passkey(client: Client, device: Authenticator, *, next_page: str = "") -> HttpResponse:
    options = post_json(client, OPTIONS, {}).json()
    return post_json(client, PASSKEY, {"credential": device.get(options), "next": next_page})


def test_the_code_of_the_app_opens_at_the_same_address_as_that_of_the_sms(
    client: Client, household: Household
) -> None:
    """AUTH-05, the contract: `code` at /connexion/code/."""
    enrolment = add_app(household.primary)
    come_to_the_proof(client, household.primary, next_page="/demandes/")
    page = words(client.get(CODE))

    assert "code de votre application" in page
    assert "SMS" not in page
    assert client.post(CODE, {"code": shown(enrolment)}).headers["Location"] == "/demandes/"
    assert client.get("/conditions/").status_code == 200


def test_an_sms_no_longer_opens_the_door(client: Client, household: Household) -> None:
    """A6, A26: none is sent, and a code sent before the app was there is over."""
    add_app(household.primary)
    come_to_the_proof(client, household.primary)

    assert not OneTimeCode.objects.exists()
    assert client.post(CODE, {"resend": "1"}).status_code == 200
    assert not OneTimeCode.objects.exists()


def test_a_sign_in_that_waits_for_an_sms_is_overtaken_by_a_new_app(
    client: Client, household: Household
) -> None:
    code = come_to_the_code(client, household.primary)
    add_app(household.primary)

    assert client.post(CODE, {"code": code}).status_code == 422
    assert client.get(HOME).status_code == 302


def test_a_wrong_code_says_so_and_five_lead_back_to_the_password(
    client: Client, household: Household
) -> None:
    """A16"""
    code = shown(add_app(household.primary))
    come_to_the_proof(client, household.primary)
    answers = [client.post(CODE, {"code": another(code)}) for _ in range(5)]

    assert {one.status_code for one in answers} == {422}
    assert "Il vous reste 4 essais" in words(answers[0])
    assert "dernier essai" in words(answers[4])
    assert client.post(CODE, {"code": code}).headers["Location"] == SIGN_IN


def test_a_code_of_the_app_does_not_open_without_the_password(client: Client, household: Household) -> None:
    """A27: half a sign-in opens nothing, none opens less."""
    enrolment = add_app(household.primary)

    assert client.post(CODE, {"code": shown(enrolment)}).headers["Location"] == SIGN_IN
    assert client.post(RECOVERY, {"recovery_code": "AAAA-AAAA-AAAA"}).headers["Location"] == SIGN_IN
    come_to_the_proof(client, household.primary)
    assert client.get(HOME).status_code == 302


def test_a_recovery_code_opens_once_and_leads_to_where_the_lost_phone_is_taken_off(
    client: Client, household: Household, sent: Callable[[], list[Post]]
) -> None:
    add_app(household.primary)
    codes = make_recovery_codes(account=account_of(household.primary), language="fr", now=timezone.now())
    come_to_the_proof(client, household.primary)
    assert "code de secours" in words(client.get(CODE))

    assert client.post(RECOVERY, {"recovery_code": codes[0].lower()}).headers["Location"] == "/securite/"
    assert "recovery_used" in {one.notice for one in sent()}
    other = Client()
    come_to_the_proof(other, household.primary)
    assert other.post(RECOVERY, {"recovery_code": codes[0]}).status_code == 422


def test_who_lost_everything_is_told_whom_to_call(client: Client, household: Household) -> None:
    add_app(household.primary)
    come_to_the_proof(client, household.primary)
    page = client.get(CODE)

    assert "tout perdu" in words(page)
    assert b"tel:" in page.content


def test_the_sign_in_page_holds_the_way_in_with_a_passkey_hidden_until_the_script_comes(
    client: Client,
) -> None:
    page = client.get(SIGN_IN).content.decode()

    assert 'data-passkey="get"' in page
    form = page[page.index('data-passkey="get"') :]
    assert "hidden>" in form[: form.index("</form>")]


def test_a_passkey_alone_opens_the_space(client: Client, household: Household) -> None:
    """No number, no password, no SMS; everything that happens at a sign-in happens."""
    device = add_passkey(household.primary)
    answer = use_passkey(client, device, next_page="/demandes/")

    assert answer.status_code == 200
    assert answer.json() == {"next": "/demandes/"}
    assert client.get("/conditions/").status_code == 200
    account = account_of(household.primary)
    assert OpenSession.objects.filter(account=account).count() == 1
    assert KnownBrowser.objects.filter(account=account).count() == 1


def test_the_terms_come_first_for_a_passkey_too(client: Client, household: Household) -> None:
    """A14"""
    use_passkey(client, add_passkey(household.primary))

    assert client.get("/contrat/").headers["Location"].startswith("/conditions/")


def test_a_passkey_leads_to_no_other_site(client: Client, household: Household) -> None:
    """A55"""
    device = add_passkey(household.primary)

    assert use_passkey(client, device, next_page="//evil.example/").json() == {"next": "/"}


def test_the_session_id_is_new_after_a_passkey(client: Client, household: Household) -> None:
    """A27"""
    device = add_passkey(household.primary)
    options = post_json(client, OPTIONS, {}).json()
    before = client.session.session_key
    post_json(client, PASSKEY, {"credential": device.get(options)})

    assert client.session.session_key != before


def test_after_the_password_the_passkey_of_this_account_opens_and_no_other(
    client: Client, household: Household
) -> None:
    mine, theirs = add_passkey(household.primary), add_passkey(household.spouse)
    come_to_the_proof(client, household.primary, next_page="/demandes/")
    assert "clé d’accès" in words(client.get(CODE))

    assert use_passkey(client, theirs).status_code == 422
    assert use_passkey(client, mine).json() == {"next": "/demandes/"}


def test_without_an_app_a_code_is_not_looked_at(client: Client, household: Household) -> None:
    add_passkey(household.primary)
    come_to_the_proof(client, household.primary)

    assert client.post(CODE, {"code": "123456"}).status_code == 200
    assert client.get(HOME).status_code == 302


@pytest.mark.parametrize("how", ["unknown", "frozen", "inactive", "left"])
def test_every_refusal_of_a_passkey_has_the_same_words(
    client: Client, household: Household, how: str
) -> None:
    """A1: frozen, closed or gone is not told apart from a key that we do not know."""
    device = add_passkey(household.primary)
    account = account_of(household.primary)
    if how == "unknown":
        device = Authenticator(user_handle=account.pk.bytes)
    elif how == "left":
        household.member.left_on = timezone.localdate() - timedelta(days=1)
        household.member.save()
    else:
        values = {"frozen_at": timezone.now()} if how == "frozen" else {"is_active": False}
        Account.objects.filter(pk=account.pk).update(**values)
    answer = use_passkey(client, device)

    assert answer.status_code == 422
    assert answer.json() == {"error": "Cette clé d’accès n’ouvre pas votre espace. Prenez un autre moyen."}
    assert client.get(HOME).status_code == 302


def test_a_lock_or_an_old_password_does_not_stop_a_passkey(client: Client, household: Household) -> None:
    device = add_passkey(household.primary)
    long_ago = timezone.now() - timedelta(days=999)
    Account.objects.filter(pk=account_of(household.primary).pk).update(
        must_reset=True, must_reset_elsewhere=True, password_set_at=long_ago
    )

    assert use_passkey(client, device).status_code == 200
    assert client.get("/conditions/").status_code == 200


def test_an_answer_serves_once_and_in_its_own_session(client: Client, household: Household) -> None:
    """A18: replay, another session, after signing out."""
    device = add_passkey(household.primary)
    device.counts_by = 0
    options = post_json(client, OPTIONS, {}).json()
    answer = device.get(options)

    assert post_json(Client(), PASSKEY, {"credential": answer}).status_code == 422
    assert post_json(client, PASSKEY, {"credential": answer}).status_code == 200
    assert post_json(client, PASSKEY, {"credential": answer}).status_code == 422
    client.post("/deconnexion/")
    assert post_json(client, PASSKEY, {"credential": answer}).status_code == 422


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("[]", "application/json"),
        ("{", "application/json"),
        ('{"a":' * 30 + "1" + "}" * 30, "application/json"),
        ("[" * 20_000, "application/json"),
        ('{"a": "' + "x" * 40_000 + '"}', "application/json"),
        ("credential=x", "application/x-www-form-urlencoded"),
    ],
    ids=["list", "cut", "deep", "very deep", "long", "form"],
)
def test_a_body_that_is_no_small_object_is_400(client: Client, body: str, kind: str) -> None:
    """A60"""
    assert client.post(PASSKEY, body, content_type=kind).status_code == 400


def test_a_passkey_needs_the_token_of_our_pages(household: Household) -> None:
    """A56"""
    strict = Client(enforce_csrf_checks=True)

    assert post_json(strict, OPTIONS, {}).status_code == 403
    assert post_json(strict, PASSKEY, {}).status_code == 403


def test_one_network_gets_no_more_than_sixty_questions(client: Client) -> None:
    answers = [post_json(client, OPTIONS, {}).status_code for _ in range(61)]

    assert set(answers[:60]) == {200}
    assert answers[60] == 429


def accept(client: Client) -> HttpResponse:
    return client.post("/conditions/", {"accept": "on", "next": "/demandes/"})


def test_a_stronger_way_in_is_offered_once_after_the_terms_and_never_in_the_way(
    client: Client, household: Household
) -> None:
    come_in(client, household.primary)
    assert accept(client).headers["Location"] == OFFER
    assert "Plus tard" in words(client.get(OFFER))
    assert client.get(HOME).status_code == 200
    assert client.post(OFFER, {"later": "1"}).headers["Location"] == "/demandes/"

    later = Client()
    assert come_in(later, household.primary).headers["Location"] == HOME


def test_an_offer_left_without_an_answer_does_not_come_back_at_once(
    client: Client, household: Household
) -> None:
    come_in(client, household.primary)
    assert accept(client).headers["Location"] == OFFER

    assert come_in(Client(), household.primary).headers["Location"] == HOME


def test_it_is_offered_again_after_the_profiles_days_and_never_to_who_has_one(
    client: Client, household: Household
) -> None:
    come_in(client, household.primary)
    accept(client)
    Account.objects.update(factor_offered_at=timezone.now() - timedelta(days=91))
    OneTimeCode.objects.all().delete()
    assert come_in(Client(), household.primary, next_page="/demandes/").headers["Location"] == OFFER

    Account.objects.update(factor_offered_at=timezone.now() - timedelta(days=91))
    assert TermsAcceptance.objects.exists()
    assert use_passkey(Client(), add_passkey(household.primary)).json() == {"next": "/"}
