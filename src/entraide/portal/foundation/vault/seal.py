"""Sealing of short values: AES-256-GCM, random nonce, key id in front, bound to where the value lives."""

import os
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from entraide.portal.foundation.vault.keys import derive

if TYPE_CHECKING:
    from entraide.portal.foundation.vault.keys import KeyRing

_NONCE = 12


class SealBroken(Exception):
    """The bytes were altered, moved to another place, or sealed with a key that is gone."""


def seal(ring: "KeyRing", clear: bytes, *, place: str) -> bytes:
    """Ciphertext that opens only with the same `place` (A62): key id, nonce, then AES-GCM output."""
    name = ring.current.encode()
    nonce = os.urandom(_NONCE)
    box = AESGCM(derive(ring.keys[ring.current], "field")).encrypt(nonce, clear, place.encode())
    return bytes([len(name)]) + name + nonce + box


def unseal(ring: "KeyRing", sealed: bytes, *, place: str) -> bytes:
    """The clear bytes; raises SealBroken when they are not what was sealed at this place."""
    size = sealed[0] if sealed else 0
    name = sealed[1 : 1 + size].decode(errors="replace")
    nonce = sealed[1 + size : 1 + size + _NONCE]
    if name not in ring.keys:
        raise SealBroken(f"no key named {name!r}")
    try:
        return AESGCM(derive(ring.keys[name], "field")).decrypt(
            nonce, sealed[1 + size + _NONCE :], place.encode()
        )
    except (InvalidTag, ValueError):  # ValueError: too short to hold a nonce
        raise SealBroken(f"altered or misplaced value at {place}") from None
