"""Reads the parameter files; everything that is wrong in them comes at once, each with file, key, place."""

from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from pathlib import Path

from entraide.reimbursement.errors import DataError, DataFault
from entraide.reimbursement.money import Words
from entraide.reimbursement.parameters.book import ParameterBook, Unit, Value
from entraide.reimbursement.strict import Table, read_toml

FOLDER = Path(__file__).parent


@cache
def load_parameters(folder: Path = FOLDER) -> ParameterBook:
    """The book of a folder; `DataError` with every fault."""
    return read_parameters(sorted(folder.glob("*.toml")))


def read_parameters(paths: Iterable[Path]) -> ParameterBook:
    """The book of these files, in their order: a row with `corrects = true` replaces an earlier one."""
    faults: list[DataFault] = []
    values: list[Value] = []
    for path in paths:
        root = Table(path.name, "", read_toml(path), faults)
        for table in root.tables("parameter"):
            _take_in(values, _values(table), table)
        root.close()
    _check_days(values, faults)
    if faults:
        raise DataError(sorted(faults))
    return ParameterBook(values)


def _values(table: Table) -> list[tuple[Value, bool]]:
    key, label = table.text("key"), table.words("label")
    unit = table.choice("unit", Unit) or Unit.COUNT
    rows = [row for row in (_row(inner, key, label, unit) for inner in table.tables("values")) if row]
    if not rows:
        table.note("values", found="nothing", expected="at least one dated value")
    table.close()
    return rows


def _row(table: Table, key: str, label: Words, unit: Unit) -> tuple[Value, bool] | None:
    first, last = table.day("from"), table.day("until", optional=True)
    number, source = _number(table, unit), table.text("source")
    confirm, corrects = table.flag("confirm"), table.flag("corrects")
    table.close()
    if first is not None and last is not None and last < first:
        table.note("until", found=last.isoformat(), expected=f"a day from {first.isoformat()}")
    if first is None or number is None:
        return None
    value = Value(
        key=key, label=label, unit=unit, first=first, last=last, value=number,
        source=source, confirm=confirm, file=table.file,
    )  # fmt: skip
    return value, corrects


def _number(table: Table, unit: Unit) -> int | None:
    if unit is Unit.EURO:
        return table.amount("value")
    return table.rate("value") if unit is Unit.PERCENT else table.whole("value")


def _take_in(values: list[Value], rows: list[tuple[Value, bool]], table: Table) -> None:
    for row, corrects in rows:
        place = next(
            (n for n, old in enumerate(values) if old.key == row.key and old.first == row.first), None
        )
        if corrects and place is None:
            table.note("values", found=f"a correction of {row.first}", expected="a value of that first day")
        elif corrects and place is not None:
            values[place] = row
        else:
            values.append(row)


def _check_days(values: list[Value], faults: list[DataFault]) -> None:
    rows: dict[str, list[Value]] = {}
    for value in values:
        rows.setdefault(value.key, []).append(value)
    for key, each in rows.items():
        if len({row.unit for row in each}) > 1:
            faults.append(DataFault(each[-1].file, key, "two units", "one unit for all its values"))
        for old, new in pairwise(sorted(each, key=lambda row: row.first)):
            if new.first == old.first or (old.last is not None and new.first <= old.last):
                found = f"two values on {new.first.isoformat()}"
                faults.append(DataFault(new.file, key, found, "one value for a day"))
