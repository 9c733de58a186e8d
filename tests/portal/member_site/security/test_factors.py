"""Setting up and taking off stronger factors, and the fresh proof before it (A25, A26, A32)."""

import base64
import json
import re
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from entraide.portal.domain.access.factors.queries import factors_of, recovery_codes_left
from entraide.portal.domain.access.factors.recovery import make_recovery_codes
from entraide.portal.domain.access.factors.sealing import seal_for
from entraide.portal.domain.access.factors.totp import start_totp
from entraide.portal.domain.access.models import OneTimeCode, OpenSession
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.web.sessions import FRESH_FACTOR
from tests.authenticator import Authenticator
from tests.conftest import PASSWORD, Household, Post
from tests.portal.member_site.access.steps import another, newest_code, words
from tests.portal.member_site.access.test_factor import account_of, add_app, add_passkey, post_json, shown

pytestmark = pytest.mark.django_db
APP, PICTURE, KEY, KEY_OPTIONS, CODES, CONFIRM, SECURITY = (
    "/securite/application/",
    "/securite/application/code.svg",
    "/securite/cle/",
    "/securite/cle/options/",
    "/securite/codes-de-secours/",
    "/securite/confirmer/",
    "/securite/",
)


def stale(client: Client) -> Client:
    """Lets the proof of the sign-in grow older than five minutes."""
    session = client.session
    session[FRESH_FACTOR] = int(time.time()) - 301
    session.save()
    return client


def typed_key(page: HttpResponse) -> str:
    found = re.search(r'class="typed-key"[^>]*>(.*?)</p>', page.content.decode(), re.DOTALL)
    assert found
    return re.sub(r"<[^>]+>|\s", "", found[1])


def code_for(key: str) -> str:
    return TOTP(base64.b32decode(key), 6, SHA1(), 30).generate(int(time.time())).decode()


def codes_on(page: HttpResponse) -> list[str]:
    return re.findall(r"<li>((?:[2-9A-Z]{4}-){2}[2-9A-Z]{4})</li>", page.content.decode())


def remove_page(person: Beneficiary) -> str:
    return f"/securite/facteurs/{factors_of(account_of(person).pk)[0].id}/retirer/"


def test_an_app_is_set_up_by_hand_and_its_recovery_codes_are_shown_until_they_are_noted(
    member_client: Client, household: Household
) -> None:
    key = typed_key(member_client.get(APP))
    assert member_client.post(APP, {"code": another(code_for(key))}).status_code == 422
    assert typed_key(member_client.get(APP)) == key
    answer = member_client.post(APP, {"code": code_for(key), "name": "Téléphone"})

    assert answer.headers["Location"] == CODES
    first, again = codes_on(member_client.get(CODES)), codes_on(member_client.get(CODES))
    assert len(first) == 10
    assert first == again
    assert member_client.post(CODES, {"noted": "1"}).headers["Location"] == SECURITY
    assert codes_on(member_client.get(CODES)) == []
    assert recovery_codes_left(account_of(household.primary).pk) == 10


def test_the_picture_is_for_this_session_alone_and_kept_nowhere(
    member_client: Client, household: Household, sign_in: Callable[[Client, Beneficiary], Client]
) -> None:
    assert member_client.get(PICTURE).status_code == 404
    member_client.get(APP)
    picture = member_client.get(PICTURE)

    assert picture.headers["Content-Type"] == "image/svg+xml"
    assert picture.headers["Cache-Control"] == "no-store"
    assert b"<svg" in picture.content
    assert sign_in(Client(), household.spouse).get(PICTURE).status_code == 404


def test_the_key_of_the_app_is_not_readable_in_the_session_table(
    member_client: Client, whole_database: Callable[[], str]
) -> None:
    key = typed_key(member_client.get(APP))

    assert key not in whole_database()
    assert key not in str(dict(member_client.session))


def test_a_passkey_is_set_up_and_named(member_client: Client, household: Household) -> None:
    assert member_client.get(KEY).status_code == 200
    options = post_json(member_client, KEY_OPTIONS, {}).json()
    answer = Authenticator().create(options)
    stored = post_json(member_client, KEY, {"credential": answer, "name": "Ordinateur"})

    assert stored.json() == {"next": CODES}
    (row,) = factors_of(account_of(household.primary).pk)
    assert (row.kind, row.name) == ("passkey", "Ordinateur")
    again = post_json(member_client, KEY, {"credential": answer, "name": "Ordinateur"})
    assert again.status_code == 422


def test_a_second_factor_keeps_the_codes_of_the_first(member_client: Client, household: Household) -> None:
    add_app(household.primary)
    member_client.post(CODES, {"make": "1"})
    options = post_json(member_client, KEY_OPTIONS, {}).json()
    stored = post_json(member_client, KEY, {"credential": Authenticator().create(options)})

    assert stored.json() == {"next": SECURITY}


