"""Slow, half-sent and large requests leave the other pages alone (A11, A49): the web server as it runs."""

import socket
import time
from collections.abc import Iterator

import pytest
from django.urls import get_resolver

from entraide.portal.config.lanes import DOOR, DOOR_FORMS, HEAD_BYTES, SMALL_BYTES, THREADS, Lane, lane_of
from tests.portal.processes import web_server

# Far more than the threads of any lane, and than those that gunicorn would have had for everything.
MANY = 200
PATIENCE_SECONDS = 15
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"


@pytest.fixture(scope="module")
def port(django_db_setup: None) -> Iterator[int]:
    """A web server of one process on the database of the tests."""
    with web_server() as (number, _parent):
        yield number


@pytest.fixture
def line(port: int) -> Iterator[type["Line"]]:
    """Opens connections to the server; all are closed with the test."""
    opened: list[Line] = []

    class Opened(Line):
        def __init__(self) -> None:
            super().__init__(port)
            opened.append(self)

    yield Opened
    for one in opened:
        one.close()


class Line:
    """A client that sends exactly what it is told."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS)
        self.reader = self.socket.makefile("rb")

    def close(self) -> None:
        self.reader.close()
        self.socket.close()

    def send(self, words: bytes) -> "Line":
        self.socket.sendall(words)
        return self

    def status(self) -> int:
        """The status of the next answer; its body is read too."""
        status = int(self.reader.readline().split()[1])
        headers = {}
        while (header := self.reader.readline()) not in {b"\r\n", b""}:
            name, _, value = header.decode().partition(":")
            headers[name.lower()] = value.strip()
        self.reader.read(int(headers.get("content-length", "0")))
        return status


def get(path: str, *more: str) -> bytes:
    return "\r\n".join([f"GET {path} HTTP/1.1", "Host: localhost", *more, "", ""]).encode()


def post(path: str, body: bytes, *, length: int | None = None) -> bytes:
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length or len(body)}\r\n"
    return head.encode() + FORM + b"\r\n" + body


def pages_answer(line: type[Line]) -> None:
    for path in ("/aide/", "/connexion/", "/healthz"):
        assert line().send(get(path)).status() == 200


def test_no_header_moves_a_request_to_another_page(line: type[Line]) -> None:
    """A11: from our own machine gunicorn would believe it."""
    moved = line().send(get("/x/aide/", "SCRIPT_NAME: /x"))

    assert moved.status() == 404


@pytest.mark.parametrize(
    "content_type",
    ["a/b; charset*=hex''%41", "a/b; charset*=nothing''x", "a/b; charset*0=hex", "a/b; charset=undefined"],
)
def test_a_strange_content_type_is_refused_with_a_page(line: type[Line], content_type: str) -> None:
    """A61: it is read before there is anything that could answer."""
    assert line().send(get("/aide/?a=%E9", f"Content-Type: {content_type}")).status() == 400


def test_slow_uploads_held_open_leave_the_pages_alone(line: type[Line]) -> None:
    """A49"""
    for _number in range(MANY):
        line().send(post("/depot/", b"begins and goes no further", length=1_000_000))

    pages_answer(line)


def test_large_bodies_sent_slowly_to_the_door_leave_the_door_open(line: type[Line]) -> None:
    """A49, A11"""
    for _number in range(MANY):
        line().send(post("/connexion/", b"password=a", length=SMALL_BYTES + 1))

    pages_answer(line)


@pytest.mark.parametrize(
    "half",
    [
        b"",
        b"GET /aide/ HT",
        b"GET /aide/ HTTP/1.1\r\nHost: localhost\r\n",
        post("/connexion/", b"member_number=1&pass", length=500),
        post("/langue/", b"", length=10),
    ],
)
def test_half_a_request_takes_no_thread(line: type[Line], half: bytes) -> None:
    """A49"""
    for _number in range(MANY):
        line().send(half)

    pages_answer(line)


def test_clients_that_do_not_hang_up_leave_the_pages_alone(line: type[Line]) -> None:
    kept = [line().send(get("/healthz", "Connection: close")) for _number in range(MANY)]
    assert {one.status() for one in kept} == {200}

    pages_answer(line)


def test_a_request_that_arrives_in_pieces_is_answered(line: type[Line]) -> None:
    slow = line()
    for letter in get("/aide/"):
        slow.send(bytes([letter]))
        time.sleep(0.001)
    assert slow.status() == 200

    # The form has no CSRF token: refused as a whole form is, and the connection serves on.
    whole = post("/connexion/", b"member_number=1&password=2")
    for start in range(0, len(whole), 7):
        slow.send(whole[start : start + 7])
    assert slow.status() == 403
    assert slow.send(get("/healthz")).status() == 200


def test_two_requests_sent_at_once_are_answered_one_after_the_other(line: type[Line]) -> None:
    eager = line().send(get("/healthz") + post("/connexion/", b"a=b") + get("/nowhere/"))

    assert [eager.status(), eager.status(), eager.status()] == [200, 403, 404]


def test_a_large_body_that_arrives_is_answered(line: type[Line]) -> None:
    sender = line().send(post("/connexion/", b"member_number=" + b"1" * (3 * SMALL_BYTES)))

    assert sender.status() == 403


@pytest.mark.parametrize(
    "bad",
    [
        b"\x16\x03\x01\x02\x00\x01\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"X" * (HEAD_BYTES + 1),
        b"POST /connexion/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: nine\r\n\r\n",
    ],
)
def test_what_is_no_request_is_refused_and_the_server_serves_on(line: type[Line], bad: bytes) -> None:
    answer = line().send(bad).reader.readline()

    assert answer == b"" or 400 <= int(answer.split()[1]) < 500
    pages_answer(line)


# Which lane


@pytest.mark.parametrize(
    ("request_bytes", "lane"),
    [
        (get("/"), Lane.PAGES),
        (get("/remboursements/?page=2"), Lane.PAGES),
        (get("/connexion/"), Lane.SIGN_IN),
        (get("/connexion/code/?a=b"), Lane.SIGN_IN),
        (post("/connexion/", b"password=x"), Lane.SIGN_IN),
        (post("/mot-de-passe-oublie/", b"answer=1"), Lane.SIGN_IN),
        (post("/mot-de-passe/0123abcd/", b"answer=1"), Lane.SIGN_IN),
        (post("/%63onnexion/", b"password=x"), Lane.SIGN_IN),
        (post("/connexion%2fcode/", b"password=x"), Lane.SIGN_IN),
        (post("http://localhost/connexion/", b"password=x"), Lane.SIGN_IN),
        (post("http://[/connexion/", b"password=x"), Lane.PAGES),
        (post("/gestion/mot-de-passe/", b"a=b"), Lane.SIGN_IN),
        (post("/gestion/securite/", b"a=b"), Lane.SIGN_IN),
        (post("/gestion/connexion/", b"a=b"), Lane.SIGN_IN),
        (post("/gestion/invitation/0123/", b"a=b"), Lane.SIGN_IN),
        (post("/securite/", b"old_password=x"), Lane.SIGN_IN),
        (get("/securite/"), Lane.PAGES),
        (post("/depot/", b"action=send"), Lane.PAGES),
        (post("/depot/", b"", length=SMALL_BYTES + 1), Lane.UPLOAD),
        (b"POST /depot/ HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", Lane.UPLOAD),
        (b"POST /depot/ HTTP/1.1\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n", Lane.UPLOAD),
        (get("/")[:-1], None),
        (post("/connexion/", b"passwo", length=10), None),
        (b"A" * HEAD_BYTES, None),
        (b"A" * (HEAD_BYTES + 1), Lane.PAGES),
    ],
)
def test_each_request_has_its_lane(request_bytes: bytes, lane: Lane | None) -> None:
    assert lane_of(request_bytes) == lane


def test_the_door_is_named_by_addresses_that_exist() -> None:
    routes = [str(one.pattern) for one in get_resolver().url_patterns]
    deeper = [
        f"{outer.pattern}{inner.pattern}"
        for outer in get_resolver().url_patterns
        for inner in getattr(outer, "url_patterns", ())
    ]

    for beginning in (*DOOR, *DOOR_FORMS):
        assert any(f"/{one}".startswith(beginning) for one in [*routes, *deeper]), beginning


def test_every_lane_has_threads() -> None:
    assert set(THREADS) == set(Lane)
    assert max(THREADS.values()) < MANY
