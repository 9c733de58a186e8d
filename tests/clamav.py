"""A clamd for tests, from Debian's clamav-daemon, with one signature of our own: nothing is downloaded."""

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# In two halves, so that no antivirus finds the test string in this file.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
FINDING = "Eicar-Test-Signature"
STREAM_MAX = 12 * 1024 * 1024
_CONFIGURATION = """
Foreground yes
LocalSocket {folder}/clamd.ctl
TCPSocket {port}
TCPAddr 127.0.0.1
DatabaseDirectory {folder}
TemporaryDirectory {folder}
StreamMaxLength {stream_max}
AlertExceedsMax yes
"""


@dataclass
class Clamd:
    """A running clamd; `url` and `socket_url` are two ways to it."""

    url: str
    socket_url: str
    process: subprocess.Popen[bytes]

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


def program() -> str | None:
    """Where clamd is, or None."""
    return shutil.which("clamd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


@contextlib.contextmanager
def own_clamd(*, port: int | None = None, stream_max: int = STREAM_MAX) -> Iterator[Clamd]:
    """Starts clamd on loopback and waits until it answers; gone at the end."""
    if (found := program()) is None:
        raise SystemExit("ClamAV's clamd is missing. On Debian or Ubuntu: apt install clamav-daemon")
    folder, port = tempfile.mkdtemp(prefix="entraide-clamd-"), port or free_port()
    try:
        Path(folder, "tests.ndb").write_text(f"{FINDING}:0:*:{EICAR.hex()}\n")
        settings = _CONFIGURATION.format(folder=folder, port=port, stream_max=stream_max)
        Path(folder, "clamd.conf").write_text(settings)
        process = subprocess.Popen(
            [found, "-c", f"{folder}/clamd.conf"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        clamd = Clamd(f"clamd://127.0.0.1:{port}", f"clamd://{folder}/clamd.ctl", process)
        try:
            _wait_for(port, process)
            yield clamd
        finally:
            clamd.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise AssertionError("clamd did not start")
