"""ClamAV through clamd: a file goes over a socket in pieces, one line comes back (man 8 clamd, INSTREAM)."""

import socket
import struct
import time
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from entraide.portal.domain.requests.antivirus import NoVerdict, Unsure, Verdict

CONNECT_SECONDS = 5.0
# Half the lease of a job: whoever took the file has still time to write down what came of it.
SCAN_SECONDS = 60.0
PORT = 3310
# After a failure of the antivirus itself nobody asks for a moment: a thousand files that wait would otherwise
# hold every thread of the worker, and with them the mails.
REST_SECONDS = 15.0
_PIECE = 64 * 1024
_LONGEST_ANSWER = 4096
# What clamd reports when a file goes over its limits, with `AlertExceedsMax yes`: it was not read to its end.
_OVER_LIMITS = "Heuristics.Limits."
_resting: dict[str, float] = {}


class Clamd:
    """`clamd://host:port`, or `clamd:///run/clamav/clamd.ctl` for a socket of this machine."""

    def __init__(self, url: str, *, connect: float = CONNECT_SECONDS, seconds: float = SCAN_SECONDS) -> None:
        parts = urlsplit(url)
        self.url = url
        self.path = "" if parts.netloc else unquote(parts.path)
        self.address = (parts.hostname or "localhost", parts.port or PORT)
        self.connect, self.seconds = connect, seconds

    def scan(self, chunks: Iterable[bytes]) -> Verdict:
        """Clean only when the whole file went over and the answer is exactly that nothing was found."""
        if time.monotonic() < _resting.get(self.url, 0.0):
            raise NoVerdict("the antivirus failed a moment ago")
        try:
            return self._scan(chunks)
        except OSError as error:
            _resting[self.url] = time.monotonic() + REST_SECONDS
            raise NoVerdict(type(error).__name__) from error

    def version(self) -> str:
        """Such as `ClamAV 1.4.6/27456/Sat Nov 21 09:26:31 2026`; asked at once, even after a failure."""
        until = time.monotonic() + self.connect
        try:
            with self._connected() as line:
                _send(line, b"zVERSION\0", until)
                return _receive(line, until)
        except OSError as error:
            raise NoVerdict(type(error).__name__) from error

    def _scan(self, chunks: Iterable[bytes]) -> Verdict:
        until = time.monotonic() + self.seconds
        with self._connected() as line:
            try:
                _send(line, b"zINSTREAM\0", until)
                for piece in _pieces(chunks):
                    _send(line, struct.pack(">I", len(piece)) + piece, until)
                _send(line, struct.pack(">I", 0), until)
            except (BrokenPipeError, ConnectionResetError):
                raise _cut(line, until) from None
            return _verdict(_receive(line, until))

    def _connected(self) -> socket.socket:
        if not self.path:
            return socket.create_connection(self.address, timeout=self.connect)
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(self.connect)
        try:
            line.connect(self.path)
        except OSError:
            line.close()
            raise
        return line


def _pieces(chunks: Iterable[bytes]) -> Iterable[bytes]:
    for chunk in chunks:
        for start in range(0, len(chunk), _PIECE):
            yield chunk[start : start + _PIECE]


def _send(line: socket.socket, data: bytes, until: float) -> None:
    line.settimeout(_left(until))
    line.sendall(data)


def _receive(line: socket.socket, until: float) -> str:
    """The answer, which a zero byte ends: without it the other side stopped in the middle."""
    answer = b""
    while not answer.endswith(b"\0"):
        line.settimeout(_left(until))
        more = line.recv(_LONGEST_ANSWER)
        if not more or len(answer) > _LONGEST_ANSWER:
            raise ConnectionAbortedError
        answer += more
    return answer[:-1].decode(errors="replace")


def _cut(line: socket.socket, until: float) -> NoVerdict:
    """clamd hangs up on a file that is too large for it, and often says why; "clean" would not count."""
    try:
        return Unsure(_receive(line, until)[:100])
    except OSError:
        return NoVerdict("the antivirus hung up in the middle")


def _left(until: float) -> float:
    if (left := until - time.monotonic()) <= 0:
        raise TimeoutError
    return left


def _verdict(answer: str) -> Verdict:
    if answer == "stream: OK":
        return Verdict()
    name = answer.removeprefix("stream: ").removesuffix(" FOUND")
    if answer != f"stream: {name} FOUND" or name.startswith(_OVER_LIMITS):
        raise Unsure(answer[:100])
    return Verdict(finding=name)
