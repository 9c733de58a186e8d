"""The talk with clamd: clean is said of what was read to its end, and of nothing else (A47, A48)."""

import io
import os
import socket
import threading
import time
import zipfile
from collections.abc import Callable, Iterator

import pytest

from entraide.portal.domain.requests.antivirus import NoVerdict, Verdict
from entraide.portal.gateways import antivirus
from tests.clamav import EICAR, FINDING, STREAM_MAX, Clamd, free_port, own_clamd

Answering = Callable[[socket.socket], None]


@pytest.fixture(scope="module")
def clamd() -> Iterator[Clamd]:
    with own_clamd() as running:
        yield running


@pytest.fixture(autouse=True)
def rested(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(antivirus, "_resting", {})


@pytest.fixture
def answering() -> Iterator[Callable[[Answering], str]]:
    """An antivirus that behaves as it is told, at an address of its own."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def start(answer: Answering) -> str:
            def serve() -> None:
                line, _who = server.accept()
                with line:
                    answer(line)

            threading.Thread(target=serve, daemon=True).start()
            return f"clamd://127.0.0.1:{server.getsockname()[1]}"

        yield start


def scan(url: str, content: bytes, **limits: float) -> Verdict:
    return antivirus.Clamd(url, **limits).scan([content])


def zipped(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("facture.pdf", content)
    return out.getvalue()


def whole_file(line: socket.socket) -> None:
    """Reads until the piece of no length that ends a file."""
    seen = b""
    while not seen.endswith(bytes(4)):
        seen += line.recv(65536)


@pytest.mark.parametrize("way", ["url", "socket_url"])
def test_a_harmless_file_is_clean_over_both_ways(clamd: Clamd, way: str) -> None:
    assert scan(getattr(clamd, way), b"Bonjour").is_clean


@pytest.mark.parametrize("content", [EICAR, b"%PDF-1.7\n" + EICAR, zipped(EICAR)], ids=["bare", "pdf", "zip"])
def test_the_test_virus_is_found_wherever_it_hides(clamd: Clamd, content: bytes) -> None:
    assert FINDING in scan(clamd.url, content).finding


def test_the_largest_file_that_members_may_send_is_read(clamd: Clamd) -> None:
    assert scan(clamd.url, os.urandom(10 * 1024 * 1024)).is_clean


def test_a_virus_at_the_end_of_a_large_file_is_found(clamd: Clamd) -> None:
    assert not scan(clamd.url, bytes(9 * 1024 * 1024) + EICAR).is_clean


def test_a_file_too_large_for_the_antivirus_is_never_clean(clamd: Clamd) -> None:
    """A48: clamd hangs up in the middle of it."""
    with pytest.raises(NoVerdict):
        scan(clamd.url, bytes(STREAM_MAX * 2))


def test_the_antivirus_tells_its_version(clamd: Clamd) -> None:
    assert antivirus.Clamd(clamd.url).version().startswith("ClamAV ")


def test_an_antivirus_that_is_away_gives_no_verdict() -> None:
    url = f"clamd://127.0.0.1:{free_port()}"

    with pytest.raises(NoVerdict):
        scan(url, b"Bonjour")
    with pytest.raises(NoVerdict):
        antivirus.Clamd(url).version()


def test_an_antivirus_that_dies_in_the_middle_gives_no_verdict() -> None:
    def content() -> Iterator[bytes]:
        yield bytes(1000)
        clamd.stop()
        yield bytes(1000)

    with own_clamd() as clamd, pytest.raises(NoVerdict):
        antivirus.Clamd(clamd.url).scan(content())


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"stream: OK",
        b"stream: O",
        b"\0",
        b"OK\0",
        b"stream: OK \0",
        b"stream: OK\nstream: OK\0",
        b"stream: FOUND OK\0",
        b"stream: Can't allocate memory ERROR\0",
        b"UNKNOWN COMMAND\0",
        b"stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND\0",
        b"x" * 50_000,
    ],
)
def test_any_other_answer_is_no_verdict(answering: Callable[[Answering], str], answer: bytes) -> None:
    """A48: never clean when in doubt."""

    def serve(line: socket.socket) -> None:
        whole_file(line)
        line.sendall(answer)

    with pytest.raises(NoVerdict):
        scan(answering(serve), b"Bonjour")


def test_clean_before_the_file_was_read_counts_for_nothing(answering: Callable[[Answering], str]) -> None:
    def serve(line: socket.socket) -> None:
        line.recv(100)
        line.sendall(b"stream: OK\0")

    with pytest.raises(NoVerdict):
        scan(answering(serve), bytes(50_000_000))


def test_an_antivirus_that_never_answers_is_not_waited_for(answering: Callable[[Answering], str]) -> None:
    done = threading.Event()
    url = answering(lambda line: done.wait(30) and None)

    with pytest.raises(NoVerdict, match="Timeout"):
        scan(url, b"Bonjour", seconds=0.2)
    done.set()


def test_an_antivirus_that_dribbles_is_not_waited_for(answering: Callable[[Answering], str]) -> None:
    """Each letter comes in time, the answer as a whole does not."""
    done = threading.Event()

    def serve(line: socket.socket) -> None:
        whole_file(line)
        while not done.wait(0.05):
            line.send(b"s")

    with pytest.raises(NoVerdict, match="Timeout"):
        scan(answering(serve), b"Bonjour", seconds=0.4)
    done.set()


def test_after_a_failure_of_the_antivirus_nobody_asks_for_a_moment() -> None:
    """What waits must not hold the threads that send mails."""
    port = free_port()
    with pytest.raises(NoVerdict):
        scan(f"clamd://127.0.0.1:{port}", b"Bonjour")

    with own_clamd(port=port) as clamd:
        with pytest.raises(NoVerdict, match="a moment ago"):
            scan(clamd.url, b"Bonjour")
        antivirus._resting[clamd.url] = time.monotonic()
        assert scan(clamd.url, b"Bonjour").is_clean


def test_a_file_that_cannot_be_judged_does_not_hold_up_the_others(clamd: Clamd) -> None:
    with pytest.raises(NoVerdict):
        scan(clamd.url, b"x" * STREAM_MAX * 2)

    assert scan(clamd.url, b"Bonjour").is_clean
