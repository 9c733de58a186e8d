"""The cells of an export: as JSON, and as CSV that no spreadsheet takes for a formula (A51)."""

import csv
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO
from typing import Any

from entraide.portal.domain.personal_data import Cell, Table

# What a spreadsheet may take for the beginning of a formula, amounts with a sign included.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
# Spreadsheets in French expect it between cells, and tell UTF-8 by its first bytes.
_BETWEEN = ";"
_BOM = "\ufeff"


def plain(cell: Cell) -> Any:
    """A value that JSON knows: days and moments in ISO 8601, moments in UTC."""
    if isinstance(cell, datetime):
        return cell.astimezone(UTC).isoformat(timespec="seconds")
    if cell is None or isinstance(cell, bool | int | str | list | dict):
        return cell
    return str(cell)


def json_rows(table: Table) -> Iterator[str]:
    """The rows as one JSON list, row by row."""
    yield "["
    for number, row in enumerate(table.rows()):
        named = {name: plain(cell) for name, cell in zip(table.columns, row, strict=True)}
        yield (",\n" if number else "\n") + json.dumps(named, ensure_ascii=False)
    yield "\n]"


def csv_rows(table: Table) -> Iterator[str]:
    """The rows as lines of CSV, under their columns."""
    yield _BOM + _line(list(table.columns))
    for row in table.rows():
        yield _line([_safe(plain(cell)) for cell in row])


def _safe(value: Any) -> str:
    if value is None:
        return ""
    words = json.dumps(value, ensure_ascii=False) if isinstance(value, bool | list | dict) else str(value)
    return f"'{words}" if words.startswith(_FORMULA) else words


def _line(cells: list[str]) -> str:
    out = StringIO()
    csv.writer(out, delimiter=_BETWEEN).writerow(cells)
    return out.getvalue()
