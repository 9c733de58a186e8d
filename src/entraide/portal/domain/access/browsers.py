"""Known browsers: those that once passed every step for an account (A10, A15).

A browser keeps a random token in a cookie, we keep its hash. It opens nothing: it is counted apart from
strangers when passwords are wrong, and may be spared the human check. One browser may be known to a family.
"""

import re
import secrets
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from entraide.portal.domain.access.models import KnownBrowser
from entraide.portal.domain.access.numbers import token_hash
from entraide.portal.foundation.accounts.models import Account

# Forgotten after a year without a sign-in; the cookie lasts as long.
KEPT_FOR = timedelta(days=365)
AT_MOST = 20
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


class Remembered(NamedTuple):
    """The token that the cookie is to hold, and whether the account sees this browser for the first time."""

    token: str
    is_new: bool


def knows(account_id: UUID, token: str) -> bool:
    """True when the browser that holds this token passed every step for this account before."""
    return is_token(token) and _rows(token).filter(account_id=account_id).exists()


def number_knows(number: str, token: str) -> bool:
    """The same, by the number in normal form that somebody signs in with."""
    return is_token(token) and _rows(token).filter(account__beneficiary__number=number).exists()


def is_token(token: str) -> bool:
    """True when this has the form of a token of ours; anything else is not looked for."""
    return _TOKEN.fullmatch(token) is not None


def remember_browser(account: Account, token: str, *, label: str, now: datetime) -> Remembered:
    """Notes that this browser passed every step. A token that nobody gave out is replaced, never adopted."""
    with transaction.atomic():
        if not is_token(token) or not _rows(token).exists():
            token = secrets.token_urlsafe(32)
        row, is_new = KnownBrowser.objects.get_or_create(
            account=account,
            token_hash=token_hash(token),
            defaults={"label": label[:80], "first_seen": now, "last_seen": now},
        )
        if is_new:
            _forget_oldest(account.pk)
        else:
            KnownBrowser.objects.filter(pk=row.pk).update(label=label[:80], last_seen=now)
    return Remembered(token, is_new)


def forget_browsers(account_id: UUID) -> int:
    """Makes every browser a stranger to this account again; returns how many were known."""
    return KnownBrowser.objects.filter(account_id=account_id).delete()[0]


def hashes_of(account_id: UUID) -> list[str]:
    """The hashes of the tokens that this account knows."""
    return list(KnownBrowser.objects.filter(account_id=account_id).values_list("token_hash", flat=True))


def _rows(token: str) -> QuerySet[KnownBrowser]:
    return KnownBrowser.objects.filter(token_hash=token_hash(token))


def _forget_oldest(account_id: UUID) -> None:
    known = KnownBrowser.objects.filter(account_id=account_id).order_by("-last_seen", "-pk")
    KnownBrowser.objects.filter(pk__in=list(known.values_list("pk", flat=True)[AT_MOST:])).delete()
