"""/ce-n-est-pas-moi/<token>/: whoever reads the mail freezes the access, from any browser (A23)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from entraide.portal.domain.access.actions.safety import make_safety_link, unfreeze
from entraide.portal.domain.access.enums import Change
from entraide.portal.domain.access.models import SafetyLink
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.events.models import Entry
from tests.conftest import Household
from tests.portal.domain.access.reading import newest_code, newest_safety_token
from tests.portal.member_site.access.steps import (
    CODE,
    HOME,
    MOBILE,
    SIGN_IN,
    answer_question,
    come_in,
    come_to_the_code,
    neutral,
    type_password,
    words,
)
from tests.portal.member_site.access.test_factor import add_passkey, use_passkey

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def account(household: Household) -> Account:
    return Account.objects.get(pk=household.primary.account_id)


@pytest.fixture
def page(account: Account) -> str:
    """The address in the mail."""
    return address(make_safety_link(account, change=Change.NEW_BROWSER, now=NOW))


def address(token: str) -> str:
    return f"/ce-n-est-pas-moi/{token}/"


def frozen(account: Account) -> bool:
    account.refresh_from_db()
    return account.frozen_at is not None


def test_opening_the_link_explains_and_changes_nothing(
    client: Client, account: Account, page: str, whole_database: Callable[[], str]
) -> None:
    """A56: programs that read mails open links."""
    before = whole_database()
    shown = client.get(page)

    assert shown.status_code == 200
    for expected in ("nouvel appareil", "Rien n’a encore changé", "72 dernières heures", "Bloquer mon accès"):
        assert expected in words(shown)
    assert whole_database() == before
    assert not frozen(account)


@pytest.mark.parametrize("change", Change.values)
def test_the_page_names_the_change_of_the_mail(client: Client, account: Account, change: str) -> None:
    token = make_safety_link(account, change=Change(change), now=NOW)
    shown = client.get(address(token))

    assert shown.status_code == 200
    assert "a été" in words(shown) or "a eu lieu" in words(shown) or "a servi" in words(shown)


def test_the_button_freezes_and_the_page_says_what_comes_next(
    client: Client, account: Account, page: str
) -> None:
    """A23: signed out, in a browser that we never saw."""
    done = client.post(page)
    assert done.headers["Location"] == page
    assert frozen(account)

    shown = words(client.get(page))
    assert "Votre accès est bloqué" in shown
    assert settings.PROFILE.contacts.phone in shown
    assert "Appelez-nous" in shown


def test_a_second_click_finds_the_same_calm_page(client: Client, account: Account, page: str) -> None:
    client.post(page)
    again = client.post(page)

    assert again.headers["Location"] == page
    assert client.get(page).status_code == 200
    assert Entry.objects.filter(kind="AccountFrozen").count() == 1


def test_the_form_is_checked_against_forgery(page: str, account: Account) -> None:
    """A56"""
    client = Client(enforce_csrf_checks=True)
    client.get(page)

    assert client.post(page).status_code == 403
    assert not frozen(account)
    token = client.cookies["csrf"].value
    assert client.post(page, {"csrfmiddlewaretoken": token}).status_code == 302
    assert frozen(account)


def test_wrong_methods_are_refused(client: Client, page: str) -> None:
    assert client.put(page).status_code == client.delete(page).status_code == 405


@pytest.mark.parametrize("token", ["0" * 32, "x", "é", "%00", "a" * 3000])
def test_an_unknown_link_says_so_and_whom_to_call(client: Client, household: Household, token: str) -> None:
    shown = client.get(address(token))

    assert shown.status_code == 404
    assert "Nous ne reconnaissons pas ce lien" in words(shown)
    assert settings.PROFILE.contacts.phone in words(shown)
    assert client.post(address(token)).status_code == 302


def test_an_expired_link_and_one_that_served_say_so(
    client: Client, household: Household, account: Account, page: str
) -> None:
    old = make_safety_link(account, change=Change.NEW_BROWSER, now=NOW - timedelta(hours=73))
    expired = client.get(address(old))
    assert expired.status_code == 404
    assert "72 heures" in words(expired)
    client.post(address(old))
    assert not frozen(account)

    client.post(page)
    unfreeze(number=household.primary.number, now=NOW)
    served = client.get(page)
    assert served.status_code == 404
    assert "déjà servi" in words(served)


def test_the_address_leaks_to_nobody(client: Client, page: str) -> None:
    """X3, A66: no referrer, no copy, no other site."""
    for answer in (client.get(page), client.post(page), client.get(page)):
        assert answer.headers["Referrer-Policy"] == "strict-origin"
        assert "no-store" in answer.headers["Cache-Control"]


def test_the_token_reaches_no_log(client: Client, page: str, capfd: pytest.CaptureFixture[str]) -> None:
    """A66"""
    client.get(page)
    client.post(page)
    client.get(f"{page}?x=1")
    out, err = capfd.readouterr()

    assert page.split("/")[2] not in out + err


def test_the_thief_is_out_at_his_next_click(
    household: Household, account: Account, sign_in: Callable[[Client, Beneficiary], Client], page: str
) -> None:
    """A30"""
    thief = sign_in(Client(), household.primary)
    assert thief.get(HOME).status_code == 200

    Client().post(page)

    assert thief.get(HOME).headers["Location"].startswith(SIGN_IN)


def test_half_way_in_the_thief_gets_no_further(client: Client, household: Household, page: str) -> None:
    """A18, A23"""
    code = come_to_the_code(client, household.primary)
    Client().post(page)

    assert client.post(CODE, {"code": code}).headers["Location"] == SIGN_IN


def test_ones_own_session_ends_cleanly_with_the_freeze(
    member_client: Client, account: Account, page: str
) -> None:
    assert member_client.post(page).headers["Location"] == page
    assert "Votre accès est bloqué" in words(member_client.get(page))
    assert member_client.get(HOME).headers["Location"].startswith(SIGN_IN)


def test_the_session_of_somebody_else_in_this_browser_stays(
    household: Household, sign_in: Callable[[Client, Beneficiary], Client], page: str
) -> None:
    """Bruno is signed in on the family's computer; Anne opens her mail there."""
    bruno = sign_in(Client(), household.spouse)

    bruno.post(page)

    assert bruno.get(HOME).status_code == 200


