"""Rows of a CSV file, checked: header, number of values, then every value by the kind of its column."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from entraide.portal.domain.imports import Finding, Findings
from entraide.portal.gateways.core_system.cells import BadCell
from entraide.portal.gateways.core_system.layout import Batch, Columns, Layout
from entraide.portal.gateways.core_system.lines import Block, Unreadable, blocks_of
from entraide.portal.gateways.core_system.report import shown

Row = list[str]


@dataclass(frozen=True, slots=True)
class Read:
    """A part of the file: its good rows, and how far the reading has come."""

    batch: Batch
    bytes_read: int
    size: int


def read_table(path: Path, layout: Layout, findings: Findings) -> Iterator[Read]:
    """Good rows in batches; their faults go to `findings`. Raises Unreadable when it is no such table."""
    order: list[str] = []
    for block in blocks_of(path):
        lines = block.lines
        first = block.first
        if not order:
            order = _header(lines[0], layout)
            lines, first = lines[1:], first + 1
        rows = _rows(lines, first, ends_file=block.ends_file)
        numbers, rows = _of_right_width(rows, first, order, block, findings)
        batch = _checked(numbers, rows, order=order, layout=layout, findings=findings)
        yield Read(batch=batch, bytes_read=block.read, size=block.size)
    if not order:
        raise Unreadable(1, found="an empty file", expected="a first line with the names of the columns")


def _header(line: str, layout: Layout) -> list[str]:
    """The names in the order of the file; raises Unreadable naming every column that is amiss."""
    expected = list(layout.cells)
    required = [name for name, cell in layout.cells.items() if not cell.optional]
    names = _rows([line], 1, ends_file=False)[0] if line.strip() else []
    if len(names) == 1 and names[0].count(";") >= len(required) - 1:
        raise Unreadable(1, found="values separated by semicolons", expected="values separated by commas")
    amiss = [f"no column {name}" for name in required if name not in names]
    amiss += [f"the unknown column {shown(name)}" for name in dict.fromkeys(names) if name not in expected]
    amiss += [f"the column {name} {names.count(name)} times" for name in expected if names.count(name) > 1]
    if amiss:
        told = ", ".join(amiss[:8]) + (f" and {len(amiss) - 8} more" if len(amiss) > 8 else "")
        raise Unreadable(1, found=told, expected=f"each once: {_told(required, expected)}", column="header")
    return names


def _told(required: list[str], expected: list[str]) -> str:
    more = [name for name in expected if name not in required]
    return ",".join(required) + (f" (and, if you have them, {','.join(more)})" if more else "")


def _rows(lines: list[str], first: int, *, ends_file: bool) -> list[Row]:
    """One row for each line; raises Unreadable at a quotation mark that is not closed on its line."""
    reader = csv.reader(lines, strict=True)
    try:
        rows = list(reader)
    except csv.Error:
        rows = []
    if len(rows) != len(lines):
        raise _bad_quotes(lines, first, ends_file=ends_file)
    return rows


def _bad_quotes(lines: list[str], first: int, *, ends_file: bool) -> Unreadable:
    """Which line the reader stumbled on: each is read alone."""
    position = next(place for place, line in enumerate(lines) if not _stands_alone(line))
    line = lines[position]
    if "\r" in line.rstrip("\r"):
        return Unreadable(
            first + position, found="a carriage return inside a line", expected="lines ended by LF or CRLF"
        )
    if ends_file and position == len(lines) - 1 and line.count('"') % 2:
        return Unreadable(
            first + position,
            found="a last line that stops inside a value",
            expected="a whole file: it was cut while it was written or sent",
        )
    return Unreadable(
        first + position,
        found="a quotation mark that is not closed, or not doubled inside a value",
        expected="values on one line, between double quotes when they hold a comma or a quotation mark",
    )


def _stands_alone(line: str) -> bool:
    try:
        list(csv.reader([line], strict=True))
    except csv.Error:
        return False
    return True


def _of_right_width(
    rows: list[Row], first: int, order: list[str], block: Block, findings: Findings
) -> tuple[Sequence[int], list[Row]]:
    """The rows that have one value per column, with their line numbers. Blank lines are passed over."""
    width = len(order)
    numbers: Sequence[int] = range(first, first + len(rows))
    if all(len(row) == width for row in rows):
        return numbers, rows
    for number, row in zip(numbers, rows, strict=True):
        if row and len(row) != width:
            last = block.ends_file and number == numbers[-1]
            findings.add(_wrong_width(number, row, order, is_last=last))
    good = [(number, row) for number, row in zip(numbers, rows, strict=True) if len(row) == width]
    return [number for number, _ in good], [row for _, row in good]


def _wrong_width(number: int, row: Row, order: list[str], *, is_last: bool) -> Finding:
    found, width = f"{len(row)} values", len(order)
    if len(row) < width and is_last:
        found = f"a last line of {len(row)} values"
        return Finding(
            number, order[len(row)], found, f"{width}: the file was cut while it was written or sent"
        )
    return Finding(number, order[min(len(row), width - 1)], found, f"{width}, one for each column")


def _checked(
    numbers: Sequence[int], rows: list[Row], *, order: list[str], layout: Layout, findings: Findings
) -> Batch:
    """Column by column; only a batch with a fault is looked at again, value by value."""
    try:
        texts = zip(order, zip(*rows, strict=True) if rows else [()] * len(order), strict=True)
        columns: Columns = {name: layout.cells[name].column(column) for name, column in texts}
    except BadCell:
        numbers, columns = _one_by_one(numbers, rows, order=order, layout=layout, findings=findings)
    absent = [name for name in layout.cells if name not in columns]
    columns |= {name: [layout.cells[name].blank] * len(numbers) for name in absent}
    for fault in layout.examine(columns):
        findings.add(Finding(numbers[fault.row], fault.column, fault.found, fault.expected))
    return Batch(lines=numbers, columns=columns)


def _one_by_one(
    numbers: Sequence[int], rows: list[Row], *, order: list[str], layout: Layout, findings: Findings
) -> tuple[Sequence[int], Columns]:
    good_numbers, good_rows = [], []
    for number, row in zip(numbers, rows, strict=True):
        before = findings.total
        values = [_value(number, name, text, layout, findings) for name, text in zip(order, row, strict=True)]
        if findings.total == before:
            good_numbers.append(number)
            good_rows.append(values)
    return good_numbers, {name: [row[place] for row in good_rows] for place, name in enumerate(order)}


def _value(number: int, name: str, text: str, layout: Layout, findings: Findings) -> object:
    cell = layout.cells[name]
    try:
        return cell.read(text)
    except BadCell as bad:
        findings.add(Finding(number, name, cell.quote(text), bad.expected or cell.expected))
        return None
