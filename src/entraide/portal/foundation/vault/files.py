"""Files at rest: encrypted in segments under a random name, outside the web root, never half written."""

import fcntl
import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from entraide.portal.foundation.vault.keys import derive
from entraide.portal.foundation.vault.seal import SealBroken

if TYPE_CHECKING:
    from entraide.portal.foundation.vault.keys import KeyRing

SEGMENT = 64 * 1024
_TAG = 16
_MAGIC = b"EV1"


@dataclass(frozen=True, slots=True)
class Kept:
    """What was stored: where, how many clear bytes, and their SHA-256 in hexadecimal."""

    name: str
    size: int
    sha256: str


class FileVault:
    """Keeps clear streams as encrypted files below one folder."""

    def __init__(self, folder: Path, ring: "KeyRing") -> None:
        self.folder = folder
        self.ring = ring

    def path_of(self, name: str) -> Path:
        return self.folder / name[:2] / name

    def keep(self, chunks: Iterable[bytes]) -> Kept:
        """Writes, fsyncs, then renames: a name that exists is a whole file. Raises OSError on a full disk."""
        name = secrets.token_hex(20)
        target = self.path_of(name)
        if not target.parent.is_dir():
            target.parent.mkdir(parents=True, exist_ok=True)
            _fsync_folder(self.folder)
        partial = target.with_suffix(".part")
        digest, size = hashlib.sha256(), 0

        def counted() -> Iterator[bytes]:
            nonlocal size
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                yield chunk

        try:
            self._write(partial, name, counted())
            partial.rename(target)
            _fsync_folder(target.parent)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
        return Kept(name=name, size=size, sha256=digest.hexdigest())

    def read(self, name: str) -> Iterator[bytes]:
        """The clear bytes, by segments; raises SealBroken when the file was cut, altered or swapped.

        Raises OSError with the path of the file when the disk does not give it.
        """
        with self.path_of(name).open("rb") as file:
            yield from self._clear(file, name)

    def whole(self, name: str) -> Iterator[bytes]:
        """The same, but all of it is read once before any of it is given: what raises, raises here.

        For whoever answers with the bytes: half a file is no answer. It may be forgotten meanwhile.
        """
        given = self._twice(name)
        next(given)
        return given

    def _twice(self, name: str) -> Iterator[bytes]:
        with self.path_of(name).open("rb") as file:
            for _segment in self._clear(file, name):
                pass
            file.seek(0)
            # Nothing yet, but that all is well.
            yield b""
            yield from self._clear(file, name)

    def _clear(self, file: BinaryIO, name: str) -> Iterator[bytes]:
        """What an open file holds, from its start."""
        try:
            key_id = _read_header(file)
            box = self._box(key_id, name)
            number, current = 0, file.read(SEGMENT + _TAG)
            while True:
                following = file.read(SEGMENT + _TAG)
                yield box.decrypt(_nonce(number, last=not following), current, None)
                if not following:
                    return
                number, current = number + 1, following
        except InvalidTag:
            raise SealBroken(f"stored file {name} is not what was kept") from None
        except OSError as error:
            # A disk that fails in the middle does not say of which file.
            raise OSError(error.errno, error.strerror, str(self.path_of(name))) from error

    def forget(self, name: str) -> None:
        path = self.path_of(name)
        if path.parent.is_dir():
            with _alone_in(path.parent):
                path.unlink(missing_ok=True)

    def forget_unknown(self, known: frozenset[str], *, before: datetime) -> int:
        """Removes what a crash left: files older than `before` that nobody knows. Returns how many."""
        removed = 0
        for path in self.folder.glob("??/*"):
            with suppress(FileNotFoundError):
                if path.name not in known and path.stat().st_mtime < before.timestamp():
                    self.forget(path.name)
                    removed += 1
        return removed

    def key_of(self, name: str) -> str:
        """The id of the key of a file, read without opening it; raises SealBroken, FileNotFoundError."""
        with self.path_of(name).open("rb") as file:
            return _read_header(file)

    def names(self) -> Iterator[str]:
        """Every whole file, in the order of the names; those that come meanwhile may be missing."""
        for path in sorted(self.folder.glob("??/*")):
            if not path.suffix:
                yield path.name

    def reseal(self, name: str) -> bool:
        """Puts the same content under the current key in its place; False when it was forgotten meanwhile.

        Whoever reads it goes on reading. Killed at any moment, one whole file has the name. Raises
        SealBroken when it does not open; then it stays as it is.
        """
        target = self.path_of(name)
        fresh = target.with_suffix(".fresh")
        try:
            times = target.stat()
            self._write(fresh, name, self.read(name))
            # Its age tells what a crash left behind.
            os.utime(fresh, ns=(times.st_atime_ns, times.st_mtime_ns))
            with _alone_in(target.parent):
                if not target.exists():
                    return False
                fresh.rename(target)
            _fsync_folder(target.parent)
        except FileNotFoundError:
            return False
        finally:
            fresh.unlink(missing_ok=True)
        return True

    def _write(self, path: Path, name: str, chunks: Iterable[bytes]) -> None:
        path.unlink(missing_ok=True)  # of a process that was killed
        with path.open("xb") as out:
            out.write(_header(self.ring.current))
            box = self._box(self.ring.current, name)
            for number, (segment, last) in enumerate(_segments(chunks)):
                out.write(box.encrypt(_nonce(number, last=last), segment, None))
            out.flush()
            os.fsync(out.fileno())

    def _box(self, key_id: str, name: str) -> AESGCM:
        if key_id not in self.ring.keys:
            raise SealBroken(f"no key named {key_id!r}")
        return AESGCM(derive(self.ring.keys[key_id], f"file:{name}"))


def _header(key_id: str) -> bytes:
    return _MAGIC + bytes([len(key_id)]) + key_id.encode()


def _read_header(file: BinaryIO) -> str:
    start = file.read(len(_MAGIC) + 1)
    if len(start) != len(_MAGIC) + 1 or not start.startswith(_MAGIC):
        raise SealBroken("not a file of this vault")
    return file.read(start[-1]).decode(errors="replace")


def _nonce(number: int, *, last: bool) -> bytes:
    # One key per file, so a counter cannot repeat; the last flag makes truncation visible.
    return number.to_bytes(11, "big") + (b"\1" if last else b"\0")


def _segments(chunks: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Re-cuts a stream into pieces of SEGMENT bytes and marks the last; nothing is one empty piece."""
    waiting = bytearray()
    for chunk in chunks:
        waiting += chunk
        while len(waiting) > SEGMENT:
            yield bytes(waiting[:SEGMENT]), False
            del waiting[:SEGMENT]
    yield bytes(waiting), True


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Forgetting a file and putting a fresh one in its place exclude each other: none comes back."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _fsync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
