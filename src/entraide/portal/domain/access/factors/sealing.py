"""What a page keeps for ten minutes and nobody else may read: sealed, and bound to the account."""

import base64
import binascii
from datetime import datetime

from django.conf import settings

from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.vault.seal import SealBroken, seal, unseal

SECONDS = 600


def seal_for(account: Account, purpose: str, text: str, *, now: datetime) -> str:
    """Text that a session may hold; only `open_for` with the same account and purpose reads it."""
    written = f"{int(now.timestamp())} {text}"
    sealed = seal(settings.ENTRAIDE.keys, written.encode(), place=_place(account, purpose))
    return base64.b64encode(sealed).decode()


def open_for(account: Account, purpose: str, sealed: str, *, now: datetime) -> str | None:
    """The text; None after ten minutes, or when it was altered or sealed for somebody or something else."""
    try:
        raw = base64.b64decode(sealed, validate=True)
        written = unseal(settings.ENTRAIDE.keys, raw, place=_place(account, purpose)).decode()
    except (SealBroken, binascii.Error):
        return None
    at, _space, text = written.partition(" ")
    # A session of the release before holds no time: it is over.
    in_time = at.isdecimal() and 0 <= int(now.timestamp()) - int(at) < SECONDS
    return text if in_time else None


def _place(account: Account, purpose: str) -> str:
    return f"session.{purpose}.{account.pk}"
