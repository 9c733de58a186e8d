"""Web processes share the connections evenly.

Who accepts a connection keeps it. Left to themselves, one process takes most of a rush, and works on it with
one core while the other is idle.
"""

import mmap
import struct
import time

# Enough for all web processes of a machine; each has the place of its number.
PLACES = 64
# So many more than another one are no reason to leave a connection to it.
MARGIN = 4
# A process that has not shown itself for so long is not waited for.
SILENCE_SECONDS = 2.5
_ENTRY = struct.Struct("=qd")


class Board:
    """A few bytes that every process forked from here sees: how many connections each one holds, and when."""

    def __init__(self) -> None:
        self._bytes = mmap.mmap(-1, PLACES * _ENTRY.size)

    def show(self, number: int, connections: int) -> None:
        _ENTRY.pack_into(self._bytes, self._place(number), connections, time.monotonic())

    def leave(self, number: int) -> None:
        _ENTRY.pack_into(self._bytes, self._place(number), 0, 0.0)

    def is_ahead(self, number: int, connections: int) -> bool:
        """Whether another process that is well has room before this one."""
        since = time.monotonic() - SILENCE_SECONDS
        return any(
            seen > since and held + MARGIN < connections
            for place in range(0, PLACES * _ENTRY.size, _ENTRY.size)
            if place != self._place(number)
            for held, seen in [_ENTRY.unpack_from(self._bytes, place)]
        )

    def _place(self, number: int) -> int:
        return number % PLACES * _ENTRY.size
