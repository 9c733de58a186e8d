"""A push service on this machine, and browsers that open what it hands them: the other side of RFC 8291.

Written from the standard with hashes and HMAC alone, not with the code that seals.
"""

import hashlib
import hmac
import json
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from entraide.formats.push_message import Receiver, public_point, text_of


@dataclass
class Browser:
    """A browser that subscribed: its private key and its secret."""

    key: ec.EllipticCurvePrivateKey
    secret: bytes

    @classmethod
    def new(cls) -> "Browser":
        return cls(ec.generate_private_key(ec.SECP256R1()), secrets.token_bytes(16))

    @property
    def receiver(self) -> Receiver:
        return Receiver(public_point(self.key), self.secret)

    def subscription(self, endpoint: str) -> dict[str, Any]:
        """As a page's script sends it."""
        keys = {"p256dh": text_of(public_point(self.key)), "auth": text_of(self.secret)}
        return {"endpoint": endpoint, "expirationTime": None, "keys": keys}

    def open(self, body: bytes) -> bytes:
        """Raises ValueError for what was not sealed for it."""
        salt, size, length = body[:16], int.from_bytes(body[16:20]), body[20]
        point, record = body[21 : 21 + length], body[21 + length :]
        if len(record) > size:
            raise ValueError("more than one record")
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        shared = self.key.exchange(ec.ECDH(), theirs)
        own = public_point(self.key)
        keying = _expand(_mac(self.secret, shared), b"WebPush: info\0" + own + point, 32)
        pseudo = _mac(salt, keying)
        key = _expand(pseudo, b"Content-Encoding: aes128gcm\0", 16)
        nonce = _expand(pseudo, b"Content-Encoding: nonce\0", 12)
        try:
            padded = AESGCM(key).decrypt(nonce, record, None)
        except InvalidTag:
            raise ValueError("it does not open") from None
        message, mark, _zeros = padded.rpartition(b"\x02")
        if not mark:
            raise ValueError("no last record")
        return message


def _mac(key: bytes, message: bytes) -> bytes:
    return hmac.new(key, message, hashlib.sha256).digest()


def _expand(key: bytes, info: bytes, length: int) -> bytes:
    return _mac(key, info + b"\x01")[:length]


@dataclass
class Pushed:
    """One request as the service took it."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class PushService:
    """`answers`: the status for a path; 201 for every other."""

    address: str
    taken: list[Pushed] = field(default_factory=list)
    answers: dict[str, int] = field(default_factory=dict)

    def told(self, browser: Browser, path: str) -> list[dict[str, str]]:
        """What this browser would show, one after the other."""
        return [json.loads(browser.open(one.body)) for one in self.taken if one.path == path]


@contextmanager
def push_service() -> Iterator[PushService]:
    service = PushService("")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = service.answers.get(self.path, 201)
            if status < 300:
                service.taken.append(Pushed(self.path, dict(self.headers), body))
            self.send_response(status)
            if status in {301, 307}:
                self.send_header("Location", f"{service.address}/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            return None

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
