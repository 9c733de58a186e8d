"""A message for a browser that is closed: sealed for it alone (RFC 8291), and who sends it (RFC 8292).

The push service in between carries bytes that it cannot open.
"""

import base64
import json
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_CURVE = ec.SECP256R1()
# Of P-256: private keys lie between 1 and this less 1.
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_RECORD = 4096
_POINT, _SECRET, _SALT = 65, 16, 16
# What a record of this size may hold: its last sign, and the tag of the cipher.
LONGEST = _RECORD - 17


@dataclass(frozen=True, slots=True)
class Receiver:
    """The keys of one browser's subscription: its point on the curve, and its secret."""

    point: bytes
    secret: bytes

    def __post_init__(self) -> None:
        """Raises ValueError for keys that no browser makes."""
        if len(self.point) != _POINT or len(self.secret) != _SECRET:
            raise ValueError("a point of 65 bytes and a secret of 16")
        ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, self.point)


def text_of(raw: bytes) -> str:
    """Base64url without padding, as browsers write keys."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def bytes_of(text: str) -> bytes:
    """Raises ValueError for what is no base64url."""
    if not text.isascii() or set(text) & set("+/"):
        raise ValueError("base64url")
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def private_key(seed: bytes) -> ec.EllipticCurvePrivateKey:
    """The key of the curve that follows from 32 bytes, always the same one."""
    return ec.derive_private_key(int.from_bytes(seed) % (_ORDER - 1) + 1, _CURVE)


def public_point(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def seal_message(
    message: bytes, receiver: Receiver, *, sender: ec.EllipticCurvePrivateKey, salt: bytes
) -> bytes:
    """The body of the request: one record of `aes128gcm`. `sender` and `salt` serve once."""
    if len(message) > LONGEST or len(salt) != _SALT:
        raise ValueError(f"{LONGEST} bytes at most, and a salt of {_SALT}")
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, receiver.point)
    ours = public_point(sender)
    shared = sender.exchange(ec.ECDH(), theirs)
    keying = _derive(shared, receiver.secret, b"WebPush: info\x00" + receiver.point + ours, 32)
    key = _derive(keying, salt, b"Content-Encoding: aes128gcm\x00", 16)
    nonce = _derive(keying, salt, b"Content-Encoding: nonce\x00", 12)
    head = salt + _RECORD.to_bytes(4) + bytes([len(ours)]) + ours
    return head + AESGCM(key).encrypt(nonce, message + b"\x02", None)


def _derive(key: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(key)


def sender_header(key: ec.EllipticCurvePrivateKey, *, service: str, contact: str, expires: int) -> str:
    """The `Authorization` of a push: signed for this service (its origin), until `expires` (since 1970)."""
    parts = ({"typ": "JWT", "alg": "ES256"}, {"aud": service, "exp": expires, "sub": contact})
    told = ".".join(text_of(json.dumps(part, separators=(",", ":")).encode()) for part in parts)
    r, s = decode_dss_signature(key.sign(told.encode(), ec.ECDSA(SHA256())))
    return f"vapid t={told}.{text_of(r.to_bytes(32) + s.to_bytes(32))}, k={text_of(public_point(key))}"
