"""Chance that can be repeated: the same names give the same draws, on every machine and every day."""

import calendar
import hashlib
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from entraide.profiles import is_public_holiday

_SUNDAY = 6
_HOLIDAY_MONTH = 8
_DAYS_BETWEEN = 6


def dice(*names: object) -> Random:
    """A generator of its own for what the names describe, so that one person's draws never move another's."""
    digest = hashlib.sha256("/".join(map(str, names)).encode()).digest()
    return Random(int.from_bytes(digest[:8], "big"))


def days_of_care(year: int, *, times: int, drawn: Random) -> list[date]:
    """Working days of a year, in order and not close together; practices are mostly closed in August."""
    found: list[date] = []
    while len(found) < times:
        day = date(year, 1, 1) + timedelta(days=drawn.randrange(365 + calendar.isleap(year)))
        if not _is_open(day) or (day.month == _HOLIDAY_MONTH and drawn.random() < 0.8):
            continue
        if all(abs((day - other).days) >= _DAYS_BETWEEN for other in found):
            found.append(day)
    return sorted(found)


def series(start: date, *, times: int, every: int) -> Iterator[date]:
    """Sessions at regular intervals, each on the first working day from its turn."""
    for number in range(times):
        yield working_day(start + timedelta(days=number * every))


def working_day(day: date) -> date:
    """That day, or the first one after it on which practices are open."""
    while not _is_open(day):
        day += timedelta(days=1)
    return day


def _is_open(day: date) -> bool:
    return day.weekday() != _SUNDAY and not is_public_holiday(day)
