"""What a page keeps for a few minutes and nobody else may read: sealed, and bound to the account."""

import base64
import binascii

from django.conf import settings

from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.vault.seal import SealBroken, seal, unseal


def seal_for(account: Account, purpose: str, text: str) -> str:
    """Text that a session may hold; only `open_for` with the same account and purpose reads it."""
    sealed = seal(settings.ENTRAIDE.keys, text.encode(), place=_place(account, purpose))
    return base64.b64encode(sealed).decode()


def open_for(account: Account, purpose: str, sealed: str) -> str | None:
    """The text, or None when it was altered or sealed for somebody or something else."""
    try:
        raw = base64.b64decode(sealed, validate=True)
        return unseal(settings.ENTRAIDE.keys, raw, place=_place(account, purpose)).decode()
    except (SealBroken, binascii.Error):
        return None


def _place(account: Account, purpose: str) -> str:
    return f"session.{purpose}.{account.pk}"
