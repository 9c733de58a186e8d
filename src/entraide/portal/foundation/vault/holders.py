"""Which processes are at work with which keys: a rotation must not run ahead of them."""

import fcntl
import hashlib
import json
import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from entraide.portal.foundation.vault.keys import derive

if TYPE_CHECKING:
    from entraide.portal.foundation.vault.keys import KeyRing


@dataclass(frozen=True, slots=True)
class Holder:
    """A process that lives: what it runs, which key it seals with, and fingerprints of all its keys."""

    what: str
    host: str
    process: int
    current: str
    keys: dict[str, str]

    def __str__(self) -> str:
        return f"{self.what} (process {self.process} on {self.host})"


def announce(folder: Path, ring: "KeyRing", *, what: str) -> IO[str]:
    """Says which keys this process has, as long as the answer stays open: a killed process says nothing."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = secrets.token_hex(8)
    hidden = folder / f".{name}"
    mark = hidden.open("w", encoding="utf-8")
    fcntl.flock(mark, fcntl.LOCK_EX)
    told = {
        "what": what, "host": socket.gethostname(), "process": os.getpid(), "current": ring.current,
        "keys": fingerprints(ring),
    }  # fmt: skip
    mark.write(json.dumps(told))
    mark.flush()
    # Seen only once it is locked: an unlocked one is of the dead.
    hidden.rename(folder / name)
    return mark


@contextmanager
def announced(folder: Path, ring: "KeyRing", *, what: str) -> Iterator[None]:
    with announce(folder, ring, what=what) as mark:
        try:
            yield
        finally:
            _remove(folder, mark)


def holders(folder: Path) -> list[Holder]:
    """The processes that live; the marks of the others are removed."""
    found = []
    for path in sorted(folder.glob("[0-9a-f]*")):
        with suppress(FileNotFoundError), path.open(encoding="utf-8") as mark:
            try:
                fcntl.flock(mark, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                found.append(Holder(**json.load(mark)))
            else:
                path.unlink(missing_ok=True)
    return found


def fingerprints(ring: "KeyRing") -> dict[str, str]:
    """What tells two keys of one id apart and says nothing of either."""
    return {
        name: hashlib.sha256(derive(key, "fingerprint")).hexdigest()[:16] for name, key in ring.keys.items()
    }


def _remove(folder: Path, mark: IO[str]) -> None:
    own = os.fstat(mark.fileno()).st_ino
    for path in folder.iterdir():
        with suppress(FileNotFoundError):  # of another process that ends now
            if path.stat().st_ino == own:
                path.unlink()
