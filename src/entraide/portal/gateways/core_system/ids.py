"""Sealed identifiers by the hundred thousand: the same as `KeyRing.sealed_id`, as hexadecimal text."""

from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b

from entraide.portal.foundation.vault.keys import KeyRing, derive

_VARIANT = {digit: "89ab"[int(digit, 16) & 3] for digit in "0123456789abcdef"}


def sealed_ids(ring: KeyRing, purpose: str, references: Iterable[str]) -> list[str]:
    """One identifier per reference, in order. Making UUID objects would take most of the time."""
    keyed = blake2b(key=derive(ring.index, f"id:{purpose}"), digest_size=16)
    variant = _VARIANT
    ids = []
    for reference in references:
        digest = keyed.copy()
        digest.update(reference.encode())
        text = digest.hexdigest()
        ids.append(f"{text[:12]}4{text[13:16]}{variant[text[16]]}{text[17:]}")
    return ids


def remembered_ids(ring: KeyRing, purpose: str, references: Iterable[str]) -> list[str]:
    """The same for references that come several times in a row."""
    one = lru_cache(maxsize=4096)(lambda reference: sealed_ids(ring, purpose, (reference,))[0])
    return list(map(one, references))
