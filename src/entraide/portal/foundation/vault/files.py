"""Files at rest: encrypted in segments under a random name, outside the web root, never half written."""

import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
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
        try:
            with partial.open("xb") as out:
                out.write(_header(self.ring.current))
                box = self._box(self.ring.current, name)
                for number, (segment, last) in enumerate(_segments(chunks)):
                    digest.update(segment)
                    size += len(segment)
                    out.write(box.encrypt(_nonce(number, last=last), segment, None))
                out.flush()
                os.fsync(out.fileno())
            partial.rename(target)
            _fsync_folder(target.parent)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
        return Kept(name=name, size=size, sha256=digest.hexdigest())

    def read(self, name: str) -> Iterator[bytes]:
        """The clear bytes, by segments; raises SealBroken when the file was cut, altered or swapped."""
        with self.path_of(name).open("rb") as file:
            key_id = _read_header(file)
            box = self._box(key_id, name)
            number, current = 0, file.read(SEGMENT + _TAG)
            while True:
                following = file.read(SEGMENT + _TAG)
                try:
                    yield box.decrypt(_nonce(number, last=not following), current, None)
                except InvalidTag:
                    raise SealBroken(f"stored file {name} is not what was kept") from None
                if not following:
                    return
                number, current = number + 1, following

    def forget(self, name: str) -> None:
        self.path_of(name).unlink(missing_ok=True)

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


def _fsync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
