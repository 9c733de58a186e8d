"""The file vault: whole, unaltered, in its own place, or refused (A62, A64, §4 of the security page)."""

import hashlib
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from entraide.portal.foundation.vault.files import SEGMENT, FileVault
from entraide.portal.foundation.vault.keys import KeyRing
from entraide.portal.foundation.vault.seal import SealBroken

RING = KeyRing(current="k1", keys={"k1": b"a" * 32}, index=b"i" * 32)
SIZES = [0, 1, SEGMENT - 1, SEGMENT, SEGMENT + 1, 3 * SEGMENT, 3 * SEGMENT + 17]


@pytest.fixture
def vault(tmp_path: Path) -> FileVault:
    folder = tmp_path / "files"
    folder.mkdir()
    return FileVault(folder, RING)


def bytes_of(size: int) -> bytes:
    return (b"%PDF-1.7 Ordonnance de Mme Vautrin\n" * (size // 35 + 1))[:size]


def every_file(vault: FileVault) -> list[Path]:
    return [one for one in vault.folder.rglob("*") if one.is_file()]


@pytest.mark.parametrize("size", SIZES)
def test_a_kept_file_comes_back_byte_for_byte(vault: FileVault, size: int) -> None:
    clear = bytes_of(size)

    kept = vault.keep([clear[:10], clear[10:]])

    assert b"".join(vault.read(kept.name)) == clear
    assert (kept.size, kept.sha256) == (size, hashlib.sha256(clear).hexdigest())


def test_nothing_of_the_clear_bytes_is_on_the_disk(vault: FileVault) -> None:
    kept = vault.keep([bytes_of(SEGMENT * 2)])

    stored = vault.path_of(kept.name).read_bytes()
    assert b"Vautrin" not in stored
    assert b"%PDF" not in stored


@pytest.mark.parametrize("size", [1, SEGMENT, 3 * SEGMENT + 17])
def test_a_cut_file_is_refused_wherever_it_was_cut(vault: FileVault, size: int) -> None:
    kept = vault.keep([bytes_of(size)])
    path = vault.path_of(kept.name)
    whole = path.read_bytes()

    for length in {0, 2, 4, 5, 6, 7, len(whole) // 2, len(whole) - SEGMENT - 16, len(whole) - 1}:
        path.write_bytes(whole[: max(length, 0)])
        with pytest.raises(SealBroken):
            list(vault.read(kept.name))


def test_a_file_cut_between_two_segments_is_refused(vault: FileVault) -> None:
    kept = vault.keep([bytes_of(3 * SEGMENT)])
    path = vault.path_of(kept.name)
    header = 4 + len("k1")
    path.write_bytes(path.read_bytes()[: header + 2 * (SEGMENT + 16)])

    with pytest.raises(SealBroken):
        list(vault.read(kept.name))


@pytest.mark.parametrize("position", [0, 3, 4, 6, 100, SEGMENT + 40, -1])
def test_an_altered_file_is_refused(vault: FileVault, position: int) -> None:
    kept = vault.keep([bytes_of(SEGMENT * 2)])
    path = vault.path_of(kept.name)
    altered = bytearray(path.read_bytes())
    altered[position] ^= 1
    path.write_bytes(bytes(altered))

    with pytest.raises(SealBroken):
        list(vault.read(kept.name))


def test_two_files_that_change_places_are_both_refused(vault: FileVault) -> None:
    """A62"""
    one, two = vault.keep([b"mine"]), vault.keep([b"yours"])
    first, second = vault.path_of(one.name), vault.path_of(two.name)
    a, b = first.read_bytes(), second.read_bytes()
    first.write_bytes(b)
    second.write_bytes(a)

    for kept in (one, two):
        with pytest.raises(SealBroken):
            list(vault.read(kept.name))


def test_swapped_segments_of_one_file_are_refused(vault: FileVault) -> None:
    kept = vault.keep([bytes_of(3 * SEGMENT)])
    path = vault.path_of(kept.name)
    whole, header, piece = path.read_bytes(), 6, SEGMENT + 16
    first, second = whole[header : header + piece], whole[header + piece : header + 2 * piece]
    path.write_bytes(whole[:header] + second + first + whole[header + 2 * piece :])

    with pytest.raises(SealBroken):
        list(vault.read(kept.name))


def test_a_rotated_key_still_opens_the_old_file(vault: FileVault) -> None:
    """A64"""
    kept = vault.keep([b"before"])
    rotated = FileVault(
        vault.folder, KeyRing(current="k2", keys={"k2": b"b" * 32, "k1": b"a" * 32}, index=RING.index)
    )
    lost = FileVault(vault.folder, KeyRing(current="k2", keys={"k2": b"b" * 32}, index=RING.index))

    assert b"".join(rotated.read(kept.name)) == b"before"
    assert b"".join(rotated.read(rotated.keep([b"after"]).name)) == b"after"
    with pytest.raises(SealBroken):
        list(lost.read(kept.name))


def test_a_sender_who_stops_in_the_middle_leaves_nothing(vault: FileVault) -> None:
    def broken() -> Iterator[bytes]:
        yield b"x" * SEGMENT * 2
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        vault.keep(broken())

    assert every_file(vault) == []


_WRITE_MUCH = """
import sys
from pathlib import Path
from entraide.portal.foundation.vault.files import FileVault
from entraide.portal.foundation.vault.keys import KeyRing
vault = FileVault(Path(sys.argv[1]), KeyRing(current="k1", keys={"k1": b"a" * 32}, index=b"i" * 32))
try:
    vault.keep(b"x" * 65536 for _ in range(64))
except OSError as error:
    print(error.errno)
"""


def keep_much(folder: Path, **limits: object) -> str:
    done = subprocess.run(
        [sys.executable, "-c", _WRITE_MUCH, str(folder)],
        capture_output=True,
        text=True,
        check=True,
        **limits,  # type: ignore[call-overload]
    )
    return str(done.stdout.strip())


def test_a_file_larger_than_what_the_system_allows_leaves_nothing(vault: FileVault) -> None:
    def one_megabyte() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))

    refused = keep_much(vault.folder, preexec_fn=one_megabyte)

    assert refused == "27"  # EFBIG, like ENOSPC met in the middle of a write
    assert every_file(vault) == []


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte: our own when we may mount one, else what the machine offers."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    mounted = mount is not None and os.geteuid() == 0
    if mounted:
        done = subprocess.run([mount, "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], check=False)
        mounted = done.returncode == 0
    if not mounted:
        pytest.skip("mounting a small disk needs root; the limit on file size above covers the same path")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk_leaves_nothing_and_what_was_there_stays(tiny_disk: Path) -> None:
    """§4: disk full."""
    vault = FileVault(tiny_disk, RING)
    before = vault.keep([b"already here"])

    refused = keep_much(tiny_disk)

    assert refused == "28"  # ENOSPC
    assert every_file(vault) == [vault.path_of(before.name)]
    assert b"".join(vault.read(before.name)) == b"already here"


def test_a_forgotten_file_is_gone_and_forgetting_twice_is_no_fault(vault: FileVault) -> None:
    kept = vault.keep([b"x"])
    vault.forget(kept.name)
    vault.forget(kept.name)

    assert every_file(vault) == []
