"""The key by which push services know this deployment (RFC 8292).

It follows from `index`, the key that never changes: a browser's subscription is bound to it, and a rotation
of the data keys must not silence every phone. It opens nothing: it only proves who sends.
"""

from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from django.conf import settings

from entraide.formats.push_message import private_key, public_point, text_of
from entraide.portal.foundation.vault.keys import derive

PURPOSE = "web push"


def sender_key() -> EllipticCurvePrivateKey:
    return _key(settings.ENTRAIDE.keys.index)


def public_sender_key() -> str:
    """What a browser is given when it subscribes. Nothing secret."""
    return text_of(public_point(sender_key()))


@lru_cache(maxsize=4)
def _key(master: bytes) -> EllipticCurvePrivateKey:
    return private_key(derive(master, PURPOSE))
