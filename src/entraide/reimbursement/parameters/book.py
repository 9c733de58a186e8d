"""Every dated public value, by key and day of care."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from entraide.reimbursement.errors import ParameterGap
from entraide.reimbursement.money import Words


class Unit(StrEnum):
    """What a value counts: cents, basis points, or a plain number (months, coefficients)."""

    EURO = "euro"
    PERCENT = "percent"
    COUNT = "count"


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One value of one key: in force from `first` to `last`, both included; no `last` means until the next.

    `confirm` marks a figure that nobody has read at its source yet.
    """

    key: str
    label: Words
    unit: Unit
    first: date
    last: date | None
    value: int
    source: str
    confirm: bool
    file: str


class ParameterBook:
    """The parameters of all files, checked: at most one value for a key and a day."""

    def __init__(self, values: Iterable[Value]) -> None:
        rows: dict[str, list[Value]] = {}
        for value in values:
            rows.setdefault(value.key, []).append(value)
        self._rows = {key: sorted(each, key=lambda row: row.first) for key, each in sorted(rows.items())}
        self._firsts = {key: [row.first for row in each] for key, each in self._rows.items()}

    def value(self, key: str, on: date) -> int:
        """Cents, basis points or a number on that day; `ParameterGap` when none is known."""
        return self.row(key, on).value

    def row(self, key: str, on: date) -> Value:
        """The value with its source; `ParameterGap` when none is known."""
        found = self.find(key, on)
        if found is None:
            raise ParameterGap(key, on)
        return found

    def find(self, key: str, on: date) -> Value | None:
        """The value on that day, or None."""
        place = bisect_right(self._firsts.get(key, ()), on)
        if not place:
            return None
        row = self._rows[key][place - 1]
        return None if row.last is not None and on > row.last else row

    def knows(self, key: str) -> bool:
        """Whether there is any value, on whatever day."""
        return key in self._rows

    def in_force(self, on: date) -> tuple[Value, ...]:
        """Everything that has a value on that day, by key."""
        found = (self.find(key, on) for key in self._rows)
        return tuple(row for row in found if row is not None)

    def to_confirm(self) -> tuple[Value, ...]:
        """Every value that is marked as not yet read at its source."""
        return tuple(row for row in self if row.confirm)

    def days_of_change(self) -> tuple[date, ...]:
        """Days on which some value begins or has just ended: between two of them nothing changes."""
        days = {row.first for row in self}
        days |= {date.fromordinal(row.last.toordinal() + 1) for row in self if row.last is not None}
        return tuple(sorted(days))

    def __iter__(self) -> Iterator[Value]:
        for rows in self._rows.values():
            yield from rows
