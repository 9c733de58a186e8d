"""A complete form for each address that takes POST, as a browser would send it."""

import html
import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.test import Client
from django.utils import timezone

from tests.portal.bank import BIC, NEW, paper

Body = dict[str, object]
_HIDDEN = re.compile(r'<input type="hidden" name="(seen|request_key)" value="([^"]*)"')


def hidden(client: Client, page: str) -> Body:
    """The key and the mark of the form of a page; made up where the page does not open."""
    found = _HIDDEN.findall(client.get(page).content.decode())
    return {"request_key": str(uuid4()), "seen": "0" * 64} | {name: html.unescape(one) for name, one in found}


def body_of(name: str, client: Client, page: str) -> Body:
    """The form of the address with this name; without an entry, only what every form has."""
    make = _BODIES.get(name)
    return make(client, page) if make else {"request_key": str(uuid4())}


def _day() -> str:
    return f"{timezone.localdate() + timedelta(days=40):%d/%m/%Y}"


def _joining(_client: Client, _page: str) -> Body:
    return {
        "request_key": str(uuid4()), "civility": "mme", "last_name": "Vautrin", "first_name": "Noé",
        "birth_date": "12/11/2025", "nir": "", "since": "12/11/2025", "comment": "", "files": [paper()],
    }  # fmt: skip


def _leaving(_client: Client, _page: str) -> Body:
    key = str(uuid4())
    return {"request_key": key, "reason": "other", "last_day": _day(), "comment": "", "files": [paper()]}


def _address(client: Client, page: str) -> Body:
    return hidden(client, page) | {
        "address_line1": "3 rue de l’Écluse", "address_line2": "", "address_postcode": "38400",
        "address_city": "Saint-Martin-d’Hères", "address_choice": "as_typed",
    }  # fmt: skip


def _phone(client: Client, page: str) -> Body:
    return hidden(client, page) | {"phone": "04 61 98 01 77"}


def _confirm(client: Client, page: str) -> Body:
    return hidden(client, page) | {"confirm": "contacts"}


def _account(_client: Client, _page: str) -> Body:
    return {
        "request_key": str(uuid4()), "holder": "Camille Fictif", "iban": NEW, "bic": BIC, "rib": paper(),
        "action": "ask",
    }  # fmt: skip


def _deposit(client: Client, page: str) -> Body:
    category = settings.PROFILE.deposit.categories[0]
    first = re.search(r'name="beneficiary" value="([^"]+)"', client.get(page).content.decode())
    return {
        "category": category.id, "type": category.types[0].id, "beneficiary": first[1] if first else "",
        "description": "Ma facture", "request_key": str(uuid4()), "files": [paper()],
    }  # fmt: skip


def _claim(client: Client, page: str) -> Body:
    first = re.search(r'name="beneficiary" value="([^"]+)"', client.get(page).content.decode())
    return {
        "care": "pharmacy", "paid": "all", "feed": "off", "beneficiary": first[1] if first else "",
        "care_date": f"{timezone.localdate():%d/%m/%Y}", "professional": "Pharmacie des Cimes",
        "amount": "12,40", "compulsory": "", "description": "", "incomplete": "on",
        "request_key": str(uuid4()), "files": [paper()],
    }  # fmt: skip


def _message(client: Client, page: str) -> Body:
    first = re.search(r'name="beneficiary" value="([^"]+)"', client.get(page).content.decode())
    return {
        "reason": "message-other", "beneficiary": first[1] if first else "", "message": "Une question",
        "request_key": str(uuid4()),
    }  # fmt: skip


def _call(client: Client, page: str) -> Body:
    form = client.get(page).content.decode()
    slot = re.search(r'<option value="([^"]+T[^"]+)"', form)
    first = re.search(r'name="beneficiary" value="([^"]+)"', form)
    return {
        "slot": slot[1] if slot else "", "beneficiary": first[1] if first else "", "reason": "message-other",
        "phone": "06 39 98 01 77", "message": "", "request_key": str(uuid4()),
    }  # fmt: skip


def _card(client: Client, page: str) -> Body:
    first = re.search(r'name="people" value="([^"]+)"', client.get(page).content.decode())
    return {"people": first[1] if first else "", "reason": "lost", "request_key": str(uuid4())}


def _card_by_mail(client: Client, page: str) -> Body:
    person = re.search(r'name="person" value="([^"]+)"', client.get(page).content.decode())
    return {
        "person": person[1] if person else "", "to": "professional", "email": "pharmacie@example.org",
        "request_key": str(uuid4()),
    }  # fmt: skip


def _complaint(_client: Client, _page: str) -> Body:
    return {"subject": "complaint-service", "comment": "Trop long", "wish": "", "request_key": str(uuid4())}


def _adviser(client: Client, page: str) -> Body:
    return {"request_key": str(uuid4()), "message": "Est-ce le moins cher ?"}


def _consent(client: Client, page: str) -> Body:
    reader = re.search(r'name="reader" value="([^"]+)"', client.get(page).content.decode())
    return {"request_key": str(uuid4()), "reader": reader[1] if reader else "", "agree": "on"}


_BODIES: dict[str, Callable[[Client, str], Body]] = {
    "family-add-case": _joining,
    "family-remove": _leaving,
    "contacts": _confirm,
    "contacts-address": _address,
    "contacts-address-of": _address,
    "contacts-phone": _phone,
    "contacts-phone-of": _phone,
    "contacts-mails": lambda client, page: hidden(client, page) | {"statement_delivery": "email"},
    "contacts-email": lambda client, page: hidden(client, page) | {"email": "nouvelle@example.org"},
    "contacts-mobile": lambda client, page: hidden(client, page) | {"mobile": "06 39 98 01 77"},
    "bank": _account,
    "bank-person": _account,
    "deposit": _deposit,
    "claim": _claim,
    "contact": _message,
    "call-back": _call,
    "card-again": _card,
    "card-send": _card_by_mail,
    "phone": lambda _client, _page: {"keep": "nothing"},
    "card-check": lambda _client, _page: {"code": "EC1"},
    "complaint": _complaint,
    "simulator-case-keep": lambda client, page: hidden(client, page) | {"name": "Couronne du bas"},
    "simulator-quote-keep": lambda client, page: hidden(client, page) | {"name": "Mon devis"},
    "simulator-case-adviser": _adviser,
    "simulator-quote-adviser": _adviser,
    "simulator-quote-file": lambda client, page: hidden(client, page) | {"files": [paper()]},
    "my-data": hidden,
    "sharing-care": _consent,
    "agents:search": lambda _client, _page: {"text": "Vautrin"},
    "agents:shortcuts": lambda _client, _page: {"shortcuts": "off"},
    "agents:members": lambda _client, _page: {"text": "Vautrin"},
    "agents:member": lambda _client, _page: {"reason": "call"},
    "agents:request-act": lambda _client, _page: {"act": "take"},
}