def test_new_codes_end_the_old_ones_and_need_a_factor(member_client: Client, household: Household) -> None:
    assert member_client.get(CODES).headers["Location"] == "/securite/proposer/"
    add_app(household.primary)
    assert "Vous n’avez plus de code de secours" in words(member_client.get(CODES))
    member_client.post(CODES, {"make": "1"})
    first = codes_on(member_client.get(CODES))
    member_client.post(CODES, {"make": "1"})

    assert not set(first) & set(codes_on(member_client.get(CODES)))


@pytest.mark.parametrize("page", [APP, KEY])
def test_without_a_fresh_proof_nothing_is_added(member_client: Client, page: str) -> None:
    """A32"""
    stale(member_client)

    assert member_client.get(page).headers["Location"].startswith(CONFIRM)
    assert member_client.post(page, {"code": "123456"}).headers["Location"].startswith(CONFIRM)
    answer = post_json(member_client, KEY_OPTIONS, {})
    assert answer.status_code == 403
    assert answer.json()["next"].startswith(CONFIRM)


def test_without_a_fresh_proof_no_code_is_made_and_nothing_taken_off(
    member_client: Client, household: Household
) -> None:
    """A32"""
    add_app(household.primary)
    stale(member_client)

    assert member_client.post(CODES, {"make": "1"}).headers["Location"].startswith(CONFIRM)
    assert member_client.post(remove_page(household.primary)).headers["Location"].startswith(CONFIRM)
    assert len(factors_of(account_of(household.primary).pk)) == 1
    assert recovery_codes_left(account_of(household.primary).pk) == 0


def test_an_sms_confirms_after_the_password_while_there_is_nothing_stronger(
    member_client: Client, household: Household
) -> None:
    """A32"""
    stale(member_client)
    asked = member_client.get(APP).headers["Location"]
    assert member_client.post(asked, {"password": "not the right one"}).status_code == 422
    assert not OneTimeCode.objects.exists()
    member_client.post(asked, {"password": PASSWORD})
    code = newest_code()
    assert member_client.post(asked, {"code": another(code)}).status_code == 422

    assert member_client.post(asked, {"code": code, "next": APP}).headers["Location"] == APP
    assert member_client.get(APP).status_code == 200


def test_the_session_goes_on_under_a_new_id_after_a_proof(
    member_client: Client, household: Household
) -> None:
    """A27"""
    enrolment = add_app(household.primary)
    before = stale(member_client).session.session_key
    answer = member_client.post(CONFIRM, {"code": shown(enrolment), "next": APP})

    assert answer.headers["Location"] == APP
    assert member_client.session.session_key != before
    assert OpenSession.objects.filter(account=account_of(household.primary)).count() == 1
    assert member_client.get(APP).status_code == 200


def test_an_sms_confirms_nothing_once_there_is_an_app(member_client: Client, household: Household) -> None:
    """A32: the strongest one is asked for."""
    add_app(household.primary)
    stale(member_client)

    assert member_client.post(CONFIRM, {"password": PASSWORD}).status_code == 200
    assert not OneTimeCode.objects.exists()
    assert "SMS" not in words(member_client.get(CONFIRM))


def test_a_passkey_confirms_and_that_of_another_does_not(member_client: Client, household: Household) -> None:
    mine, theirs = add_passkey(household.primary), add_passkey(household.spouse)
    stale(member_client)

    def answer(device: Authenticator) -> HttpResponse:
        options = post_json(member_client, f"{CONFIRM}cle/options/", {}).json()
        body = {"credential": device.get(options), "next": KEY}
        return post_json(member_client, f"{CONFIRM}cle/", body)

    assert answer(theirs).status_code == 422
    assert member_client.get(KEY).status_code == 302
    assert answer(mine).json() == {"next": KEY}
    assert member_client.get(KEY).status_code == 200


def test_codes_not_yet_noted_are_shown_to_a_fresh_proof_only_and_for_ten_minutes(
    member_client: Client, household: Household
) -> None:
    """A32: whoever finds the session open must not read them."""
    enrolment = add_app(household.primary)
    member_client.post(CODES, {"make": "1"})
    made = codes_on(member_client.get(CODES))
    assert len(made) == 10
    stale(member_client)

    asked = member_client.get(CODES)
    assert asked.headers["Location"].startswith(CONFIRM)
    member_client.post(CONFIRM, {"code": shown(enrolment), "next": CODES})
    assert codes_on(member_client.get(CODES)) == made

    account = account_of(household.primary)
    long_ago = timezone.now() - timedelta(minutes=10)
    session = member_client.session
    session["recovery_codes"] = seal_for(account, "recovery_codes", json.dumps(made), now=long_ago)
    session.save()
    page = member_client.get(CODES)
    assert codes_on(page) == []
    assert "Il vous reste 10 codes" in words(page)
    assert "recovery_codes" not in member_client.session


