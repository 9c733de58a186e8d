"""What has been used of every cap and allowance: entries by key, so that a reversal restores each one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from entraide.reimbursement.breakdown import Breakdown, Movement


class Entry(NamedTuple):
    """What one line used, on its day of care: cents and units."""

    on: date
    line: str
    amount: int
    units: int


@dataclass(frozen=True, slots=True)
class Used:
    """Cents and units used between two days."""

    amount: int = 0
    units: int = 0


class Counters:
    """Immutable: `record` and `reverse` give new counters and leave these as they are."""

    __slots__ = ("_entries",)

    def __init__(self, entries: Mapping[str, tuple[Entry, ...]] | None = None) -> None:
        self._entries: dict[str, tuple[Entry, ...]] = dict(entries or {})

    def used(self, key: str, first: date, last: date) -> Used:
        """What lines of care from `first` to `last`, both included, have used."""
        found = [each for each in self._entries.get(key, ()) if first <= each.on <= last]
        return Used(sum(each.amount for each in found), sum(each.units for each in found))

    def latest(self, key: str, *, until: date) -> date | None:
        """The last day of care on or before `until` that used this counter."""
        days = [each.on for each in self._entries.get(key, ()) if each.on <= until]
        return max(days, default=None)

    def record(self, breakdown: Breakdown) -> "Counters":
        """With what this line used."""
        return self.add(breakdown.movements, line=breakdown.line)

    def add(self, movements: Iterable[Movement], *, line: str) -> "Counters":
        """With these movements of a line."""
        entries = dict(self._entries)
        for each in movements:
            entry = Entry(each.on, line, each.amount, each.units)
            entries[each.key] = tuple(sorted((*entries.get(each.key, ()), entry)))
        return Counters(entries)

    def reverse(self, line: str) -> "Counters":
        """As if this line had never been priced: every counter that it moved is restored."""
        kept = {
            key: tuple(each for each in entries if each.line != line)
            for key, entries in self._entries.items()
        }
        return Counters({key: entries for key, entries in kept.items() if entries})

    def entries(self) -> Mapping[str, tuple[Entry, ...]]:
        """Everything, to be stored."""
        return dict(self._entries)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Counters) and self._entries == other._entries

    def __hash__(self) -> int:
        return hash(frozenset(self._entries.items()))

    def __repr__(self) -> str:
        return f"Counters({self._entries!r})"
