"""Child processes of tests: the same database as the test, the same environment."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


def database_url() -> str:
    """The address of the test's own database, which a child process can open too."""
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{found['NAME']}"
    login = found["USER"] + (f":{found['PASSWORD']}" if found["PASSWORD"] else "")
    return f"postgres://{login}@{found['HOST']}:{found['PORT']}/{found['NAME']}"


@contextmanager
def python(code: str, *arguments: str, **environment: str) -> Iterator["subprocess.Popen[str]"]:
    """Runs Python code in a process of its own; it is ended with the block."""
    child = subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": database_url(), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield child
    finally:
        if child.poll() is None:
            child.kill()
        child.wait()
        if child.stdout is not None:
            child.stdout.close()


def wait_until(true: Callable[[], bool], *, seconds: float = 30) -> None:
    """Waits for something another process or thread does; fails when it does not come."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


@contextmanager
def web_server(**environment: str) -> Iterator[tuple[int, "subprocess.Popen[bytes]"]]:
    """The web server as it runs, with one process, on the database of the test: its port, and its parent."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    server = subprocess.Popen(
        [sys.executable, "-m", "entraide.portal.config.cli", "serve",
         "--port", str(port), "--workers", "1", "--no-worker"],
        env={**os.environ, "DATABASE_URL": database_url(), **environment}, cwd=ROOT,
    )  # fmt: skip
    try:
        wait_until(lambda: _listens(port), seconds=60)
        yield port, server
    finally:
        server.terminate()
        server.wait(timeout=30)


def below(pid: int) -> list[int]:
    """Every process that this one has started, and those that they have."""
    children = [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return [*children, *(deeper for one in children for deeper in below(one))]


def most_memory(pid: int) -> int:
    """The most bytes of memory that a living process ever held."""
    told = Path(f"/proc/{pid}/status").read_text()
    return int(told.partition("VmHWM:")[2].split()[0]) * 1024


def _listens(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False
