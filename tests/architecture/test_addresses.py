"""Private by default, one method for one thing, every named page there (A34, A35, A56, A60)."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.urls import resolve

from entraide.portal.foundation.web.public import is_before_terms, is_public
from entraide.profiles import PAGE_ADDRESSES
from tests.architecture.addresses import Address, addresses

PUBLIC = {
    "sign-in", "human-check", "human-picture", "sign-in-mobile", "sign-in-code",
    "activate", "forgotten", "password-stored", "set-password",
    "language", "theme", "logo", "favicon", "health", "security-txt",
    "help", "delays", "glossary", "no-cost-care",
    "demo:index", "demo:accounts", "demo:outbox", "demo:outbox-json", "demo:message",
    "gallery:index", "gallery:forms", "gallery:simple", "gallery:error",
}  # fmt: skip
BEFORE_TERMS = {"terms", "sign-out"}
# What a page may take besides GET; every other address answers GET and HEAD only.
TAKES_POST = {
    "sign-in", "human-check", "sign-in-mobile", "sign-in-code", "activate", "forgotten", "set-password",
    "terms", "security", "deposit", "language", "sign-out", "gallery:forms", "gallery:simple",
}  # fmt: skip
ONLY_POST = {"language", "sign-out"}
ALL = addresses()
by_name = pytest.mark.parametrize("address", ALL, ids=lambda one: one.name)


def test_the_list_of_public_pages_is_exactly_this_one() -> None:
    """A page is private unless it says otherwise; who opens one adds it here, on purpose."""
    assert {one.name for one in ALL if is_public(one.view)} == PUBLIC


def test_the_list_of_pages_before_the_terms_is_exactly_this_one() -> None:
    """A14"""
    assert {one.name for one in ALL if is_before_terms(one.view)} == BEFORE_TERMS


def test_every_address_has_a_name_and_no_name_serves_twice() -> None:
    names = [one.name for one in ALL]

    assert all(names)
    assert len(names) == len(set(names))


def test_every_page_that_a_mutual_may_name_leads_to_a_view() -> None:
    for address in PAGE_ADDRESSES.values():
        assert resolve(address).func is not None


@pytest.mark.django_db
@by_name
def test_without_a_session_a_private_page_leads_to_the_door(address: Address) -> None:
    """A35: default deny."""
    for answer in (Client().get(address.example), Client().post(address.example, {"x": "y"})):
        to_the_door = answer.status_code == 302 and answer.headers["Location"].startswith("/connexion/")
        if not is_public(address.view):
            assert to_the_door
        else:
            assert answer.status_code < 500


@pytest.mark.django_db
@by_name
def test_a_page_answers_its_own_methods_and_405_to_all_others(
    member_client: Client, address: Address
) -> None:
    """A60"""
    allowed = {"POST"} if address.name in ONLY_POST else {"GET", "HEAD"}
    allowed |= {"POST"} if address.name in TAKES_POST else set()
    for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"} - allowed:
        response = member_client.generic(method, address.example)
        assert response.status_code == 405, f"{method} {address.example}"
        assert response.headers["Allow"]
    if "GET" in allowed:
        assert member_client.get(address.example).status_code in {200, 302, 404}


@pytest.mark.django_db
@by_name
def test_a_page_never_fails_for_a_member(member_client: Client, address: Address) -> None:
    """A61: no example of an address ends in a fault."""
    assert member_client.get(address.example).status_code < 500
    assert member_client.head(address.example).status_code < 500
    assert member_client.get(address.example, {"page": "x", "next": "//evil", "q": "\x00"}).status_code < 500


def rows() -> dict[str, int | str]:
    """Everything in the database but sessions, which a visit may renew."""
    found: dict[str, int | str] = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table == "django_session":
                continue
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = str(sorted(map(repr, cursor.fetchall())))
    return found


@pytest.mark.django_db
def test_reading_changes_nothing(member_client: Client, whole_database: Callable[[], str]) -> None:
    """A56: GET changes nothing, on no page, for no one."""
    member_client.get("/")
    before = rows()
    for client in (member_client, Client()):
        for address in ALL:
            client.get(address.example)

    assert rows() == before
