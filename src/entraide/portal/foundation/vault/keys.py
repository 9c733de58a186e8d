"""Keys of the deployment: data keys with ids, and the key of the blind indexes and sealed ids."""

import hashlib
import hmac
import uuid
from dataclasses import dataclass, field
from functools import lru_cache

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


@dataclass(frozen=True, slots=True)
class KeyRing:
    """`current` seals; every key of `keys` opens; `index` never changes as long as the data lives."""

    current: str
    keys: dict[str, bytes] = field(repr=False, hash=False)
    index: bytes = field(repr=False)

    def blind_index(self, purpose: str, value: str) -> str:
        """A keyed fingerprint (64 hex characters) that finds equal values without storing them (A63)."""
        key = derive(self.index, f"blind:{purpose}")
        return hmac.new(key, value.encode(), hashlib.sha256).hexdigest()

    def sealed_id(self, purpose: str, reference: str) -> uuid.UUID:
        """An identifier nobody can guess, always the same for one reference of the management system."""
        key = derive(self.index, f"id:{purpose}")
        digest = hashlib.blake2b(reference.encode(), key=key, digest_size=16).digest()
        return uuid.UUID(bytes=digest, version=4)


@lru_cache(maxsize=512)
def derive(key: bytes, purpose: str) -> bytes:
    """A 32-byte key for one purpose only, from a master key (HKDF-SHA-256)."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(key)
