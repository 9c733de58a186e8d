"""A file that is no table is refused with one clear fault, quickly and in little memory."""

import os
import random
import tracemalloc
from pathlib import Path

import pytest

from entraide.demo.folder import COLUMNS
from entraide.portal.domain.members.models import Member
from entraide.portal.gateways.core_system import ImportRefused, import_folder
from tests.portal.gateways.core_system.exports import Tables, family, only_fault, write

pytestmark = pytest.mark.django_db

HEADER = COLUMNS["members"].encode() + b"\n"
ROW = b"50010001,SEGMENT,2018-01-01,,email\n"
TEN_MB = 10_000_000


def put(folder: Path, content: bytes) -> Path:
    segment = family()["members"][0]["segment"].encode()
    (folder / "members.csv").write_bytes(content.replace(b"SEGMENT", segment))
    return folder


def noise() -> bytes:
    return random.Random(7).randbytes(TEN_MB)


@pytest.mark.parametrize(
    ("content", "line", "found"),
    [
        (b"", 1, "an empty file"),
        (b"\xef\xbb\xbf", 1, "an empty file"),
        (b"\n\n", 1, "no column member_number"),
        (HEADER.replace(b",segment", b""), 1, "no column segment"),
        (HEADER.replace(b"segment", b"segments"), 1, 'no column segment, the unknown column "segments"'),
        (HEADER.replace(b"left_on", b"joined_on"), 1, "no column left_on, the column joined_on 2 times"),
        (HEADER.replace(b",", b";"), 1, "values separated by semicolons"),
        (
            HEADER + ROW + ROW.replace(b"email", "été".encode("latin-1")),
            3,
            "the byte 0xE9, which is not UTF-8",
        ),
        (HEADER.decode().encode("utf-16"), 1, "a NUL byte"),
        (HEADER + ROW + b"\0", 3, "a NUL byte"),
        (HEADER + b'50010001,"SEGMENT,2018-01-01', 2, "a last line that stops inside a value"),
        (HEADER + b'500,"SEG\nMENT",2018-01-01,,email\n', 2, "a quotation mark that is not closed"),
        (HEADER + b'500,"a"b,2018-01-01,,email\n' + ROW, 2, "a quotation mark that is not closed"),
        (HEADER + ROW.replace(b"\n", b"\r") + ROW, 2, "a carriage return inside a line"),
        (HEADER + ROW + b"50010002,SEG", 3, "a last line of 2 values"),
        (HEADER + ROW + b'50010002,"SEG', 3, "a last line that stops inside a value"),
        (HEADER + b"50010001,SEGMENT\n" + ROW, 2, "2 values"),
        (HEADER + ROW.replace(b"email", b"email,x"), 2, "6 values"),
        (HEADER + ROW + b"x" * 40_000, 3, "a line of more than"),
    ],
)
def test_the_reason_is_named_with_its_line(tmp_path: Path, content: bytes, line: int, found: str) -> None:
    fault = only_fault(put(tmp_path, content))

    assert (fault.file, fault.line) == ("members.csv", line)
    assert fault.found.startswith(found)
    assert not Member.objects.exists()


@pytest.mark.parametrize(
    "content",
    [
        noise(),
        HEADER + noise(),
        os.urandom(8).hex().encode() * (TEN_MB // 16),
        HEADER + b"0" * TEN_MB,
        HEADER + b'"' * TEN_MB,
        HEADER + b"\0" * TEN_MB,
        HEADER + b'"' + ROW * (TEN_MB // len(ROW)),
    ],
    ids=["noise", "noise after a header", "one line", "one row", "quotes", "NULs", "a quote never closed"],
)
def test_ten_megabytes_of_garbage_are_refused_by_their_first_lines(tmp_path: Path, content: bytes) -> None:
    put(tmp_path, content)
    del content
    tracemalloc.start()

    fault = only_fault(tmp_path)

    assert tracemalloc.get_traced_memory()[1] < 8_000_000
    tracemalloc.stop()
    assert fault.line in {1, 2}
    assert len(str(fault)) < 400


def test_ten_megabytes_of_wrong_rows_are_not_read_to_the_end(tmp_path: Path) -> None:
    put(tmp_path, HEADER + b"wrong,row\n" * (TEN_MB // 10))
    tracemalloc.start()

    with pytest.raises(ImportRefused) as refusal:
        import_folder(tmp_path)

    assert tracemalloc.get_traced_memory()[1] < 24_000_000
    tracemalloc.stop()
    *told, rest = str(refusal.value).splitlines()
    assert len(told) == 100
    assert rest.startswith("members.csv: and at least ")


def test_a_last_line_without_an_end_is_whole_when_all_its_values_are_there(tmp_path: Path) -> None:
    tables: Tables = family()
    write(tmp_path, {"members": tables["members"]})
    path = tmp_path / "members.csv"
    path.write_bytes(path.read_bytes().rstrip(b"\n"))

    import_folder(tmp_path)

    assert Member.objects.count() == 1
