"""What a hostile file may cost: a little of one process, which dies alone (A43)."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from entraide.portal.domain.requests.files import reader
from entraide.portal.domain.requests.files.apart import page_apart
from entraide.portal.domain.requests.files.check import check
from entraide.portal.domain.requests.files.verdicts import Fault, Refused
from tests.portal.domain.requests import bombs
from tests.portal.domain.requests.hostile import HOSTILE, Hostile
from tests.portal.domain.requests.samples import GOOD

MEGABYTE = 1024
# Runs the reader as the portal does, and tells the most memory that it had, in kilobytes, after its answer.
_MEASURE = f"""
import resource, subprocess, sys
command = [sys.executable, "-I", "-m", "{reader.__name__}", *sys.argv[1:]]
subprocess.run(command, stdin=sys.stdin.buffer, capture_output=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
# Sound by all that our check reads of them, and heavy to draw.
HEAVY = {
    "laughing.pdf": bombs.laughing_page,
    "long.pdf": bombs.long_page,
    "huge-picture.pdf": bombs.page_of_a_huge_picture,
    "huge-sheet.pdf": bombs.huge_sheet,
    "turning-index.pdf": bombs.index_that_turns,
    "turning-scan.tif": bombs.scan_that_turns,
    "large.jpg": bombs.large_photo,
}
# What is refused before it is opened costs nothing.
_OPENED = {Fault.BROKEN, Fault.TOO_MANY_PIXELS, Fault.TOO_MANY_PAGES}
NEVER_DRAWN = {"laughing.pdf", "long.pdf"}


def memory_of(content: bytes, *asked: str) -> int:
    """The most memory of the reader, in kilobytes."""
    command = [sys.executable, "-c", _MEASURE, *asked]
    return int(subprocess.run(command, input=content, capture_output=True, check=True).stdout)


def extension_of(name: str) -> str:
    return f".{name.rsplit('.')[-1]}"


@pytest.mark.parametrize(
    "hostile",
    [one for one in HOSTILE if one.fault in _OPENED],
    ids=lambda one: one.title,
)
def test_checking_a_hostile_file_takes_less_than_300_megabytes(hostile: Hostile) -> None:
    assert memory_of(hostile.content, extension_of(hostile.name)) < 300 * MEGABYTE


@pytest.mark.parametrize("name", HEAVY)
def test_a_file_that_is_heavy_to_draw_is_cheap_to_check(name: str) -> None:
    content = HEAVY[name]()

    assert check(content, name=name).content == content
    assert memory_of(content, extension_of(name)) < 300 * MEGABYTE


@pytest.mark.parametrize("name", HEAVY)
def test_drawing_a_heavy_page_stays_within_its_limits(name: str) -> None:
    """Drawn at our size, or given up; the portal gets an answer either way."""
    content = HEAVY[name]()

    assert memory_of(content, extension_of(name), "page", "1") * 1024 <= reader.MEMORY
    if name in NEVER_DRAWN:
        with pytest.raises(Refused):
            page_apart(content, extension=extension_of(name), number=1)
    else:
        assert page_apart(content, extension=extension_of(name), number=1)


def test_the_reader_can_neither_write_a_file_nor_run_for_ever(tmp_path: Path) -> None:
    """What a broken decoder would try."""
    target = tmp_path / "written"
    tries = f"""
import resource
from {reader.__name__} import limit_myself
limit_myself()
print([resource.getrlimit(getattr(resource, f"RLIMIT_{{one}}"))[1] for one in ("FSIZE", "CPU", "AS")])
with open({str(target)!r}, "w") as file:
    file.write("x" * 100)
"""
    done = subprocess.run([sys.executable, "-I", "-c", tries], capture_output=True, check=False)

    assert str([0, reader.CPU_SECONDS, reader.MEMORY]).encode() in done.stdout
    assert done.returncode != 0
    assert not target.stat().st_size


def test_the_reader_reaches_no_network() -> None:
    """A43: not even a door of this machine that stands open."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        tries = f"""
import socket
from {reader.__name__} import limit_myself
limit_myself()
try:
    socket.create_connection(("127.0.0.1", {door.getsockname()[1]}), timeout=5)
except OSError as error:
    print(error)
"""
        done = subprocess.run([sys.executable, "-I", "-c", tries], capture_output=True, check=False)

    assert done.stdout.strip() == b"no network here"


def test_where_the_kernel_lets_it_the_reader_has_a_network_of_its_own() -> None:
    """A decoder that was taken over does not ask Python: it finds no device but the loop that is down."""
    probe = f"import ctypes; print(ctypes.CDLL(None).unshare({reader.NEW_USER | reader.NEW_NETWORK}))"
    tries = f"""
from {reader.__name__} import limit_myself
limit_myself()
print([line.split(":")[0].strip() for line in open("/proc/self/net/dev") if ":" in line])
"""
    allowed, devices = (
        subprocess.run([sys.executable, "-I", "-c", one], capture_output=True, check=True).stdout.strip()
        for one in (probe, tries)
    )

    assert allowed != b"0" or devices == b"['lo']"


def test_a_reader_that_dies_is_a_broken_file_and_the_next_one_is_read() -> None:
    with pytest.raises(Refused):
        page_apart(bombs.long_page(), extension=".pdf", number=1)

    assert check(GOOD["facture.pdf"], name="facture.pdf").size
