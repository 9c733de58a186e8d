"""Argon2id with a pepper that is not in the database, a few at a time (A11)."""

import hashlib
import hmac
import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher

from entraide.portal.foundation.vault.keys import derive
from entraide.portal.foundation.web.errors import Busy

# Each keeps a core and 19 MiB busy. Two web processes together fill the cores with it, and never more:
# whatever asks for a hash (sign-in, a change, an agent), the pages that need none go on.
AT_ONCE = max(1, (os.cpu_count() or 1) // 2)
_places = BoundedSemaphore(AT_ONCE)
# Far more than a hash takes behind those that may wait before it: beyond, a page says so (503).
PATIENCE_SECONDS = 15.0


class PepperedArgon2(Argon2PasswordHasher):
    """Argon2id, 19 MiB, 2 passes, 1 lane, over an HMAC of the whole password: nothing is cut."""

    algorithm = "argon2pepper"
    memory_cost = 19 * 1024
    time_cost = 2
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        with _place():
            return super().encode(_peppered(password), salt)

    def verify(self, password: str, encoded: str) -> bool:
        with _place():
            return super().verify(_peppered(password), encoded)


@contextmanager
def _place() -> Iterator[None]:
    """One of the places; raises Busy when none is free in time: never one more at once."""
    if not _places.acquire(timeout=PATIENCE_SECONDS):
        raise Busy("password hashing")
    try:
        yield
    finally:
        _places.release()


def _peppered(password: str) -> str:
    key = derive(settings.ENTRAIDE.keys.index, "password pepper")
    return hmac.new(key, password.encode(), hashlib.sha256).hexdigest()
