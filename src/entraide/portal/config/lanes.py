"""A gunicorn worker that gives each kind of request threads of its own (docs/adr/0010).

A rush of sign-ins, forty uploads over slow lines, a client that sends half a request: none of them takes the
threads that the other pages need. A request gets a thread once it is there as a whole. Until then the one
event loop of the process holds it; only what is too large to be held gets a thread at once, in its own lane.
"""

import re
import selectors
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from functools import partial
from typing import Any
from urllib.parse import unquote

from gunicorn.util import split_request_uri
from gunicorn.workers.gthread import TConn, ThreadWorker

from entraide.portal.config.sharing import Board


class Lane(StrEnum):
    """Kinds of requests that do not wait for each other."""

    SIGN_IN = "sign-in"
    UPLOAD = "upload"
    PAGES = "pages"


# Of each web process, each with its own connection to the database (docs/operations/production.md). Sign-in
# is bound by the password hash: one thread hashes, the others do what stands before and after it.
THREADS = {Lane.SIGN_IN: 3, Lane.UPLOAD: 12, Lane.PAGES: 8}
# What hashes passwords and what leads there: a rush on one page of the door is a rush on the next.
DOOR = ("/connexion/", "/premiere-connexion/", "/mot-de-passe", "/gestion/connexion/", "/gestion/invitation/")
# Pages like others until their form is sent, which is when a password is hashed.
DOOR_FORMS = ("/securite/", "/gestion/securite/", "/gestion/mot-de-passe/")
# Forms of ours are smaller; what is larger carries files, or is not meant well.
SMALL_BYTES = 64 * 1024
HEAD_BYTES = 32 * 1024
# A request that does not arrive within this time, or a line that stands still for as long, is given up.
ARRIVAL_SECONDS = 20.0
STALL_SECONDS = 60.0
# Made before the processes part: they all see the same one.
BOARD = Board()
_READ_BYTES = 16 * 1024
_END_OF_HEAD = b"\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,18})[ \t]*\r\n", re.IGNORECASE)
_COMES_IN_PIECES = re.compile(rb"\r\n(transfer-encoding|expect):", re.IGNORECASE)


def lane_of(arrived: bytes) -> Lane | None:
    """The lane of the request that begins with these bytes; None while it has to be waited for."""
    end = arrived.find(_END_OF_HEAD)
    if end < 0:
        # A head without end is refused by the parser, in a thread.
        return Lane.PAGES if len(arrived) > HEAD_BYTES else None
    head = arrived[: end + 2]
    length = _LENGTH.search(head)
    size = int(length.group(1)) if length else 0
    if size > SMALL_BYTES or _COMES_IN_PIECES.search(head):
        return Lane.UPLOAD
    if len(arrived) < end + len(_END_OF_HEAD) + size:
        return None
    method, _, rest = head.partition(b"\r\n")[0].partition(b" ")
    path = _path(rest.partition(b" ")[0].decode("latin-1"))
    door = DOOR if method in {b"GET", b"HEAD"} else (*DOOR, *DOOR_FORMS)
    return Lane.SIGN_IN if path.startswith(door) else Lane.PAGES


def _path(target: str) -> str:
    """The path as the page behind it is found by: read as gunicorn reads it, whatever it is written like."""
    try:
        return unquote(split_request_uri(target).path)
    except ValueError:
        return ""  # refused by the parser


class Connection(TConn):  # type: ignore[misc]
    """One client, with the bytes that have arrived and that no thread has read yet."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.arrived = b""
        self.give_up_at = 0.0

    def take_in(self) -> Lane | None:
        """Reads what is there without waiting; raises ConnectionError when the client has left."""
        if self.parser is not None:
            # What came behind the last request of a kept connection.
            self.arrived += self.parser.unreader.take_buffered()
        lane = lane_of(self.arrived) if self.arrived else None
        while lane is None:
            try:
                chunk = self.sock.recv(_READ_BYTES)
            except BlockingIOError:
                return None
            if not chunk:
                raise ConnectionResetError
            self.arrived += chunk
            lane = lane_of(self.arrived)
        return lane

    def init(self) -> None:
        """Called in the thread, before each request is read."""
        super().init()
        arrived, self.arrived = self.arrived, b""
        self.parser.unreader.unread(arrived)
        self.sock.settimeout(STALL_SECONDS)


class LanesWorker(ThreadWorker):  # type: ignore[misc]
    """gunicorn's threaded worker, with a pool of threads for each lane."""

    def get_thread_pool(self) -> ThreadPoolExecutor:
        self.lanes = {lane: ThreadPoolExecutor(count, str(lane)) for lane, count in THREADS.items()}
        # Saying goodbye waits for the client's goodbye: not in the loop that serves everyone.
        self.goodbyes = ThreadPoolExecutor(4, "goodbye")
        return self.lanes[Lane.PAGES]

    def run(self) -> None:
        try:
            super().run()
        finally:
            BOARD.leave(self.age)
            for pool in (*self.lanes.values(), self.goodbyes):
                pool.shutdown(wait=False)

    def notify(self) -> None:
        """Called in every turn of the loop."""
        super().notify()
        BOARD.show(self.age, self.nr_conns)
        if self._accepting and BOARD.is_ahead(self.age, self.nr_conns):
            self.set_accept_enabled(False)

    def set_accept_enabled(self, enabled: bool) -> None:
        super().set_accept_enabled(enabled and not BOARD.is_ahead(self.age, self.nr_conns))

    def accept(self, listener: socket.socket) -> None:
        try:
            client, address = listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return  # another process was quicker, or the client has left
        self.nr_conns += 1
        self.enqueue_req(Connection(self.cfg, client, address, listener.getsockname()))

    def enqueue_req(self, conn: Connection) -> None:
        """Hands a request that is whole to its lane; waits for the rest of the others."""
        conn.sock.setblocking(False)
        try:
            lane = conn.take_in()
        except OSError:
            self.nr_conns -= 1
            conn.close()
            return
        if lane is None:
            self._wait_for(conn)
            return
        conn.data_ready, conn.give_up_at = True, 0.0
        done = self.lanes[lane].submit(self.handle, conn)
        done.add_done_callback(lambda one: self.method_queue.defer(self.finish_request, conn, one))

    def _wait_for(self, conn: Connection) -> None:
        conn.give_up_at = conn.give_up_at or time.monotonic() + ARRIVAL_SECONDS
        conn.timeout = conn.give_up_at
        self.pending_conns.append(conn)
        readable = partial(self.on_pending_socket_readable, conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, readable)

    def murder_pending(self) -> None:
        # Not in the order of their end: one that sends a byte now and then keeps its first moment.
        now = time.monotonic()
        for conn in [one for one in self.pending_conns if one.timeout <= now]:
            self.pending_conns.remove(conn)
            self.poller.unregister(conn.sock)
            self.nr_conns -= 1
            conn.close()

    def finish_request(self, conn: Connection, done: Any) -> None:
        if not done.cancelled() and done.exception() is None and done.result() is False:
            self.nr_conns -= 1
            self.goodbyes.submit(conn.close, graceful=True)
            return
        super().finish_request(conn, done)
