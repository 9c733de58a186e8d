"""The folder of a batch: whole files only, for its owner only, one run at a time."""

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

_PARTIAL = ".partial"


class Busy(Exception):
    """Another run is at work in the folder."""


@contextmanager
def only_run_in(folder: Path) -> Iterator[None]:
    """Makes the folder, closes it to others, clears what a kill left in it, and holds it; raises Busy."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    with open(folder / "lock", "a", opener=_private) as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy from None
        for remains in folder.rglob(f"*{_PARTIAL}"):
            remains.unlink()
        yield


def write_whole(path: Path, chunks: Iterable[bytes]) -> None:
    """Writes aside, syncs, then renames: a name that exists is a whole file. Raises OSError."""
    partial = path.with_name(path.name + _PARTIAL)
    try:
        with open(partial, "wb", opener=_private) as out:
            for chunk in chunks:
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
        partial.rename(path)
        _sync(path.parent)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def _private(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
