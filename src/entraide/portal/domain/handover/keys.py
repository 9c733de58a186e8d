"""The keys that sign hand-overs, and the name under which a partner knows somebody.

A signing key is derived from each data key of the deployment, for this purpose alone: a rotation of the data
keys replaces it. A pseudonym is always the same for one person and partner, and says nothing to another one.
"""

from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from entraide.formats.handover_token import key_id
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.vault.keys import derive
from entraide.profiles import HandOverRules

PURPOSE = "partner hand-over"
_PSEUDONYM_LENGTH = 32


def handover_keys() -> dict[str, Ed25519PublicKey]:
    """The public keys by id, that of today first. Nothing secret."""
    ring = settings.ENTRAIDE.keys
    names = sorted(ring.keys, key=lambda name: name != ring.current)
    found = (_signing_key(ring.keys[name]).public_key() for name in names)
    return {key_id(one): one for one in found}


def current_key() -> Ed25519PrivateKey:
    ring = settings.ENTRAIDE.keys
    return _signing_key(ring.keys[ring.current])


def known_as(person: Beneficiary, rules: HandOverRules) -> str:
    """What the partner knows this person by."""
    if rules.known_by == "member_number":
        return person.number
    ring = settings.ENTRAIDE.keys
    return ring.blind_index(f"partner:{rules.audience}", str(person.pk))[:_PSEUDONYM_LENGTH]


@lru_cache(maxsize=16)
def _signing_key(master: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(derive(master, PURPOSE))
