"""One push to one browser, through the service of its maker (RFC 8030, 8291, 8292)."""

import ipaddress
import secrets
import socket
import time
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from entraide.formats.push_message import Receiver, bytes_of, private_key, seal_message, sender_header
from entraide.portal.domain.messaging import OutPush, PushGone
from entraide.portal.domain.push.endpoints import is_push_address, is_this_machine
from entraide.portal.domain.push.keys import sender_key

TIMEOUT_SECONDS = 5
# A phone that was off for longer is not told of old answers.
KEPT_SECONDS = 24 * 3600
_SIGNED_FOR_SECONDS = 3600
_GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
_TAKEN = frozenset({HTTPStatus.OK, HTTPStatus.CREATED, HTTPStatus.ACCEPTED, HTTPStatus.NO_CONTENT})


class WebPush:
    """No redirect is followed, no proxy asked; the name is resolved once, and checked (A59)."""

    def send_push(self, push: OutPush) -> None:
        if not is_push_address(push.endpoint):
            raise PushGone("an address that is no push service's any more")
        parts = urlsplit(push.endpoint)
        sender = private_key(secrets.token_bytes(40))
        receiver = Receiver(bytes_of(push.point), bytes_of(push.secret))
        body = seal_message(push.text.encode(), receiver, sender=sender, salt=secrets.token_bytes(16))
        status = _post(parts, body, _headers(parts, topic=push.topic), address=_address_of(push.endpoint))
        if status in _GONE:
            raise PushGone(f"the push service answered {status}")
        if status not in _TAKEN:
            raise OSError(f"the push service answered {status}")


def _headers(parts: SplitResult, *, topic: str) -> dict[str, str]:
    contact = f"mailto:{settings.PROFILE.contacts.email}"
    service, expires = f"{parts.scheme}://{parts.netloc}", int(time.time()) + _SIGNED_FOR_SECONDS
    return {
        "Authorization": sender_header(sender_key(), service=service, contact=contact, expires=expires),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(KEPT_SECONDS),
        "Urgency": "normal",
        # One that waits at the service is replaced by the next of the same kind.
        "Topic": topic,
    }


def _address_of(endpoint: str) -> str:
    """Where the name leads, once and for all: never into a network of our own."""
    parts = urlsplit(endpoint)
    port = parts.port or 443
    found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    addresses = [str(one[4][0]) for one in found]
    if is_this_machine(endpoint):
        return next(one for one in addresses if ipaddress.ip_address(one).is_loopback)
    if not all(ipaddress.ip_address(one).is_global for one in addresses):
        raise OSError("the name of the push service leads into a private network")
    return addresses[0]


class _Pinned(HTTPSConnection):
    """To the address that was checked, under the name that the certificate must have."""

    def __init__(self, host: str, port: int, *, address: str) -> None:
        super().__init__(host, port, timeout=TIMEOUT_SECONDS)
        self.address = address

    def connect(self) -> None:
        line = socket.create_connection((self.address, self.port), self.timeout)
        self.sock = self._context.wrap_socket(line, server_hostname=self.host)  # type: ignore[attr-defined]


def _post(parts: SplitResult, body: bytes, headers: dict[str, str], *, address: str) -> int:
    host, path = parts.hostname or "", f"{parts.path}?{parts.query}" if parts.query else parts.path
    if parts.scheme == "https":
        connection: HTTPConnection = _Pinned(host, parts.port or 443, address=address)
    else:
        connection = HTTPConnection(address, parts.port, timeout=TIMEOUT_SECONDS)
    try:
        connection.request("POST", path, body=body, headers=headers)
        return connection.getresponse().status
    except HTTPException as error:
        raise OSError("the push service answered what is no HTTP") from error
    finally:
        connection.close()
