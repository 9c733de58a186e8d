"""Private by default, one method for one thing, every named page there (A34, A35, A56, A60)."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.urls import resolve
from django.utils import timezone

from entraide.portal.domain.agents.enums import Role
from entraide.portal.foundation.web.public import is_before_terms, is_public
from entraide.profiles import PAGE_ADDRESSES
from tests.architecture.addresses import Address, addresses
from tests.portal.agents import make_agent, sign_in_agent

PUBLIC = {
    "sign-in", "human-check", "human-picture", "sign-in-mobile", "sign-in-code",
    "recovery", "passkey-options", "passkey-sign-in",
    "activate", "forgotten", "reset-picture", "password-stored", "set-password", "not-me", "old-browser",
    "mails:index", "mails:notice", "mails:html",
    "language", "theme", "logo", "favicon", "health", "security-txt",
    "help", "delays", "glossary", "no-cost-care", "no-cost-sector", "contact-phone",
    "simulator", "simulator-quote", "simulator-case",
    "manifest", "phone-icon", "worker", "no-network", "contact-sheet",
    "card-check", "card-keys", "card-linked", "card-linked-pdf",
    "handover-keys", "handover-check", "demo:partner", "demo:partner-down",
    "demo:index", "demo:accounts", "demo:outbox", "demo:outbox-json", "demo:message",
    "gallery:index", "gallery:forms", "gallery:simple", "gallery:error",
    "agents:sign-in", "agents:code", "agents:recovery", "agents:renew", "agents:invitation",
    "agents:factor", "agents:app", "agents:app-picture", "agents:passkey-options", "agents:passkey",
    "agents:passkey-add-options", "agents:passkey-add", "agents-language",
}  # fmt: skip
BEFORE_TERMS = {"terms", "sign-out", "stay", "end-quiet"}
# What a page may take besides GET; every other address answers GET and HEAD only.
TAKES_POST = {
    "sign-in", "human-check", "sign-in-mobile", "sign-in-code", "activate", "forgotten", "set-password",
    "recovery", "passkey-options", "passkey-sign-in", "step-up", "step-up-options", "step-up-passkey",
    "not-me", "stay", "end-quiet", "session-close", "sessions-close-others",
    "my-data", "my-data-download",
    "sharing-care", "sharing-care-end", "help-ask", "help-leave", "help-accept", "help-open", "help-end",
    "factor-offer", "factor-app", "factor-key", "factor-key-options", "recovery-codes", "factor-remove",
    "terms", "security", "deposit", "claim", "contact", "call-back", "card-again",
    "card-send", "card-replace", "card-check", "phone",
    "push-add", "push-remove",
    "partner-leave", "handover-check", "demo:partner", "demo:partner-down",
    "complaint", "hardship-fund-ask", "termination-confirm",
    "simulator-quote-file", "simulator-quote-keep", "simulator-quote-adviser",
    "simulator-case-keep", "simulator-case-adviser", "simulation-delete",
    "prevention-act", "professionals",
    "hospital", "family-add-case", "family-remove", "claim-feed", "health-number",
    "language", "sign-out", "gallery:forms", "gallery:simple",
    "bank", "bank-person", "requests:reply", "requests:withdraw", "requests:opinion",
    "contacts", "contacts-address", "contacts-phone", "contacts-email", "contacts-email-code",
    "contacts-mobile", "contacts-mobile-code", "contacts-mails", "contacts-address-of",
    "contacts-phone-of",
    "agents:sign-in", "agents:code", "agents:recovery", "agents:renew", "agents:invitation", "agents:app",
    "agents:recovery-codes", "agents:security", "agents:confirm", "agents:remove-factor", "agents:sign-out",
    "agents:passkey-options", "agents:passkey", "agents:passkey-add-options", "agents:passkey-add",
    "agents-language", "agents:stay", "agents:end-quiet", "agents:search", "agents:request-act",
    "agents:hospital", "agents:social-fund", "agents:checks-run",
    "agents:request-reason", "agents:batch", "agents:account-act",
    "agents:publication-news", "agents:publication-document", "agents:publication-edit",
    "agents:publication-article", "agents:publication-webinar", "agents:publication-event",
    "agents:publication-act", "agents:export-ask", "agents:export-decide", "agents:export-download",
    "agents:members", "agents:member", "agents:enclosure",
    "agents:shortcuts", "agents:staff-invite", "agents:staff-member", "agents:staff-end",
    "agents:staff-decide", "agents:staff-file",
    "agents:emergency", "agents:emergency-stop", "agents:emergency-act",
}  # fmt: skip
ONLY_POST = {
    "agents:passkey-options", "agents:passkey", "agents:passkey-add-options", "agents:passkey-add",
    "agents:remove-factor", "agents:sign-out", "agents-language", "agents:stay",
    "agents:end-quiet", "end-quiet", "agents:request-act", "agents:account-act", "agents:publication-act",
    "agents:export-decide", "agents:export-download", "agents:checks-run", "agents:request-reason",
    "agents:staff-end", "agents:staff-decide", "agents:staff-file",
    "agents:emergency-stop", "agents:emergency-act",
    "passkey-options", "passkey-sign-in", "step-up-options", "step-up-passkey", "factor-key-options",
    "push-add", "push-remove", "handover-check", "prevention-act",
    "my-data-download", "sharing-care-end", "help-leave", "help-accept", "help-open", "help-end",
    "language", "sign-out", "stay", "session-close", "sessions-close-others",
}  # fmt: skip
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


@pytest.fixture
def insider(member_client: Client) -> Client:
    """A browser in which a member and an agent are signed in, each on their own side."""
    agent = make_agent("a@example.org", "Ada Aron", role=Role.DPO, since=timezone.now(), with_app=True)
    return sign_in_agent(member_client, agent)


@pytest.mark.django_db
@by_name
def test_without_a_session_a_private_page_leads_to_the_door(address: Address) -> None:
    """A35: default deny."""
    for answer in (Client().get(address.example), Client().post(address.example, {"x": "y"})):
        door = "/gestion/connexion/" if address.example.startswith("/gestion/") else "/connexion/"
        to_the_door = answer.status_code == 302 and answer.headers["Location"].startswith(door)
        if not is_public(address.view):
            assert to_the_door
        else:
            assert answer.status_code < 500


@pytest.mark.django_db
@by_name
def test_a_page_answers_its_own_methods_and_405_to_all_others(insider: Client, address: Address) -> None:
    """A60"""
    allowed = {"POST"} if address.name in ONLY_POST else {"GET", "HEAD"}
    allowed |= {"POST"} if address.name in TAKES_POST else set()
    for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"} - allowed:
        response = insider.generic(method, address.example)
        assert response.status_code == 405, f"{method} {address.example}"
        assert response.headers["Allow"]
    if "GET" in allowed:
        assert insider.get(address.example).status_code in {200, 302, 403, 404}


@pytest.mark.django_db
@by_name
def test_a_page_never_fails_for_who_is_signed_in(insider: Client, address: Address) -> None:
    """A61: no example of an address ends in a fault."""
    assert insider.get(address.example).status_code < 500
    assert insider.head(address.example).status_code < 500
    assert insider.get(address.example, {"page": "x", "next": "//evil", "q": "\x00"}).status_code < 500


@pytest.mark.django_db
@by_name
def test_no_browser_keeps_a_private_page(insider: Client, address: Address) -> None:
    """A31: Back shows nothing, whatever the page answers; drawings and colours alone are kept."""
    for client in (insider, Client()):
        for answer in (client.get(address.example), client.post(address.example)):
            if not is_public(address.view) or answer.headers["Content-Type"].startswith("text/html"):
                assert "no-store" in answer.headers["Cache-Control"]


def rows() -> dict[str, int | str]:
    """Everything in the database but sessions, which a visit may renew, and who read whose data.

    That a reading is noted is the very purpose of the journal of consultations (A68): it goes there by the
    queue, as the one kind of job that reading may ask for.
    """
    found: dict[str, int | str] = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table in {"django_session", "access_opensession"}:
                continue
            but = " WHERE kind <> 'consultations.note'" if table == "tasks_job" else ""
            cursor.execute(f'SELECT * FROM "{table}"{but}')
            found[table] = str(sorted(map(repr, cursor.fetchall())))
    return found


@pytest.mark.django_db
def test_reading_changes_nothing(insider: Client, whole_database: Callable[[], str]) -> None:
    """A56: GET changes nothing, on no page, for no one."""
    insider.get("/")
    insider.get("/gestion/")
    before = rows()
    for client in (insider, Client()):
        for address in ALL:
            client.get(address.example)

    assert rows() == before
