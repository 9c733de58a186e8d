"""A push leaves for the machine that was checked, under the name of its service (MOB-01, A59, RFC 8291)."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import LazySettings

from entraide.formats.push_message import text_of
from entraide.portal.domain.messaging import OutPush, PushGone
from entraide.portal.gateways.web_push import WebPush
from tests.portal.push_service import Browser, push_service

NAME = "web.push.apple.com"
ENDPOINT = f"https://{NAME}/QGu?token=a%2fb"
# Of the maker of that service; nothing is ever sent there: the connection is led to loopback.
PUBLIC = "17.57.144.1"


def push(browser: Browser, endpoint: str = ENDPOINT) -> OutPush:
    receiver = browser.receiver
    return OutPush(
        endpoint=endpoint, point=text_of(receiver.point), secret=text_of(receiver.secret),
        text="Une réponse vous attend.", topic="answer",
    )  # fmt: skip


def certificate(folder: Path, name: str) -> Path:
    """One file with the key and the certificate of this name, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(
        who,
        who,
        key.public_key(),
        x509.random_serial_number(),
        now - timedelta(days=1),
        now + timedelta(days=1),
    ).add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    path = folder / f"{name}.pem"
    path.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        + made.sign(key, SHA256()).public_bytes(Encoding.PEM)
    )
    return path


@dataclass
class Line:
    """The way to the service: what was looked up and connected to, what arrived."""

    looked_up: list[str] = field(default_factory=list)
    connected: list[tuple[str, int]] = field(default_factory=list)
    asked_for: list[str | None] = field(default_factory=list)
    taken: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)


@contextmanager
def service_over_tls(line: Line, pem: Path) -> Iterator[int]:
    """Gives the port of loopback on which it listens."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            line.taken.append((self.path, dict(self.headers), body))
            self.send_response(201)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            return None

    class Server(HTTPServer):
        def handle_error(self, *_args: object) -> None:
            return None

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    context.sni_callback = lambda _line, name, _context: line.asked_for.append(name)
    server = Server(("127.0.0.1", 0), Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def reach(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Line]]:
    """Stands for the network: names lead where the test says, every connection leads to loopback."""
    line, look_up, connect = Line(), socket.getaddrinfo, socket.create_connection
    with ExitStack() as running:

        def start(*leads_to: str, named: str = NAME) -> Line:
            pem = certificate(tmp_path, named)
            port = running.enter_context(service_over_tls(line, pem))

            def leads(host: str, asked: int, *rest: Any, **more: Any) -> list[Any]:
                if host == "127.0.0.1":
                    return look_up(host, asked, *rest, **more)
                line.looked_up.append(host)
                return [
                    (socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, asked)) for one in leads_to or (PUBLIC,)
                ]

            def connects(to: tuple[str, int], *rest: Any) -> socket.socket:
                line.connected.append(to)
                return connect(("127.0.0.1", port), *rest)

            monkeypatch.setenv("SSL_CERT_FILE", str(pem))
            monkeypatch.setattr(socket, "getaddrinfo", leads)
            monkeypatch.setattr(socket, "create_connection", connects)
            return line

        yield start


def test_a_push_goes_to_the_address_that_was_checked_under_the_name_of_its_service(
    reach: Callable[..., Line],
) -> None:
    """The name is looked up once: it cannot lead elsewhere between the check and the connection."""
    line, browser = reach(), Browser.new()

    WebPush().send_push(push(browser))

    ((path, headers, body),) = line.taken
    assert line.looked_up == [NAME]
    assert line.connected == [(PUBLIC, 443)]
    assert line.asked_for == [NAME]
    assert path == "/QGu?token=a%2fb"
    assert (headers["Host"], headers["Topic"], headers["TTL"]) == (NAME, "answer", "86400")
    assert browser.open(body).decode() == "Une réponse vous attend."


@pytest.mark.parametrize(
    "leads_to",
    [
        ["10.0.0.1"], ["127.0.0.1"], ["169.254.169.254"], ["192.168.1.1"], ["::1"], ["fd00::1"],
        [PUBLIC, "10.0.0.1"], ["10.0.0.1", PUBLIC],
    ],
)  # fmt: skip
def test_a_name_that_leads_into_a_network_of_our_own_is_not_connected_to(
    reach: Callable[..., Line], leads_to: list[str]
) -> None:
    """A59: also when one of several addresses does."""
    line = reach(*leads_to)

    with pytest.raises(OSError, match="private network"):
        WebPush().send_push(push(Browser.new()))

    assert line.connected == []


def test_another_machine_without_the_certificate_of_the_service_learns_nothing(
    reach: Callable[..., Line],
) -> None:
    line = reach(named="evil.example")

    with pytest.raises(ssl.SSLCertVerificationError):
        WebPush().send_push(push(Browser.new()))

    assert line.connected == [(PUBLIC, 443)]
    assert line.taken == []


def test_an_address_that_is_no_push_services_any_more_is_gone_and_not_even_looked_up(
    reach: Callable[..., Line],
) -> None:
    """A59: whatever the database says."""
    line = reach()

    for endpoint in ("https://push.evil.example/x", "http://web.push.apple.com/x", "https://10.0.0.1/x"):
        with pytest.raises(PushGone):
            WebPush().send_push(push(Browser.new(), endpoint))

    assert line.looked_up == []


def test_no_two_pushes_share_their_salt_or_their_key(settings: LazySettings) -> None:
    """RFC 8188: the same key and salt for two messages would give both away."""
    settings.ENTRAIDE = replace(settings.ENTRAIDE, demo=True)
    browser = Browser.new()
    with push_service() as service:
        for _ in range(2):
            WebPush().send_push(push(browser, f"{service.address}/push/1"))

    first, second = (one.body for one in service.taken)
    assert first[:16] != second[:16]
    assert first[21:86] != second[21:86]
