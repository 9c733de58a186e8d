"""One at a time: an import of files and a feed would wait for each other's rows."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings


@contextmanager
def alone() -> Iterator[bool]:
    """Whether nobody else is at work, in any process on this machine; held to the end of the block."""
    path = settings.ENTRAIDE.data_dir / "import.lock"
    with path.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
