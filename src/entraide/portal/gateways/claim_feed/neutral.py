"""Our neutral format: a CSV of records, whose first value says what each one is (docs/operations)."""

import csv
import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from entraide.formats.money import MoneyError, parse_cents
from entraide.portal.domain.adjudication.enums import Reason
from entraide.portal.domain.adjudication.rejects import Reject
from entraide.portal.gateways.claim_feed.canonical import CELLS, Announcement, Records, Totals
from entraide.portal.gateways.claim_feed.report import FeedRefused
from entraide.portal.gateways.core_system.cells import BadCell, Cell, day, digits, reference
from entraide.portal.gateways.core_system.lines import Block, Unreadable, blocks_of
from entraide.portal.gateways.core_system.report import shown

VERSION = 1
_HEADER = ("feed", "version", "number", "scheme_code", "fund_code", "office_code", "made_on", "encoding")
_END = ("end", "lines", "charged", "amo")
_MAY_BE_ABSENT = frozenset(name for name, cell in CELLS.items() if cell.blank is not ...)
_CUT = "a last record end: the file was cut while it was written or sent"


class NeutralReader:
    """One file, from its first to its last record; `FeedRefused` at what concerns all of it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._totals: Totals | None = None
        self._order: list[str] = []

    def announcement(self) -> Announcement:
        with self._path.open("rb") as file:
            line = file.readline(4096)
        try:
            values = next(csv.reader([line.decode().strip("\ufeff\r\n")], strict=True), [])
        except (UnicodeDecodeError, csv.Error):
            values = []
        if not values or values[0] != "feed":
            raise FeedRefused(1, "", "another first record", "a record feed, which says who sent it")
        # The version first: another one may have other values.
        if len(values) < 2 or values[1] != str(VERSION):
            raise FeedRefused(1, "version", shown(values[1] if len(values) > 1 else ""), f'"{VERSION}"')
        if len(values) != len(_HEADER):
            raise FeedRefused(1, "", f"{len(values)} values", f"{len(_HEADER)}: {','.join(_HEADER)}")
        told = dict(zip(_HEADER, values, strict=True))
        if told["encoding"] != "UTF-8":
            raise FeedRefused(1, "encoding", shown(told["encoding"]), '"UTF-8", the only one of this format')
        return Announcement(
            version=VERSION,
            number=_value(told, "number", reference()),
            scheme_code=_value(told, "scheme_code", digits(2)),
            fund_code=_value(told, "fund_code", digits(3)),
            office_code=_value(told, "office_code", digits(4)),
            made_on=date.fromisoformat(_value(told, "made_on", day())),
        )

    def records(self) -> Iterator[Records]:
        try:
            for block in blocks_of(self._path):
                yield self._records(block)
        except Unreadable as stop:
            announced = "text in UTF-8, as announced" if "UTF-8" in stop.expected else stop.expected
            raise FeedRefused(stop.line, stop.column, stop.found, announced) from None

    def totals(self) -> Totals:
        if self._totals is None:
            raise FeedRefused(None, "", "no record end", _CUT)
        return self._totals

    def _records(self, block: Block) -> Records:
        rejects: list[Reject] = []
        numbered = _split(block.lines, block.first, rejects)
        if block.first == 1:
            numbered = numbered[1:]
        if not self._order and numbered:
            self._order = _column_names(*numbered[0])
            numbered = numbered[1:]
        numbered = self._up_to_end(numbered, rejects)
        if block.ends_file and self._totals is None:
            raise FeedRefused(block.first + len(block.lines) - 1, "", "a last line of another kind", _CUT)
        width, lines, rows = len(self._order), [], []
        for number, row in numbered:
            if len(row) == width:
                lines.append(number)
                rows.append(row)
            elif row:
                rejects.append(_wrong_width(number, row, width))
        columns = zip(*rows, strict=True) if rows else [()] * width
        texts = dict(zip(self._order, columns, strict=True))
        texts |= {name: ("",) * len(lines) for name in CELLS if name not in texts}
        return Records(lines=lines, texts=texts, bytes_read=block.read, size=block.size, rejects=rejects)

    def _up_to_end(
        self, numbered: list[tuple[int, list[str]]], rejects: list[Reject]
    ) -> list[tuple[int, list[str]]]:
        """The lines before the record end, which nothing may follow."""
        if self._totals is not None and (numbered or rejects):
            raise FeedRefused(numbered[0][0] if numbered else None, "", "a record after the end", "none")
        for place, (number, row) in enumerate(numbered):
            if row and row[0] == "end":
                self._totals = _read_totals(number, row)
                if any(later for _, later in numbered[place + 1 :]):
                    raise FeedRefused(numbered[place + 1][0], "", "a record after the end", "none")
                return numbered[:place]
        return numbered


def fingerprint_of(path: Path) -> str:
    """SHA-256 of the file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _value(told: dict[str, str], name: str, cell: Cell) -> str:
    try:
        return str(cell.read(told[name]))
    except BadCell:
        raise FeedRefused(1, name, shown(told[name]), cell.expected) from None


def _split(lines: list[str], first: int, rejects: list[Reject]) -> list[tuple[int, list[str]]]:
    """Each line taken apart alone where they cannot be together: an open quotation mark harms one line."""
    try:
        rows = list(csv.reader(lines, strict=True))
    except csv.Error:
        rows = []
    if len(rows) == len(lines):
        return list(zip(range(first, first + len(rows)), rows, strict=True))
    found = []
    for number, line in enumerate(lines, first):
        try:
            found.append((number, next(csv.reader([line], strict=True), [])))
        except csv.Error:
            rejects.append(
                Reject(
                    number,
                    Reason.BAD_VALUE,
                    "",
                    "a quotation mark that is not closed, or not doubled inside a value",
                    "values on one line, between double quotes when they hold a comma or a quotation mark",
                )
            )
    return found


def _column_names(number: int, names: list[str]) -> list[str]:
    amiss = [f"no column {name}" for name in CELLS if name not in names and name not in _MAY_BE_ABSENT]
    amiss += [f"the unknown column {shown(name)}" for name in dict.fromkeys(names) if name not in CELLS]
    amiss += [f"the column {name} twice" for name in CELLS if names.count(name) > 1]
    if not amiss and names[0] != "record":
        amiss = [f"the first column {names[0]}"]
    if amiss:
        expected = "record first, then each column once: " + ",".join(list(CELLS)[1:])
        raise FeedRefused(number, "columns", ", ".join(amiss[:8]), expected)
    return names


def _wrong_width(number: int, row: list[str], width: int) -> Reject:
    return Reject(number, Reason.BAD_VALUE, "", f"{len(row)} values", f"{width}, one for each column")


def _read_totals(number: int, row: list[str]) -> Totals:
    if len(row) != len(_END) or not (row[1].isascii() and row[1].isdigit() and len(row[1]) < 16):
        raise FeedRefused(number, "end", f"{len(row)} values", f"{len(_END)}: {','.join(_END)}")
    try:
        return Totals(int(row[1]), _sum(row[2]), _sum(row[3]))
    except MoneyError:
        expected = "euros with a dot and two digits, as 12.81"
        raise FeedRefused(number, "end", "a total of another form", expected) from None


def _sum(text: str) -> int:
    """A total may be longer than one amount."""
    whole, _, cents = text.rpartition(".")
    digits_only = whole.removeprefix("-")
    if len(digits_only) > 9 and len(digits_only) < 16 and digits_only.isdigit() and digits_only.isascii():
        return (-1 if whole[0] == "-" else 1) * (int(digits_only) * 100 + parse_cents(f"0.{cents}"))
    return parse_cents(text)
