"""The token that hands somebody over to a partner: who sends, to whom, whom, for how long, signed.

A JSON Web Token in its compact form (RFC 7519, RFC 7515) signed with Ed25519 (RFC 8037), so that any partner
reads it with a library of theirs. Ours reads one form alone: one algorithm, the claims below and no others,
written as we write them. Keys are told as a JSON Web Key Set (RFC 7517). Pure: no clock, no keys of its own.
"""

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

# Longer than any token: what is longer is not even looked at.
MAX_LENGTH = 2000
# How far ahead of ours the clock of who reads may be.
LEEWAY_SECONDS = 30
_TOKEN = re.compile(r"([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]{86})")
_KEY_ID = re.compile(r"[0-9a-f]{16}")
_ALGORITHM = "EdDSA"


class TokenFault(StrEnum):
    """Why a token is refused. `malformed`: no token of ours at all, or only a part of one."""

    MALFORMED = "malformed"
    UNKNOWN_KEY = "unknown_key"
    FORGED = "forged"
    OTHER_AUDIENCE = "other_audience"
    NOT_YET = "not_yet"
    EXPIRED = "expired"


class TokenRefused(Exception):
    """The text is no token that these keys signed for this partner and moment.

    `claims`: what it says, where its signature is right.
    """

    def __init__(self, fault: TokenFault, *, claims: "HandOverClaims | None" = None) -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.claims = claims


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverClaims:
    """What a token says. Moments are seconds since 1970.

    `subject`: whom it hands over; `actor`: who signed in for them, where that is somebody else; `nonce`: the
    same never serves twice.
    """

    issuer: str
    audience: str
    subject: str
    nonce: str
    issued_at: int
    expires_at: int
    actor: str = ""


def write_token(claims: HandOverClaims, *, key: Ed25519PrivateKey) -> str:
    """The token of these claims; raises ValueError for claims that could not be read again."""
    payload = _dump(_told(claims))
    if _claims(payload) != claims:
        raise ValueError("a claim that no token can hold")
    signed = f"{_encode(_header(key_id(key.public_key())))}.{_encode(payload)}"
    return f"{signed}.{_encode(key.sign(signed.encode()))}"


def read_token(text: str, *, keys: Mapping[str, Ed25519PublicKey], audience: str, now: int) -> HandOverClaims:
    """The claims of a token that one of these keys signed for this partner; raises TokenRefused.

    This is all that can be told offline: not whether it was used before.
    """
    claims = _signed_claims(text.strip(), keys)
    if claims.audience != audience:
        raise TokenRefused(TokenFault.OTHER_AUDIENCE)
    if now < claims.issued_at - LEEWAY_SECONDS:
        raise TokenRefused(TokenFault.NOT_YET, claims=claims)
    if now >= claims.expires_at:
        raise TokenRefused(TokenFault.EXPIRED, claims=claims)
    return claims


def key_id(public: Ed25519PublicKey) -> str:
    """A fingerprint of the key: 16 hexadecimal digits."""
    return hashlib.sha256(public.public_bytes_raw()).hexdigest()[:16]


def write_key_set(keys: Iterable[Ed25519PublicKey]) -> str:
    """The public keys as a JSON Web Key Set, one line."""
    rows = [
        {
            "kty": "OKP",
            "crv": "Ed25519",
            "use": "sig",
            "alg": _ALGORITHM,
            "kid": key_id(one),
            "x": _encode(one.public_bytes_raw()),
        }
        for one in keys
    ]
    return json.dumps({"keys": rows}) + "\n"


def read_key_set(text: str) -> dict[str, Ed25519PublicKey]:
    """The keys of such a set, by id; raises ValueError with the number of a bad one."""
    found = _object(text.encode())
    rows = found.get("keys") if found is not None else None
    if not isinstance(rows, list):
        raise ValueError('no set of keys, expected {"keys": […]}')
    keys = {}
    for number, row in enumerate(rows, 1):
        key = _public_key(row)
        if key is None:
            raise ValueError(f"key {number}: not an Ed25519 key with its id")
        keys[key_id(key)] = key
    return keys


def _signed_claims(text: str, keys: Mapping[str, Ed25519PublicKey]) -> HandOverClaims:
    found = _TOKEN.fullmatch(text) if len(text) <= MAX_LENGTH else None
    if found is None:
        raise TokenRefused(TokenFault.MALFORMED)
    header, payload, signature = (_decode(found[number]) for number in (1, 2, 3))
    claims = _claims(payload) if payload is not None else None
    named = _named_key(header) if header is not None else None
    if claims is None or named is None or signature is None:
        raise TokenRefused(TokenFault.MALFORMED)
    if named not in keys:
        raise TokenRefused(TokenFault.UNKNOWN_KEY)
    try:
        keys[named].verify(signature, f"{found[1]}.{found[2]}".encode())
    except InvalidSignature:
        raise TokenRefused(TokenFault.FORGED) from None
    return claims


def _header(named: str) -> bytes:
    return _dump({"alg": _ALGORITHM, "kid": named, "typ": "JWT"})


def _named_key(header: bytes) -> str | None:
    """None for any header that we would have written otherwise: no other algorithm is ever considered."""
    found = _object(header)
    named = str(found.get("kid")) if found is not None else ""
    return named if _KEY_ID.fullmatch(named) and _header(named) == header else None


def _told(claims: HandOverClaims) -> dict[str, Any]:
    actor = {"act": {"sub": claims.actor}} if claims.actor else {}
    return {
        "iss": claims.issuer,
        "aud": claims.audience,
        "sub": claims.subject,
        "jti": claims.nonce,
        "iat": claims.issued_at,
        "exp": claims.expires_at,
        **actor,
    }


def _claims(payload: bytes) -> HandOverClaims | None:
    """None for anything that `_told` would have written otherwise."""
    found = _object(payload)
    if found is None:
        return None
    actor = found.get("act", {"sub": ""})
    try:
        claims = HandOverClaims(
            issuer=found["iss"],
            audience=found["aud"],
            subject=found["sub"],
            nonce=found["jti"],
            issued_at=found["iat"],
            expires_at=found["exp"],
            actor=actor["sub"],
        )
    except (KeyError, TypeError):
        return None
    texts = (claims.issuer, claims.audience, claims.subject, claims.nonce)
    whole = all(type(one) is int for one in (claims.issued_at, claims.expires_at))
    if not whole or not all(isinstance(one, str) and one for one in texts):
        return None
    return claims if isinstance(claims.actor, str) and _is_written_so(claims, payload) else None


def _is_written_so(claims: HandOverClaims, payload: bytes) -> bool:
    try:
        return _dump(_told(claims)) == payload
    except UnicodeEncodeError:
        # JSON can name half a character, which no text of ours holds.
        return False


def _public_key(row: object) -> Ed25519PublicKey | None:
    if not isinstance(row, dict) or (row.get("kty"), row.get("crv")) != ("OKP", "Ed25519"):
        return None
    raw = _decode(str(row.get("x")))
    try:
        key = Ed25519PublicKey.from_public_bytes(raw or b"")
    except ValueError:
        return None
    return key if key_id(key) == row.get("kid") else None


def _object(raw: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(raw.decode())
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _dump(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _decode(text: str) -> bytes | None:
    """None also for letters whose last bits say nothing: another letter would be read the same."""
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return None
    return raw if _encode(raw) == text else None
