"""Coming in for good: the browser is remembered, and a new one is told of by mail (A10, A15, A29)."""

from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.test import Client

from entraide.portal.domain.access.models import KnownBrowser, OpenSession
from entraide.portal.foundation.events.models import Entry
from tests.conftest import Household
from tests.portal.member_site.access.steps import CODE, HOME, come_in, come_to_the_code

COOKIE = "entraide-browser"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile/15E148 Safari/604.1"
pytestmark = pytest.mark.django_db


def notices(sent: Callable[[], list], name: str) -> list:
    return [one for one in sent() if one.notice == name]


def test_the_first_browser_of_all_is_remembered_without_a_mail(
    client: Client, household: Household, sent: Callable[[], list]
) -> None:
    come_in(client, household.primary)

    assert client.cookies[COOKIE]["httponly"]
    assert client.cookies[COOKIE]["samesite"] == "Lax"
    assert int(client.cookies[COOKIE]["max-age"]) == 365 * 24 * 3600
    assert KnownBrowser.objects.get().account_id == household.primary.account_id
    assert notices(sent, "new_browser") == []


def test_another_browser_is_told_of_by_mail_in_words(household: Household, sent: Callable[[], list]) -> None:
    """A15"""
    come_in(Client(), household.primary)
    come_in(Client(headers={"user-agent": IPHONE}), household.primary)
    (mail,) = notices(sent, "new_browser")

    assert mail.to == household.primary.email
    assert "Safari sur un iPhone" in mail.body
    assert "/ce-n-est-pas-moi/" in mail.body
    assert household.primary.nir not in mail.body
    assert Entry.objects.get(kind="NewBrowser").data == {"label": "Safari sur un iPhone", "language": "fr"}


def test_a_browser_that_is_known_is_no_news(
    client: Client, household: Household, sent: Callable[[], list], policy: Callable[..., None]
) -> None:
    policy(check_when="always")
    come_in(client, household.primary)
    token = client.cookies[COOKIE].value
    client.post("/deconnexion/")
    come_in(client, household.primary)

    assert client.cookies[COOKIE].value == token
    assert notices(sent, "new_browser") == []


def test_one_browser_serves_a_family_and_each_hears_of_it_once(
    client: Client, household: Household, sent: Callable[[], list], policy: Callable[..., None]
) -> None:
    policy(check_when="always")
    come_in(Client(), household.spouse)
    come_in(client, household.primary)
    token = client.cookies[COOKIE].value
    client.post("/deconnexion/")
    come_in(client, household.spouse)

    assert client.cookies[COOKIE].value == token
    assert [one.to for one in notices(sent, "new_browser")] == [household.spouse.email]


def test_a_token_that_nobody_gave_out_is_never_adopted(client: Client, household: Household) -> None:
    """A27: planted like a session's id."""
    client.cookies[COOKIE] = "A" * 43
    come_in(client, household.primary)

    assert client.cookies[COOKIE].value != "A" * 43


def test_half_way_in_no_browser_is_remembered(client: Client, household: Household) -> None:
    come_to_the_code(client, household.primary)

    assert COOKIE not in client.cookies
    assert not KnownBrowser.objects.exists()


def test_coming_in_is_a_line_in_the_list_of_sessions(household: Household) -> None:
    """A29"""
    client = Client(headers={"user-agent": IPHONE}, REMOTE_ADDR="203.0.113.9")
    come_in(client, household.primary)
    row = OpenSession.objects.get()

    assert (row.label, row.network) == ("Safari|iphone", "203.0.113.9")


def test_one_sign_in_too_many_ends_the_oldest_session(
    household: Household, policy: Callable[..., None]
) -> None:
    """A29"""
    policy(max_sessions=2, resend_seconds=1, sends_per_hour=10)
    clients = [Client() for _turn in range(3)]
    for client in clients:
        come_in(client, household.primary)

    reached = [client.get(HOME).headers.get("Location", "") for client in clients]
    assert reached[0].startswith("/connexion/")
    assert not any(one.startswith("/connexion/") for one in reached[1:])


def test_the_cookie_has_its_strict_name_behind_https(
    household: Household, behind_proxy: None, settings: LazySettings
) -> None:
    """A33"""
    settings.SESSION_COOKIE_SECURE = True
    client = Client(headers={"x-forwarded-proto": "https", "x-forwarded-for": "203.0.113.9"})
    code = come_to_the_code(client, household.primary)
    response = client.post(CODE, {"code": code})

    assert response.cookies["__Host-entraide-browser"]["secure"]
