"""Opening hours of a week on one line: `1-5 09:00-12:30 14:00-19:00; 6 10:00-18:00`, Monday being 1."""

import re
from dataclasses import dataclass

_PART = re.compile(
    r"([1-7])(?:-([1-7]))?((?: (?:[01]\d|2[0-3]):[0-5]\d-(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00))+)"
)
_EVENING, _LUNCH_STARTS, _LUNCH_ENDS = 19 * 60, 12 * 60 + 15, 13 * 60 + 45
_SATURDAY = 5


class WeekError(ValueError):
    """A text that is no week of opening hours."""


@dataclass(frozen=True, slots=True)
class Span:
    """Open on these days, Monday being 0, from a time to another one, both as HH:MM."""

    days: tuple[int, ...]
    start: str
    end: str


def parse(text: str) -> tuple[Span, ...]:
    """The spans of a week; raises WeekError for another form, an end before its start, or an overlap."""
    spans: list[Span] = []
    for part in filter(None, (" ".join(one.split()) for one in text.split(";"))):
        found = _PART.fullmatch(part)
        if found is None:
            raise WeekError(part)
        first, last = int(found[1]) - 1, int(found[2] or found[1]) - 1
        for clock in found[3].split():
            start, _, end = clock.partition("-")
            spans.append(Span(tuple(range(first, last + 1)), start, end))
    _check(spans)
    return tuple(spans)


def _check(spans: list[Span]) -> None:
    for number, one in enumerate(spans):
        if not one.days or _minutes(one.end) <= _minutes(one.start):
            raise WeekError(f"{one.start}-{one.end}")
        for before in spans[:number]:
            shared = set(one.days) & set(before.days)
            if shared and one.start < before.end and before.start < one.end:
                raise WeekError(f"{one.start}-{one.end}")


def slots(spans: tuple[Span, ...]) -> tuple[str, ...]:
    """Which of the moments that people ask for are inside: after work, lunch on a working day, Saturday."""
    found = []
    if any(_minutes(one.end) >= _EVENING for one in spans):
        found.append("evening")
    at_work = [one for one in spans if one.days[0] < _SATURDAY]
    if any(_minutes(one.start) <= _LUNCH_STARTS and _minutes(one.end) >= _LUNCH_ENDS for one in at_work):
        found.append("lunch")
    if any(_SATURDAY in one.days for one in spans):
        found.append("saturday")
    return tuple(found)


def _minutes(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)
