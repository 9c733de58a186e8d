"""A run of files on a disk: a folder that exists is whole, for its owner only."""

import fcntl
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

_PARTIAL = ".partial"


class Different(Exception):
    """A folder of this number is there and holds something else."""


@contextmanager
def only_export() -> Iterator[bool]:
    """Whether nobody else makes or delivers a run, in any process on this machine."""
    with (settings.ENTRAIDE.data_dir / "export.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def folder_of(number: int, *, below: Path) -> Path:
    return below / f"{number:06d}"


def deliver(number: int, contents: Mapping[str, bytes], *, below: Path) -> Path:
    """Writes the folder of a run aside, syncs it, then gives it its name.

    The same run once more changes nothing; raises Different when the folder holds something else, OSError.
    """
    folder = folder_of(number, below=below)
    partial = folder.with_name(folder.name + _PARTIAL)
    # What a kill left.
    shutil.rmtree(partial, ignore_errors=True)
    if folder.exists():
        if _held(folder) != dict(contents):
            raise Different(str(folder))
        return folder
    partial.mkdir(mode=0o700, parents=False)
    for name, content in contents.items():
        with open(partial / name, "xb", opener=_private) as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
    _sync(partial)
    partial.rename(folder)
    _sync(below)
    return folder


def _held(folder: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in folder.iterdir() if one.is_file()}


def _private(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
