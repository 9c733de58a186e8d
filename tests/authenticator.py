"""A passkey in software: answers WebAuthn questions as a phone does, or as a thief would like to."""

import json
from dataclasses import dataclass, field
from hashlib import sha256
from os import urandom
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

ORIGIN, HOST = "http://localhost:8000", "localhost"
FLAG = AuthenticatorData.FLAG


@dataclass
class Authenticator:
    """One device with one key; its faults are attributes that a test changes."""

    origin: str = ORIGIN
    host: str = HOST
    verifies_user: bool = True
    count: int = 0
    # 0: a passkey synced between devices, which does not count.
    counts_by: int = 1
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    id: bytes = field(default_factory=lambda: urandom(32))
    user_handle: bytes = b""

    def create(self, options: dict[str, Any]) -> dict[str, Any]:
        """Answers `navigator.credentials.create`."""
        asked = options["publicKey"]
        self.user_handle = websafe_decode(asked["user"]["id"])
        public = ES256.from_cryptography_key(self.key.public_key())
        credential = AttestedCredentialData.create(Aaguid.NONE, self.id, public)
        data = AuthenticatorData.create(self._scope(), self._flags() | FLAG.AT, self.count, credential)
        attestation = AttestationObject.create("none", data, {})
        client = self._client("webauthn.create", asked["challenge"])
        return self._answer(clientDataJSON=client, attestationObject=bytes(attestation))

    def get(self, options: dict[str, Any]) -> dict[str, Any]:
        """Answers `navigator.credentials.get`."""
        self.count += self.counts_by
        data = AuthenticatorData.create(self._scope(), self._flags(), self.count)
        client = self._client("webauthn.get", options["publicKey"]["challenge"])
        signature = self.key.sign(bytes(data) + sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._answer(
            clientDataJSON=client,
            authenticatorData=bytes(data),
            signature=signature,
            userHandle=self.user_handle,
        )

    def _scope(self) -> bytes:
        return sha256(self.host.encode()).digest()

    def _flags(self) -> AuthenticatorData.FLAG:
        return FLAG.UP | FLAG.UV if self.verifies_user else FLAG.UP

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps(
            {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        ).encode()

    def _answer(self, **parts: bytes) -> dict[str, Any]:
        written = websafe_encode(self.id)
        response = {name: websafe_encode(value) for name, value in parts.items()}
        return {"id": written, "rawId": written, "type": "public-key", "response": response}
