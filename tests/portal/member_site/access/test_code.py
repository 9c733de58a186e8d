"""/connexion/code/ and /connexion/mobile/: the last step (AUTH-05…07, A16…A21, X6)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from entraide.portal.domain.access.models import OneTimeCode
from entraide.portal.foundation.accounts.models import Account, Limit
from entraide.portal.foundation.web.wording import moment
from entraide.portal.notifications.models import Delivery
from tests.conftest import PASSWORD, Household
from tests.portal.member_site.access.steps import (
    CHECK,
    CODE,
    HOME,
    MOBILE,
    SIGN_IN,
    another,
    answer_question,
    come_in,
    come_to_the_code,
    newest_code,
    type_password,
    words,
)

pytestmark = pytest.mark.django_db
PRIVATE = [
    "/",
    "/contrat/",
    "/remboursements/",
    "/depot/",
    "/demandes/",
    "/securite/",
    "/conditions/",
    "/documents/",
]


def older(seconds: int) -> None:
    """Lets time pass for the codes that were sent."""
    shift = timedelta(seconds=seconds)
    for row in OneTimeCode.objects.all():
        row.sent_at, row.expires_at = row.sent_at - shift, row.expires_at - shift
        row.save()
    for pause in Limit.objects.filter(scope="code pause"):
        pause.window_ends -= shift
        pause.save()


def test_the_code_page_masks_the_mobile_and_says_how_long(client: Client, household: Household) -> None:
    come_to_the_code(client, household.primary)
    shown = words(client.get(CODE))

    assert household.primary.mobile not in shown
    assert "01 01" not in shown or "••" in shown
    assert f"{settings.PROFILE.security.code_minutes} minutes" in shown


@pytest.mark.parametrize("typed", ["{}", " {} ", "{:.3} {:.0}"])
def test_a_code_typed_with_spaces_is_the_same_code(client: Client, household: Household, typed: str) -> None:
    code = come_to_the_code(client, household.primary)
    spaced = f"{code[:3]} {code[3:]}" if "{:.3}" in typed else typed.format(code)

    assert client.post(CODE, {"code": spaced}).headers["Location"] == HOME


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "１２３４５６", "12 34 5"])
def test_what_is_not_six_digits_is_not_even_a_try(client: Client, household: Household, typed: str) -> None:
    come_to_the_code(client, household.primary)

    assert client.post(CODE, {"code": typed}).status_code == 422
    assert OneTimeCode.objects.get().tries == 0


def test_five_wrong_codes_end_the_code_and_a_new_one_can_be_asked_for(
    client: Client, household: Household
) -> None:
    """A16"""
    code = come_to_the_code(client, household.primary)
    for _ in range(4):
        assert 'name="code"' in client.post(CODE, {"code": another(code)}).content.decode()
    for typed in (another(code), code):
        over = client.post(CODE, {"code": typed})
        assert over.status_code == 422
        assert 'name="code"' not in over.content.decode()
        assert "Recevoir un nouveau code" in words(over)
        assert "Recommencer la connexion" in words(over)
    assert client.get(HOME).status_code == 302

    older(61)
    assert client.post(CODE, {"resend": "1"}).status_code == 200
    assert client.post(CODE, {"code": newest_code()}).headers["Location"] == HOME


def test_an_expired_code_is_refused(client: Client, household: Household) -> None:
    code = come_to_the_code(client, household.primary)
    older(settings.PROFILE.security.code_minutes * 60)

    response = client.post(CODE, {"code": code})

    assert response.status_code == 422
    assert "plus valable" in words(response)


def test_a_code_typed_in_another_session_is_refused(client: Client, household: Household) -> None:
    """A18"""
    code = come_to_the_code(client, household.primary)
    other = Client()
    come_to_the_code(other, household.primary)

    assert other.post(CODE, {"code": code}).status_code == 422
    assert client.post(CODE, {"code": code}).headers["Location"] == HOME


def test_a_code_used_after_sign_out_does_not_open_again(client: Client, household: Household) -> None:
    """A18"""
    code = come_to_the_code(client, household.primary)
    client.post(CODE, {"code": code})
    client.post("/deconnexion/")

    assert client.post(CODE, {"code": code}).headers["Location"] == SIGN_IN


def test_a_code_is_worth_nothing_once_the_account_is_locked(client: Client, household: Household) -> None:
    """A18: use after lock."""
    code = come_to_the_code(client, household.primary)
    for turn in range(5):
        type_password(Client(), household.primary.number, password="wrong", source=f"192.0.2.{turn}")

    assert client.post(CODE, {"code": code}).headers["Location"] == SIGN_IN


def test_a_code_is_worth_nothing_once_the_password_has_changed(client: Client, household: Household) -> None:
    """A6, A18: who knew the old password is out, even half way."""
    code = come_to_the_code(client, household.primary)
    account = Account.objects.get(pk=household.primary.account_id)
    account.set_password("Marronnier-1954-vert")
    account.save()

    assert client.post(CODE, {"code": code}).headers["Location"] == SIGN_IN


def test_a_closed_account_cannot_finish_coming_in(client: Client, household: Household) -> None:
    """A30"""
    code = come_to_the_code(client, household.primary)
    Account.objects.update(is_active=False)

    assert client.post(CODE, {"code": code}).headers["Location"] == SIGN_IN


def test_another_code_within_a_minute_is_refused_in_words_and_then_sent(
    client: Client, household: Household
) -> None:
    """A19"""
    first = come_to_the_code(client, household.primary)
    early = client.post(CODE, {"resend": "1"})
    assert early.status_code == 429
    assert "secondes" in words(early)

    older(61)
    later = client.post(CODE, {"resend": "1"})
    assert later.status_code == 200
    assert "Un nouveau code vient de partir" in words(later)
    second = newest_code()
    if first != second:
        assert client.post(CODE, {"code": first}).status_code == 422
    assert client.post(CODE, {"code": second}).headers["Location"] == HOME


def test_after_five_codes_in_an_hour_no_more_is_sent_from_any_session(household: Household) -> None:
    """A19"""
    for _ in range(5):
        come_to_the_code(Client(), household.primary)
    client = Client()
    type_password(client, household.primary.number)

    response = answer_question(client)

    assert response.status_code == 429
    assert "heure" in words(response)
    assert Delivery.objects.count() == 5


@pytest.mark.parametrize("stage", ["password", "check", "email"])
def test_half_way_in_nothing_private_can_be_reached(client: Client, household: Household, stage: str) -> None:
    """A27"""
    if stage == "email":
        household.primary.mobile = ""
        household.primary.save()
    type_password(client, household.primary.number)
    if stage != "password":
        answer_question(client)

    for address in PRIVATE:
        assert client.get(address).headers["Location"].startswith(SIGN_IN)
    assert client.post("/deconnexion/").headers["Location"] == SIGN_IN
    assert client.post("/depot/", {}).status_code == 403


def test_the_way_in_ends_after_half_an_hour(client: Client, household: Household) -> None:
    code = come_to_the_code(client, household.primary)
    session = client.session
    session["entering"] = {**session["entering"], "at": session["entering"]["at"] - 1801}
    session.save()

    assert client.post(CODE, {"code": code}).headers["Location"] == SIGN_IN


@pytest.fixture
def no_mobile(household: Household) -> Household:
    household.primary.mobile = ""
    household.primary.save()
    return household


def at_the_mobile(client: Client, household: Household) -> str:
    """Password and human check passed without a mobile on file; returns the code that the mail brought."""
    type_password(client, household.primary.number)
    assert answer_question(client).headers["Location"] == MOBILE
    return newest_code()


def test_without_a_mobile_the_code_comes_by_mail_then_the_mobile_is_proved(
    client: Client, no_mobile: Household, sent: Callable[[], list]
) -> None:
    """AUTH-06, AUTH-07, X6"""
    email_code = at_the_mobile(client, no_mobile)
    assert Delivery.objects.get().to == no_mobile.primary.email
    assert client.post(MOBILE, {"email_code": email_code}).headers["Location"] == MOBILE
    assert "démarches" in words(client.get(MOBILE))
    assert client.post(MOBILE, {"mobile": "+33 (0)6-39.98.01.77"}).headers["Location"] == CODE
    assert "06 39 98 01 77" in words(client.get(CODE))
    response = client.post(CODE, {"code": newest_code()})

    assert response.headers["Location"] == HOME
    no_mobile.primary.refresh_from_db()
    assert no_mobile.primary.mobile == "+33639980177"
    assert [one.notice for one in sent()] == ["email_code", "mobile_code", "mobile_enrolled"]
    assert sent()[1].to == "+33639980177"
    told = words(client.get("/conditions/"))
    until = Account.objects.get(pk=no_mobile.primary.account_id).cooling_until
    assert until is not None
    assert f"coordonnées bancaires ne peuvent pas changer avant le {moment(until)}" in told
    assert "06 •• •• •• 77" in told


def test_no_mobile_is_taken_before_the_code_of_the_mail(client: Client, no_mobile: Household) -> None:
    """X6, A20: the thief of a password enrols nothing."""
    email_code = at_the_mobile(client, no_mobile)
    for posted in (
        {"mobile": "06 39 98 01 77"},
        {"mobile": "06 39 98 01 77", "email_code": another(email_code)},
        {"email_code": another(email_code)},
    ):
        response = client.post(MOBILE, posted)
        assert response.status_code in {200, 422}
        assert b'name="mobile"' not in response.content

    assert client.post(CODE, {"code": email_code}).headers["Location"] == SIGN_IN
    no_mobile.primary.refresh_from_db()
    assert no_mobile.primary.mobile == ""
    assert Delivery.objects.count() == 1


def test_the_code_of_the_mail_does_not_open_the_space(client: Client, no_mobile: Household) -> None:
    """X6"""
    email_code = at_the_mobile(client, no_mobile)
    client.post(MOBILE, {"email_code": email_code})
    client.post(MOBILE, {"mobile": "06 39 98 01 77"})

    assert client.post(CODE, {"code": email_code}).status_code == 422 or email_code == newest_code()


def test_nobody_with_a_mobile_on_file_can_enrol_another_this_way(
    client: Client, household: Household
) -> None:
    """X6, A20"""
    come_to_the_code(client, household.primary)

    assert client.get(MOBILE).headers["Location"] == SIGN_IN
    assert client.post(MOBILE, {"mobile": "06 39 98 01 77"}).headers["Location"] == SIGN_IN
    household.primary.refresh_from_db()
    assert household.primary.mobile == "+33639980101"


def test_a_mobile_that_came_on_file_meanwhile_is_not_overwritten(
    client: Client, no_mobile: Household
) -> None:
    """X6"""
    client.post(MOBILE, {"email_code": at_the_mobile(client, no_mobile)})
    client.post(MOBILE, {"mobile": "06 39 98 01 77"})
    code = newest_code()
    no_mobile.primary.mobile = "+33639980188"
    no_mobile.primary.save()

    response = client.post(CODE, {"code": code})

    assert response.status_code == 422
    no_mobile.primary.refresh_from_db()
    assert no_mobile.primary.mobile == "+33639980188"


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("04 65 71 00 01", "fixe"),
        ("+44 7700 900123", "français"),
        ("08 99 00 00 00", "mobile"),
        ("06 39", "mobile"),
        ("", "mobile"),
        ("<script>", "mobile"),
    ],
)
def test_only_a_french_mobile_can_receive_the_code(
    client: Client, no_mobile: Household, typed: str, reason: str
) -> None:
    """A19: no landline, no premium number, no far country."""
    client.post(MOBILE, {"email_code": at_the_mobile(client, no_mobile)})

    response = client.post(MOBILE, {"mobile": typed})

    assert response.status_code == 422
    assert reason in words(response)
    assert Delivery.objects.count() == 1


def test_whoever_waits_for_the_code_finds_what_to_do_and_whom_to_call(
    client: Client, household: Household
) -> None:
    """AUTH-07: at the place where the member is stuck."""
    come_to_the_code(client, household.primary)
    shown = words(client.get(CODE))

    for expected in ("Je ne reçois pas le SMS", "60 secondes", "Ce n’est pas mon numéro", "démarches"):
        assert expected in shown
    assert settings.PROFILE.contacts.phone in shown


def test_when_the_budget_of_sms_is_spent_the_page_says_so_honestly(
    client: Client, household: Household, policy: Callable[..., None]
) -> None:
    """A19"""
    policy(codes_per_hour=1)
    come_to_the_code(Client(), household.spouse)
    type_password(client, household.primary.number)

    response = answer_question(client)

    assert response.status_code == 429
    assert "Trop de SMS" in words(response)
    assert settings.PROFILE.contacts.phone in words(response)


def test_without_mobile_and_without_mail_a_person_is_the_only_way(
    client: Client, no_mobile: Household
) -> None:
    """A21"""
    no_mobile.primary.email = ""
    no_mobile.primary.save()
    type_password(client, no_mobile.primary.number)
    answer_question(client)
    page = client.get(MOBILE)

    assert "Appelez-nous" in words(page)
    assert settings.PROFILE.contacts.phone in words(page)
    assert b"email_code" not in page.content
    assert client.post(MOBILE, {"resend": "1"}).status_code == 200
    assert client.post(MOBILE, {"email_code": "123456"}).status_code == 422
    assert not Delivery.objects.exists()


def test_a_mistyped_mobile_can_be_corrected(client: Client, no_mobile: Household) -> None:
    client.post(MOBILE, {"email_code": at_the_mobile(client, no_mobile)})
    client.post(MOBILE, {"mobile": "06 39 98 01 66"})
    assert client.post(CODE, {"resend": "1"}).headers["Location"] == MOBILE
    older(61)
    client.post(MOBILE, {"mobile": "06 39 98 01 77"})
    client.post(CODE, {"code": newest_code()})

    no_mobile.primary.refresh_from_db()
    assert no_mobile.primary.mobile == "+33639980177"


def test_coming_in_is_noted_with_its_time(client: Client, household: Household) -> None:
    come_in(client, household.primary)

    account = Account.objects.get(pk=household.primary.account_id)
    assert account.last_login is not None
    assert timezone.now() - account.last_login < timedelta(minutes=5)


def test_the_password_is_right_but_a_robot_stops_at_the_check(client: Client, household: Household) -> None:
    type_password(client, household.primary.number, password=PASSWORD)

    assert client.post(CODE, {"code": "123456"}).headers["Location"] == SIGN_IN
    assert client.get(CHECK).status_code == 200
    assert not Delivery.objects.exists()