def test_a_frozen_access_is_answered_like_an_unknown_number(
    client: Client, household: Household, page: str
) -> None:
    """A1"""
    Client().post(page)
    known = type_password(Client(), household.primary.number)
    unknown = type_password(Client(), "31234567", source="192.0.2.2")

    assert neutral(known) == neutral(unknown)


def test_a_thief_who_enrolled_a_mobile_is_undone_by_the_mail(
    client: Client, household: Household, account: Account
) -> None:
    """A20, A23: the whole way, from the enrolment to the freeze."""
    anne = household.primary
    anne.mobile = ""
    anne.save()
    type_password(client, anne.number)
    answer_question(client)
    client.post(MOBILE, {"email_code": newest_code()})
    client.post(MOBILE, {"mobile": "06 39 98 01 77"})
    client.post(CODE, {"code": newest_code()})
    assert client.get("/conditions/").status_code == 200
    link = address(newest_safety_token("mobile_enrolled"))
    assert "mobile" in words(Client().get(link))

    Client().post(link)

    anne.refresh_from_db()
    assert anne.mobile == ""
    assert client.get("/conditions/").headers["Location"].startswith(SIGN_IN)


def test_a_passkey_of_before_opens_nothing_after_the_mutual_opened_the_access_again(
    household: Household, account: Account, page: str
) -> None:
    """A23: neither alone, nor after the old password; only a new password leads in."""
    device = add_passkey(household.primary)
    # Older than 72 hours: no link takes it off by itself.
    SafetyLink.objects.filter(change=Change.FACTOR_ADDED).delete()
    thief = Client()
    Client().post(page)
    assert use_passkey(thief, device).status_code == 422

    unfreeze(number=household.primary.number, now=NOW)

    assert use_passkey(thief, device).status_code == 422
    assert thief.get(HOME).headers["Location"].startswith(SIGN_IN)
    type_password(thief, household.primary.number)
    assert thief.get(CODE).headers["Location"] == SIGN_IN


def test_a_sign_in_from_a_new_browser_brings_the_link(household: Household, account: Account) -> None:
    """A15: the first browser of all is no news, the second is."""
    come_in(Client(), household.primary)
    assert not SafetyLink.objects.exists()
    come_in(Client(), household.primary)

    token = newest_safety_token("new_browser")
    Client().post(address(token))
    assert frozen(account)
