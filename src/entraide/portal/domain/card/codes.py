"""The keys that sign cards, and the code of one card (B-07).

A signing key is derived from each data key of the deployment, for this purpose alone; the id of a key is a
fingerprint of its public half. Cards are signed with the current one and read with any: one that is taken
out of the settings proves no card any more.
"""

from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from entraide.formats.card_code import CardClaims, CardKey, write_card_code
from entraide.portal.domain.card.queries import CoverageCard
from entraide.portal.foundation.vault.keys import derive

PURPOSE = "card code"


def card_keys() -> dict[str, CardKey]:
    """The public keys by id, that of today's cards first. Nothing secret."""
    ring = settings.ENTRAIDE.keys
    names = sorted(ring.keys, key=lambda name: name != ring.current)
    found = (CardKey(settings.PROFILE.slug, _signing_key(ring.keys[name]).public_key()) for name in names)
    return {one.id: one for one in found}


def code_of(card: CoverageCard) -> str:
    """The signed code of a card, as its QR holds it; the same card has the same code."""
    ring = settings.ENTRAIDE.keys
    claims = CardClaims(
        mutual=settings.PROFILE.slug,
        member_number=card.member_number,
        number=card.number,
        name=card.name,
        birth_date=card.birth_date,
        starts_on=card.starts_on,
        ends_on=card.ends_on,
        series=card.series,
    )
    return write_card_code(claims, key=_signing_key(ring.keys[ring.current]))


@lru_cache(maxsize=16)
def _signing_key(master: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(derive(master, PURPOSE))
