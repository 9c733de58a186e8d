"""Directories of health facilities: the official FINESS file, and a smaller one of hospitals.

The official file (établissements géolocalisés) has no head: a first line `finess;etalab;…`, then one line of
32 values between semicolons for each facility, `structureet`, then others that are passed over. Editions are
in UTF-8 or in the older Windows encoding. The smaller one is a CSV whose columns have names (`finess_et`,
`hospital_name`, …). Of the official file only facilities under the law on hospitals are kept.
"""

import csv
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from entraide.formats import finess, phone
from entraide.formats.communes import is_postcode
from entraide.portal.domain.facilities.loading import FacilityRow, load_facilities
from entraide.portal.domain.imports import FINDINGS_COUNTED, FINDINGS_SHOWN, Counts
from entraide.portal.gateways.core_system.progress import Progress, Watch
from entraide.portal.gateways.core_system.report import Fault

FILE = "facilities"
_LONGEST_LINE = 20_000
_OFFICIAL, _OFFICIAL_WIDTH = "structureet", 32
# The group of categories that the law on hospitals names: its codes begin with 1 (1101, 1102 …).
_HOSPITALS = "1"
_SMALLER = (
    "finess_et",
    "hospital_name",
    "street",
    "house_number",
    "postcode",
    "city",
    "facility_type",
    "tel",
)


class FacilitiesRefused(Exception):
    """The file was refused and nothing of it was kept; the text says where and why, one fault a line."""


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str


def take_in_facilities(path: Path, *, watch: Watch | None = None) -> Counts:
    """Loads the whole file in the place of the one before. Raises FacilitiesRefused."""
    reading = _Reading(path, watch)
    counts = load_facilities(reading.rows(), file=FILE)
    reading.tell("done")
    return counts


class _Reading:
    """One pass over the file, in bounded memory: numbers seen, and the first faults."""

    def __init__(self, path: Path, watch: Watch | None) -> None:
        self.path, self.watch = path, watch
        self.size, self.read, self.kept = path.stat().st_size, 0, 0
        self.seen: dict[str, int] = {}
        self.faults: list[Fault] = []
        self.found = 0

    def rows(self) -> Iterator[FacilityRow]:
        """Every facility to keep; raises once the end is reached when a line was wrong."""
        lines = self._lines()
        first = next(lines, None)
        take = self._way_of(first)
        for line in lines:
            row = take(line)
            if row is not None and not self.found:
                self.kept += 1
                yield row
            if self.found >= FINDINGS_COUNTED:
                break
        if not self.found and not self.kept:
            self._fault(None, "", "no facility", "at least one hospital")
        if self.found:
            more = self.found - len(self.faults)
            told = [*map(str, self.faults), *([f"and {more} more faults"] if more else [])]
            raise FacilitiesRefused("\n".join(told))

    def tell(self, step: str = "reading") -> None:
        if self.watch is not None:
            how = "done" if step == "done" else "reading"
            self.watch(Progress(self.path.name, how, self.read, self.size, self.kept))  # type: ignore[arg-type]

    def _lines(self) -> Iterator[_Line]:
        with self.path.open("rb") as file:
            number = 0
            while raw := file.readline(_LONGEST_LINE + 1):
                number, self.read = number + 1, self.read + len(raw)
                if len(raw) > _LONGEST_LINE:
                    self._fault(
                        number, "", f"a line longer than {_LONGEST_LINE} bytes", "one facility a line"
                    )
                    return
                self.tell()
                text = _decoded(raw).strip("\r\n")
                if text.strip():
                    yield _Line(number, text)

    def _way_of(self, first: _Line | None) -> Callable[[_Line], FacilityRow | None]:
        text = first.text.removeprefix("\ufeff") if first else ""
        if text.startswith("finess;"):
            return self._official
        head = _values(text)
        if set(_SMALLER) <= set(head):
            return lambda line: self._smaller(line, head)
        found = f'"{text[:60]}"' if text else "nothing"
        self._fault(
            1, "", found, "the first line of the FINESS file, finess;etalab;…, or the names of columns"
        )
        return lambda _line: None

    def _official(self, line: _Line) -> FacilityRow | None:
        cells = [one.strip() for one in line.text.split(";")]
        if cells[0] != _OFFICIAL:
            return None
        if len(cells) != _OFFICIAL_WIDTH:
            self._fault(line.number, "", f"{len(cells)} values", f"{_OFFICIAL_WIDTH}, one for each column")
            return None
        if cells[20] and not cells[20].startswith(_HOSPITALS):
            return None
        postcode, _, city = cells[15].partition(" ")
        return self._row(
            line,
            number=("nofinesset", cells[1]),
            name=("rs", cells[4] or cells[3]),
            street=" ".join(filter(None, [*cells[7:11], cells[11]])),
            postcode=("ligneacheminement", postcode),
            city=city,
            kind=cells[19],
            tel=cells[16],
        )

    def _smaller(self, line: _Line, head: list[str]) -> FacilityRow | None:
        values = _values(line.text)
        if len(values) != len(head):
            self._fault(line.number, "", f"{len(values)} values", f"{len(head)}, one for each column")
            return None
        cell = {name: value.strip() for name, value in zip(head, values, strict=True)}
        return self._row(
            line,
            number=("finess_et", cell["finess_et"]),
            name=("hospital_name", cell["hospital_name"]),
            street=" ".join(filter(None, [cell["house_number"], cell["street"]])),
            postcode=("postcode", cell["postcode"]),
            city=cell["city"],
            kind=cell["facility_type"],
            tel=cell["tel"],
        )

    def _row(
        self,
        line: _Line,
        *,
        number: tuple[str, str],
        name: tuple[str, str],
        street: str,
        postcode: tuple[str, str],
        city: str,
        kind: str,
        tel: str,
    ) -> FacilityRow | None:
        """The row, or None with its faults noted; a name of a column goes with each value that is checked."""
        faults = self.found
        known = finess.with_first_zero(number[1])
        if not finess.is_valid(known):
            self._fault(line.number, number[0], f'"{number[1][:20]}"', "nine characters with the right key")
        elif known in self.seen:
            expected = f"each number once (it is on line {self.seen[known]} already)"
            self._fault(line.number, number[0], f'"{known}"', expected)
        else:
            self.seen[known] = line.number
        if not _tidy(name[1], 160):
            self._fault(line.number, name[0], f'"{name[1][:20]!s}"', "the name of a facility")
        code = postcode[1].zfill(5) if postcode[1] else ""
        if code and not is_postcode(code):
            self._fault(line.number, postcode[0], f'"{postcode[1][:20]}"', "five digits of a French postcode")
        if self.found > faults:
            return None
        return FacilityRow(
            finess=known,
            name=_tidy(name[1], 160),
            address=_tidy(street, 200),
            postcode=code,
            city=_tidy(city, 80),
            kind=_tidy(kind, 120),
            phone=_phone(tel),
        )

    def _fault(self, line: int | None, column: str, found: str, expected: str) -> None:
        self.found += 1
        if len(self.faults) < FINDINGS_SHOWN:
            self.faults.append(Fault(self.path.name, line, column, found, expected))


def _values(text: str) -> list[str]:
    """Of one line; none where a stray end of line stands within it, as older Macs write them."""
    try:
        return next(csv.reader([text]), [])
    except csv.Error:
        return []


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _tidy(text: str, most: int) -> str:
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())[:most]


def _phone(text: str) -> str:
    """In international form, blank when it is no French number: nobody refuses a hospital for its phone."""
    digits = "".join(text.split())
    with suppress(phone.PhoneError):
        return phone.parse(digits.zfill(10)) if digits else ""
    return ""
