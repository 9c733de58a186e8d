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


def key_mark(name: str) -> bytes:
    """What every value begins with that the key of this id sealed."""
    return bytes([len(name)]) + name.encode()


def key_of(sealed: bytes) -> str:
    """The id of the key that sealed a value, read without opening it; blank when there is none."""
    size = sealed[0] if sealed else 0
    return sealed[1 : 1 + size].decode(errors="replace")


def seal(ring: "KeyRing", clear: bytes, *, place: str) -> bytes:
    """Ciphertext that opens only with the same `place` (A62): key id, nonce, then AES-GCM output."""
    nonce = os.urandom(_NONCE)
    box = AESGCM(derive(ring.keys[ring.current], "field")).encrypt(nonce, clear, place.encode())
    return key_mark(ring.current) + nonce + box


def unseal(ring: "KeyRing", sealed: bytes, *, place: str) -> bytes:
    """The clear bytes; raises SealBroken when they are not what was sealed at this place."""
    name, start = key_of(sealed), 1 + (sealed[0] if sealed else 0)
    nonce = sealed[start : start + _NONCE]
    if name not in ring.keys:
        raise SealBroken(f"no key named {name!r}")
    try:
        return AESGCM(derive(ring.keys[name], "field")).decrypt(
            nonce, sealed[start + _NONCE :], place.encode()
        )
    except (InvalidTag, ValueError):  # ValueError: too short to hold a nonce
        raise SealBroken(f"altered or misplaced value at {place}") from None


def reseal(ring: "KeyRing", sealed: bytes, *, place: str) -> bytes:
    """The same value, sealed anew with the current key; raises SealBroken when it does not open here."""
    return seal(ring, unseal(ring, sealed, place=place), place=place)
