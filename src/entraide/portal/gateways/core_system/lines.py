"""The lines of a file, read in blocks: memory stays the same whatever the file holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

BLOCK = 256 * 1024
# Far more than the longest possible row: beyond it, this is no table.
LONGEST_LINE = 32 * 1024
_BOM = b"\xef\xbb\xbf"


class Unreadable(Exception):
    """The file is no table: reading cannot go on after this line."""

    def __init__(self, line: int, *, found: str, expected: str, column: str = "") -> None:
        super().__init__(f"line {line}: {found}")
        self.line, self.found, self.expected, self.column = line, found, expected, column


@dataclass(frozen=True, slots=True)
class Block:
    """Whole lines without their ends. `first` is the number of the first; `read` and `size` count bytes."""

    first: int
    lines: list[str]
    read: int
    size: int

    @property
    def ends_file(self) -> bool:
        return self.read >= self.size


def blocks_of(path: Path) -> Iterator[Block]:
    """Raises Unreadable at what is not UTF-8 text in lines."""
    with path.open("rb") as file:
        size = path.stat().st_size
        if file.read(len(_BOM)) != _BOM:
            file.seek(0)
        first = 1
        while data := _whole_lines(file, first):
            lines = _text(data, first).split("\n")
            if not lines[-1]:
                lines.pop()
            longest = max(map(len, lines))
            if longest > LONGEST_LINE:
                raise _too_long(first + [len(line) for line in lines].index(longest))
            yield Block(first=first, lines=lines, read=file.tell(), size=size)
            first += len(lines)


def _whole_lines(file: BinaryIO, first: int) -> bytes:
    data = file.read(BLOCK)
    if data and not data.endswith(b"\n"):
        rest = file.readline(LONGEST_LINE)
        if len(rest) == LONGEST_LINE and not rest.endswith(b"\n"):
            raise _too_long(first + data.count(b"\n"))
        data += rest
    return data


def _text(data: bytes, first: int) -> str:
    nul = data.find(b"\0")
    if nul >= 0:
        line = first + data.count(b"\n", 0, nul)
        raise Unreadable(line, found="a NUL byte", expected="text in UTF-8")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = first + data.count(b"\n", 0, error.start)
        raise Unreadable(
            line, found=f"the byte 0x{data[error.start]:02X}, which is not UTF-8", expected="text in UTF-8"
        ) from None


def _too_long(line: int) -> Unreadable:
    return Unreadable(
        line, found=f"a line of more than {LONGEST_LINE} characters", expected="one row on each line"
    )
