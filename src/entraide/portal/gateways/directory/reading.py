"""Lines of a large text file one after the other, and the faults that are told at the end."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from entraide.formats import phone
from entraide.portal.domain.imports import FINDINGS_COUNTED, FINDINGS_SHOWN
from entraide.portal.gateways.core_system.progress import Progress, Watch
from entraide.portal.gateways.core_system.report import Fault, shown

_LONGEST_LINE = 20_000


class DirectoryRefused(Exception):
    """The file was refused and nothing of it was kept; the text says where and why, one fault a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What a file brought. `left_out`: lines of people who are not looked for here, or receive nobody."""

    entries: int
    lines: int
    left_out: int
    without_point: int


class Reading:
    """One pass over a file in bounded memory: how far it is, and the first faults."""

    def __init__(self, path: Path, watch: Watch | None) -> None:
        self.path, self.watch = path, watch
        self.size, self.read, self.lines_read, self.kept = path.stat().st_size, 0, 0, 0
        self.left_out = self.without_point = self.found = 0
        self.faults: list[Fault] = []

    def lines(self) -> Iterator[tuple[int, str]]:
        """Number and text of every line that is not blank, until one is too long or too much is wrong."""
        with self.path.open("rb") as file:
            number = 0
            while (raw := file.readline(_LONGEST_LINE + 1)) and self.found < FINDINGS_COUNTED:
                number, self.read = number + 1, self.read + len(raw)
                if len(raw) > _LONGEST_LINE:
                    self.fault(
                        number, "", f"a line longer than {_LONGEST_LINE} bytes", "one professional a line"
                    )
                    return
                self._tell()
                text = _decoded(raw).strip("\r\n")
                if number == 1:
                    text = text.removeprefix("\ufeff")
                if text.strip():
                    yield number, text

    def fault(self, line: int | None, column: str, found: str, expected: str) -> None:
        self.found += 1
        if len(self.faults) < FINDINGS_SHOWN:
            self.faults.append(Fault(self.path.name, line, column, found, expected))

    def wrong(self, line: int, column: str, value: str, expected: str) -> None:
        """A fault in one value, which is quoted short."""
        self.fault(line, column, shown(value), expected)

    def refuse_if_faulty(self) -> None:
        """Raises DirectoryRefused when anything was wrong."""
        if self.found:
            more = self.found - len(self.faults)
            told = [*map(str, self.faults), *([f"and {more} more faults"] if more else [])]
            raise DirectoryRefused("\n".join(told))

    def taken(self, entries: int) -> Taken:
        if self.watch is not None:
            self.watch(Progress(self.path.name, "done", self.read, self.size, self.kept))
        return Taken(
            entries=entries,
            lines=self.lines_read,
            left_out=self.left_out,
            without_point=self.without_point,
        )

    def _tell(self) -> None:
        if self.watch is not None:
            self.watch(Progress(self.path.name, "reading", self.read, self.size, self.kept))


def tidy(text: str, most: int) -> str:
    """On one line, without what cannot be printed, cut at so many characters."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())[:most]


def number_to_call(text: str) -> str:
    """In international form; blank when it is no French number: nobody is refused for their phone."""
    with suppress(phone.PhoneError):
        return phone.parse(text) if text.strip() else ""
    return ""


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")