def test_the_picture_of_a_new_app_is_shown_to_a_fresh_proof_only(member_client: Client) -> None:
    """A32: it holds the key."""
    member_client.get(APP)
    assert member_client.get(PICTURE).status_code == 200

    assert stale(member_client).get(PICTURE).status_code == 404


def test_a_key_that_waited_ten_minutes_is_replaced_and_its_code_stores_nothing(
    member_client: Client, household: Household
) -> None:
    account = account_of(household.primary)
    old = start_totp(account, now=timezone.now() - timedelta(minutes=10))
    session = member_client.session
    session["new_app"] = old.sealed
    session.save()

    assert member_client.get(PICTURE).status_code == 404
    answer = member_client.post(APP, {"code": code_for(old.secret_base32), "name": ""}, follow=True)
    assert "trop long" in words(answer)
    assert typed_key(answer) != old.secret_base32
    assert factors_of(account.pk) == []


def test_a_sixth_right_proof_confirms_like_the_first(member_client: Client, household: Household) -> None:
    """Right answers are no guesses: nobody is signed out for proving who they are."""
    add_app(household.primary)
    codes = make_recovery_codes(account=account_of(household.primary), language="fr", now=timezone.now())
    for code in codes[:7]:
        answer = stale(member_client).post(CONFIRM, {"recovery_code": code, "next": CODES})
        assert answer.headers["Location"] == CODES


def test_wrong_codes_before_a_passkey_do_not_count_for_the_next_proof(
    member_client: Client, household: Household
) -> None:
    code, device = shown(add_app(household.primary)), add_passkey(household.primary)
    for _ in range(4):
        stale(member_client).post(CONFIRM, {"code": another(code)})
    options = post_json(member_client, f"{CONFIRM}cle/options/", {}).json()
    body = {"credential": device.get(options), "next": KEY}
    assert post_json(member_client, f"{CONFIRM}cle/", body).status_code == 200

    again = stale(member_client).post(CONFIRM, {"code": another(code)})
    assert "Il vous reste 4 essais" in words(again)


def test_five_wrong_passwords_inside_a_session_end_it(member_client: Client, household: Household) -> None:
    """A32: a session thief does not guess the password there for hours."""
    stale(member_client)
    answers = [member_client.post(CONFIRM, {"password": f"wrong {one}"}) for one in range(5)]

    assert {one.status_code for one in answers} == {422}
    assert "Il vous reste 4 essais" in words(answers[0])
    assert "c’était le dernier essai" in words(answers[4])
    assert member_client.get("/").status_code == 302
    assert not OpenSession.objects.filter(account=account_of(household.primary)).exists()


def test_five_wrong_codes_inside_a_session_end_it(member_client: Client, household: Household) -> None:
    code = shown(add_app(household.primary))
    for _ in range(5):
        answer = member_client.post(CONFIRM, {"code": another(code)})

    assert answer.status_code == 422
    assert member_client.get("/").status_code == 302
    assert not OpenSession.objects.filter(account=account_of(household.primary)).exists()


def test_taking_the_last_one_off_says_that_the_sms_is_back(
    member_client: Client, household: Household, sent: Callable[[], list[Post]]
) -> None:
    add_app(household.primary)
    member_client.post(CODES, {"make": "1"})
    page = remove_page(household.primary)

    assert "code par SMS" in words(member_client.get(page))
    answer = member_client.post(page, follow=True)
    assert "code par SMS vous sera de nouveau demandé" in words(answer)
    assert factors_of(account_of(household.primary).pk) == []
    assert recovery_codes_left(account_of(household.primary).pk) == 0
    assert "factor_removed" in {one.notice for one in sent()}


def test_someone_elses_factor_is_404(
    member_client: Client, household: Household, stranger: Beneficiary
) -> None:
    """A36"""
    add_app(stranger)
    page = remove_page(stranger)

    assert member_client.get(page).status_code == 404
    assert member_client.post(page).status_code == 404
    assert len(factors_of(account_of(stranger).pk)) == 1


def test_a_proof_is_fresh_for_five_minutes_and_not_in_the_future(member_client: Client) -> None:
    session = member_client.session
    session[FRESH_FACTOR] = int((timezone.now() + timedelta(days=1)).timestamp())
    session.save()

    assert member_client.get(APP).status_code == 302
