"""The code of a card: what the card says of its holder, signed, so that anybody can check it offline.

    EC1.<id of the key>.<claims>.<signature>

The claims are lines of UTF-8 in a fixed order, the signature is Ed25519 over the version, the id of the key
and the claims; both in base64url without padding. A text that could be written in another way is refused,
so that one card has one code. Pure: no clock, no keys of its own. Nothing in it is a health number.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

VERSION = "EC1"
# Longer than any code: what is longer is not even looked at.
MAX_LENGTH = 1200
LONGEST_NAME = 80
_CODE = re.compile(r"EC1\.([0-9a-f]{8})\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]{86})")
_MUTUAL = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_NUMBER = re.compile(r"[0-9A-Z]{1,20}")
_SERIES = re.compile(r"[1-9][0-9]{0,5}")


class CardFault(StrEnum):
    """Why a code is refused. `malformed`: no code of a card at all, or only a part of one.

    The last two are said of a card that was read, on a day that is not one of its own.
    """

    MALFORMED = "malformed"
    OTHER_MUTUAL = "other_mutual"
    UNKNOWN_KEY = "unknown_key"
    FORGED = "forged"
    NOT_YET = "not_yet"
    EXPIRED = "expired"


class CardCodeRefused(Exception):
    """The text is no code that these keys signed, or its days are not now.

    `claims`: what it says, where its signature is right.
    """

    def __init__(self, fault: CardFault, *, claims: "CardClaims | None" = None) -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.claims = claims


@dataclass(frozen=True, slots=True, kw_only=True)
class CardClaims:
    """What a card says: of which mutual, whose, for which days (both included), of which series.

    `member_number` is the membership's, `number` the holder's own. Names are cut to 80 characters.
    """

    mutual: str
    member_number: str
    number: str
    name: str
    birth_date: date
    starts_on: date
    ends_on: date
    series: int


@dataclass(frozen=True, slots=True)
class CardKey:
    """A public key and the mutual whose cards it proves."""

    mutual: str
    public: Ed25519PublicKey

    @property
    def id(self) -> str:
        return _key_id(self.public)


def write_card_code(claims: CardClaims, *, key: Ed25519PrivateKey) -> str:
    """The code of these claims; the same claims and key give the same code.

    Raises ValueError for a claim that could not be read again.
    """
    payload = _payload(claims)
    if _claims(payload) is None:
        raise ValueError("a claim that no code can hold")
    key_id = _key_id(key.public_key())
    signature = key.sign(_signed(key_id, payload))
    return f"{VERSION}.{key_id}.{_encode(payload)}.{_encode(signature)}"


def read_card_code(text: str, *, keys: Mapping[str, CardKey]) -> CardClaims:
    """The claims of a code that one of these keys signed for its own mutual; raises CardCodeRefused."""
    found = _CODE.fullmatch(text) if len(text) <= MAX_LENGTH else None
    if found is None:
        raise CardCodeRefused(CardFault.MALFORMED)
    key_id, payload, signature = found[1], _decode(found[2]), _decode(found[3])
    claims = _claims(payload) if payload is not None else None
    if payload is None or signature is None or claims is None:
        raise CardCodeRefused(CardFault.MALFORMED)
    key = keys.get(key_id)
    if key is None:
        ours = claims.mutual in {one.mutual for one in keys.values()}
        raise CardCodeRefused(CardFault.UNKNOWN_KEY if ours else CardFault.OTHER_MUTUAL)
    try:
        key.public.verify(signature, _signed(key_id, payload))
    except InvalidSignature:
        raise CardCodeRefused(CardFault.FORGED) from None
    if claims.mutual != key.mutual:
        raise CardCodeRefused(CardFault.FORGED)
    return claims


def check_card_code(text: str, *, keys: Mapping[str, CardKey], on: date) -> CardClaims:
    """The claims of a code, or of the link that a QR holds, valid on that day; raises CardCodeRefused.

    This is all that can be told offline: not whether the card was replaced or the contract ended since.
    """
    claims = read_card_code(_code_in(text), keys=keys)
    if on < claims.starts_on:
        raise CardCodeRefused(CardFault.NOT_YET, claims=claims)
    if on > claims.ends_on:
        raise CardCodeRefused(CardFault.EXPIRED, claims=claims)
    return claims


def write_keys(keys: Iterable[CardKey]) -> str:
    """A line for each key: mutual, id, the 32 bytes in base64."""
    lines = [
        f"{one.mutual} {one.id} {base64.b64encode(one.public.public_bytes_raw()).decode()}" for one in keys
    ]
    return "".join(f"{line}\n" for line in lines)


def read_keys(text: str) -> dict[str, CardKey]:
    """The keys of such lines, of one or several mutuals; raises ValueError with the number of a bad line."""
    keys = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        key = _key_of(line.split())
        if key is None:
            raise ValueError(f"line {number}: not a mutual, an id and a key")
        keys[key.id] = key
    return keys


def _code_in(text: str) -> str:
    """What stands behind the # of a link, or the text itself; without the spaces that a copy brings."""
    return "".join(text[: 2 * MAX_LENGTH].rpartition("#")[2].split())


def _key_of(parts: list[str]) -> CardKey | None:
    if len(parts) != 3 or not _MUTUAL.fullmatch(parts[0]):
        return None
    try:
        raw = base64.b64decode(parts[2], validate=True)
        key = CardKey(parts[0], Ed25519PublicKey.from_public_bytes(raw))
    except ValueError:
        return None
    return key if key.id == parts[1] else None


def _key_id(public: Ed25519PublicKey) -> str:
    return hashlib.sha256(public.public_bytes_raw()).hexdigest()[:8]


def _signed(key_id: str, payload: bytes) -> bytes:
    return f"entraide card {VERSION} {key_id}\n".encode() + payload


def _payload(claims: CardClaims) -> bytes:
    days = [one.isoformat().replace("-", "") for one in (claims.birth_date, claims.starts_on, claims.ends_on)]
    name = " ".join(claims.name.split())[:LONGEST_NAME].strip()
    lines = [claims.mutual, claims.member_number, claims.number, name, *days, str(claims.series)]
    return "\n".join(lines).encode()


def _claims(payload: bytes) -> CardClaims | None:
    """None for anything that `_payload` would have written otherwise."""
    try:
        mutual, member_number, number, name, birth, starts, ends, series = payload.decode().split("\n")
        days = [date(int(one[:4]), int(one[4:6]), int(one[6:])) for one in (birth, starts, ends)]
    except ValueError:
        return None
    numbers = _NUMBER.fullmatch(member_number) and _NUMBER.fullmatch(number)
    if not (_MUTUAL.fullmatch(mutual) and numbers and name and _SERIES.fullmatch(series)):
        return None
    claims = CardClaims(
        mutual=mutual, member_number=member_number, number=number, name=name,
        birth_date=days[0], starts_on=days[1], ends_on=days[2], series=int(series),
    )  # fmt: skip
    return claims if _payload(claims) == payload and days[1] <= days[2] else None


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _decode(text: str) -> bytes | None:
    """None also for letters whose last bits say nothing: another letter would be read the same."""
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return None
    return raw if _encode(raw) == text else None
