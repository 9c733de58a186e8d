"""What each notice needs besides the fact itself: a function per folder, `(entry, secrets) → values`."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.urls import reverse

from entraide.portal.foundation.events.facts import Secrets
from entraide.portal.foundation.events.models import Entry

Context = Callable[[Entry, Secrets], dict[str, Any]]


def _nothing(_entry: Entry, _secrets: Secrets) -> dict[str, Any]:
    return {}


def _link(_entry: Entry, secrets: Secrets) -> dict[str, Any]:
    # From the configured public address, never from a request (X3, A54).
    address = settings.ENTRAIDE.public_url + reverse("set-password", args=[secrets["token"]])
    return {"link": address, "minutes": settings.PROFILE.security.link_minutes}


def _code(_entry: Entry, secrets: Secrets) -> dict[str, Any]:
    return {"code": secrets["code"], "minutes": settings.PROFILE.security.code_minutes}


def _request(entry: Entry, _secrets: Secrets) -> dict[str, Any]:
    address = settings.ENTRAIDE.public_url + reverse("requests:detail", args=[entry.data["reference"]])
    return {"link": address}


# Messages that only carry a code: worth nothing once it is over, and confusing beside the next one.
FLEETING = frozenset({"sign_in_code", "mobile_code", "email_code"})

CONTEXTS: dict[str, Context] = {
    "account_link": _link,
    "password_link": _link,
    "password_set": _nothing,
    "account_locked": _nothing,
    "sign_in_code": _code,
    "mobile_code": _code,
    "email_code": _code,
    "mobile_enrolled": _nothing,
    "deposit_received": _request,
}
