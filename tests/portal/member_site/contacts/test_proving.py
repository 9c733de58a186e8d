"""Another e-mail or mobile, as a browser asks for it (PROF-04, A20…A25, A32)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from entraide.portal.domain.members.mobiles import put_on_file
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.web.sessions import FRESH_FACTOR
from tests.conftest import Household
from tests.portal.domain.access.reading import newest_safety_token
from tests.portal.member_site.access.steps import another, newest_code, words
from tests.portal.member_site.contacts.conftest import hidden

EMAIL, EMAIL_CODE = "/coordonnees/email/", "/coordonnees/email/code/"
MOBILE, MOBILE_CODE = "/coordonnees/mobile/", "/coordonnees/mobile/code/"
NEW, NUMBER = "anne.vautrin@example.com", "06 39 98 01 77"
pytestmark = pytest.mark.django_db
Fill = Callable[..., HttpResponse]
SignIn = Callable[[Client, Beneficiary], Client]


def grow_stale(client: Client) -> None:
    session = client.session
    session[FRESH_FACTOR] -= 301
    session.save()


def test_an_address_takes_the_place_of_the_old_once_its_code_is_typed(
    member_client: Client, household: Household, fill: Fill
) -> None:
    assert fill(member_client, EMAIL, email=NEW).headers["Location"] == EMAIL_CODE
    assert NEW in words(member_client.get(EMAIL_CODE))
    household.primary.refresh_from_db()
    assert household.primary.email == "anne@example.org"
    answer = member_client.post(EMAIL_CODE, {"code": newest_code()}, follow=True)

    assert "Votre nouvelle adresse e-mail est enregistrée" in words(answer)
    household.primary.refresh_from_db()
    assert household.primary.email == NEW


def test_the_form_may_be_sent_to_the_page_of_contacts(member_client: Client) -> None:
    answer = member_client.post("/coordonnees/", {**hidden(member_client, EMAIL), "email": NEW})

    assert answer.headers["Location"] == EMAIL_CODE


def test_a_mobile_likewise_by_sms(
    member_client: Client, household: Household, fill: Fill, sent: Callable[[], list]
) -> None:
    assert fill(member_client, MOBILE, mobile=NUMBER).headers["Location"] == MOBILE_CODE
    assert [(one.notice, one.to) for one in sent()] == [("mobile_code", "+33639980177")]
    member_client.post(MOBILE_CODE, {"code": newest_code()})

    household.primary.refresh_from_db()
    assert household.primary.mobile == "+33639980177"


@pytest.mark.parametrize("page", [EMAIL, EMAIL_CODE, MOBILE, MOBILE_CODE])
def test_an_old_proof_leads_to_a_new_one_and_back(member_client: Client, page: str) -> None:
    """A32"""
    grow_stale(member_client)

    for answer in (member_client.get(page), member_client.post(page, {"email": NEW, "code": "123456"})):
        assert answer.headers["Location"].startswith("/securite/confirmer/?next=%2Fcoordonnees%2F")


@pytest.mark.parametrize(
    "typed", ["anne@example.org\nBcc: x@example.com", "a@b@example.org", "anne@localhost", "anne@example.123"]
)
def test_a_wrong_address_is_refused_and_kept(
    member_client: Client, household: Household, fill: Fill, typed: str, sent: Callable[[], list]
) -> None:
    answer = fill(member_client, EMAIL, email=typed)

    assert answer.status_code == 422
    assert "Ce n’est pas une adresse e-mail" in words(answer)
    assert 'value="a' in answer.content.decode()
    assert sent() == []


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("01 99 00 12 34", "numéro fixe"),
        ("+44 7700 900123", "mobiles français"),
        ("06 39 98 01 01", "déjà le mobile"),
        ("x", "comme 06 12"),
    ],
)
def test_a_mobile_that_gets_no_code_is_refused_with_what_to_do(
    member_client: Client, fill: Fill, typed: str, reason: str
) -> None:
    answer = fill(member_client, MOBILE, mobile=typed)

    assert answer.status_code == 422
    assert reason in words(answer)


def test_a_wrong_code_changes_nothing_and_may_be_tried_again(
    member_client: Client, household: Household, fill: Fill
) -> None:
    fill(member_client, EMAIL, email=NEW)
    code = newest_code()
    answer = member_client.post(EMAIL_CODE, {"code": another(code)})

    assert answer.status_code == 422
    assert "pas le bon" in words(answer)
    assert member_client.post(EMAIL_CODE, {"code": code}).status_code == 302


def test_a_code_of_another_session_opens_nothing(
    member_client: Client, household: Household, sign_in: SignIn, fill: Fill
) -> None:
    """A18"""
    fill(member_client, EMAIL, email=NEW)
    code = newest_code()
    elsewhere = sign_in(Client(), household.primary)

    assert elsewhere.post(EMAIL_CODE, {"code": code}).headers["Location"] == "/coordonnees/"
    household.primary.refresh_from_db()
    assert household.primary.email == "anne@example.org"


def test_a_code_for_the_address_does_not_prove_a_mobile(member_client: Client, fill: Fill) -> None:
    fill(member_client, EMAIL, email=NEW)
    code = newest_code()
    fill(member_client, MOBILE, mobile=NUMBER)

    assert member_client.post(MOBILE_CODE, {"code": code}).status_code == 422


def test_another_code_leaves_after_a_minute_only(
    member_client: Client, fill: Fill, sent: Callable[[], list]
) -> None:
    """A19"""
    fill(member_client, EMAIL, email=NEW)

    assert member_client.post(EMAIL_CODE, {"resend": "1"}).status_code == 429
    assert fill(member_client, EMAIL, email="other@example.com").status_code == 422
    assert len(sent()) == 1


def test_a_second_click_on_the_right_code_ends_where_the_first_did(member_client: Client, fill: Fill) -> None:
    fill(member_client, EMAIL, email=NEW)
    code = newest_code()

    for _ in range(2):
        assert member_client.post(EMAIL_CODE, {"code": code}).headers["Location"] == "/coordonnees/"


def test_within_three_days_of_a_change_the_page_says_why_it_waits(
    member_client: Client, household: Household
) -> None:
    """A21"""
    Account.objects.update(cooling_until=timezone.now() + timedelta(hours=1))
    answer = member_client.get(MOBILE)

    assert "demande d’attendre 72 heures" in words(answer)
    assert 'name="mobile"' not in answer.content.decode()
    assert member_client.post(MOBILE, {"mobile": NUMBER, "seen": "x"}).status_code in {409, 422}


def test_a_mobile_that_is_too_new_does_not_prove_enough(member_client: Client, household: Household) -> None:
    """A22"""
    put_on_file(household.primary, "+33639980101", declared_at=timezone.now())

    assert "pas encore assez sûr" in words(member_client.get(EMAIL))


def test_two_tabs_do_not_undo_each_other(member_client: Client, household: Household) -> None:
    late = hidden(member_client, EMAIL)
    household.primary.email = "third@example.org"
    household.primary.save(update_fields=["email"])
    answer = member_client.post(EMAIL, {**late, "email": NEW})

    assert answer.status_code == 409
    assert "third@example.org" in words(answer)
    assert f'value="{NEW}"' in answer.content.decode()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_link_of_the_old_address_says_what_happened_and_undoes_it_signed_out(
    member_client: Client, household: Household, fill: Fill, language: str
) -> None:
    """A23"""
    fill(member_client, EMAIL, email=NEW)
    member_client.post(EMAIL_CODE, {"code": newest_code()})
    page = f"/ce-n-est-pas-moi/{newest_safety_token('email_changed')}/"
    shown = words(Client().get(page, headers={"Accept-Language": language}))

    expected = {"fr": "a été mise à la place de la vôtre", "en": "has taken the place of yours"}
    assert expected[language] in shown
    Client().post(page)
    household.primary.refresh_from_db()
    assert household.primary.email == "anne@example.org"
    assert member_client.get("/coordonnees/").status_code == 302
