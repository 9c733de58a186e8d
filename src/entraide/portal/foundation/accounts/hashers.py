"""Argon2id with a pepper that is not in the database (A11)."""

import hashlib
import hmac

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher

from entraide.portal.foundation.vault.keys import derive


class PepperedArgon2(Argon2PasswordHasher):
    """Argon2id, 19 MiB, 2 passes, 1 lane, over an HMAC of the whole password: nothing is cut."""

    algorithm = "argon2pepper"
    memory_cost = 19 * 1024
    time_cost = 2
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        return super().encode(_peppered(password), salt)

    def verify(self, password: str, encoded: str) -> bool:
        return super().verify(_peppered(password), encoded)


def _peppered(password: str) -> str:
    key = derive(settings.ENTRAIDE.keys.index, "password pepper")
    return hmac.new(key, password.encode(), hashlib.sha256).hexdigest()
