"""A line to the test's database that can be held, or cut at the worst moment."""

import select
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import connection

from tests.portal.processes import database_url

# As long as the driver waits at least; the product's own limits are longer.
WAITS = "connect_timeout=2&longest_wait=2"


class Wire:
    """A line to the database that can be told to carry nothing, in either direction, and to carry again.

    `loses_answer_to`: words of a question; the database acts on it, and the line is cut before its answer.
    """

    def __init__(self, host: str, port: int) -> None:
        self.target = (host, port)
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = int(self.door.getsockname()[1])
        self.carries, self.over = threading.Event(), threading.Event()
        self.carries.set()
        self.loses_answer_to = b""
        self.threads = [threading.Thread(target=self._take, daemon=True)]
        self.threads[0].start()

    def close(self) -> None:
        self.over.set()
        self.carries.set()
        self.door.close()

    def _take(self) -> None:
        with suppress(OSError):
            while not self.over.is_set():
                near, _address = self.door.accept()
                threading.Thread(target=self._carry, args=[near], daemon=True).start()

    def _carry(self, near: socket.socket) -> None:
        with near, socket.create_connection(self.target) as far, suppress(OSError):
            other = {near: far, far: near}
            while not self.over.is_set():
                ready, _none, _none = select.select([near, far], [], [], 0.2)
                # What was on its way when it stopped stays on its way.
                self.carries.wait()
                for one in ready:
                    words = one.recv(65536)
                    if not words:
                        return
                    other[one].sendall(words)
                    if one is near and self.loses_answer_to and self.loses_answer_to in words:
                        self.loses_answer_to = b""
                        far.recv(65536)
                        return


@contextmanager
def wire() -> Iterator[tuple[Wire, str]]:
    """The line, and the address of the test's database at its other end."""
    found = connection.settings_dict
    line = Wire(found["HOST"], int(found["PORT"]))
    try:
        address = database_url().replace(f"{found['HOST']}:{found['PORT']}/", f"127.0.0.1:{line.port}/")
        yield line, f"{address}?{WAITS}"
    finally:
        line.close()
