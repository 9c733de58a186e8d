"""Open or closed, and until when: opening hours are read in the time of Paris."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from entraide.profiles.holidays import is_public_holiday
from entraide.profiles.model import Contacts
from entraide.profiles.opening import OpeningHours

PARIS = ZoneInfo("Europe/Paris")
_DAYS_AHEAD = 14


def is_open(hours: Iterable[OpeningHours], at: datetime) -> bool:
    """Whether one of these hours holds at this moment, which must carry its time zone."""
    here = _in_paris(at)
    return any(start <= here < end for start, end in _spans_of(tuple(hours), here.date()))


def next_change(hours: Iterable[OpeningHours], at: datetime) -> datetime | None:
    """The next moment, in the time of Paris, when open turns to closed or back; None within 14 days."""
    here, hours = _in_paris(at), tuple(hours)
    now = is_open(hours, here)
    days = (here.date() + timedelta(days=ahead) for ahead in range(_DAYS_AHEAD + 1))
    moments = sorted({moment for day in days for span in _spans_of(hours, day) for moment in span})
    return next((moment for moment in moments if moment > here and is_open(hours, moment) != now), None)


def slots(contacts: Contacts, at: datetime) -> tuple[datetime, ...]:
    """The beginnings of the slots in which the mutual calls back, from `at` on, in the time of Paris."""
    rules = contacts.call_backs
    if rules is None:
        return ()
    here, length = _in_paris(at), timedelta(minutes=rules.slot_minutes)
    first = here + timedelta(hours=rules.notice_hours)
    found = set()
    for day in (here.date() + timedelta(days=ahead) for ahead in range(rules.days_ahead + 1)):
        for start, end in () if day in rules.closed_days else _spans_of(contacts.hours, day):
            moment = start
            while moment + length <= end:
                if moment >= first:
                    found.add(moment)
                moment += length
    return tuple(sorted(found))


def minutes(clock: str) -> int:
    """Minutes since midnight of a time written HH:MM, 24:00 included."""
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def _in_paris(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be told open or closed")
    return at.astimezone(PARIS)


def _spans_of(hours: tuple[OpeningHours, ...], day: date) -> Iterator[tuple[datetime, datetime]]:
    holiday = is_public_holiday(day)
    for slot in hours:
        if day.weekday() in slot.days and (slot.on_public_holidays or not holiday):
            yield _moment(day, slot.start), _moment(day, slot.end)


def _moment(day: date, clock: str) -> datetime:
    days, rest = divmod(minutes(clock), 24 * 60)
    return datetime.combine(day + timedelta(days=days), time(rest // 60, rest % 60), PARIS)
