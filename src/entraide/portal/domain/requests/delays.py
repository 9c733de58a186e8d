"""Until when an answer is promised."""

from datetime import date, timedelta

from entraide.profiles import is_public_holiday

SATURDAY = 5


def working_days_after(start: date, days: int) -> date:
    """The day that comes so many working days (Monday to Friday, public holidays left out) after `start`."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        if _is_working_day(day):
            days -= 1
    return day


def working_days_between(start: date, end: date) -> int:
    """How many working days begin after `start`, up to and including `end`."""
    days = (end - start).days
    return sum(_is_working_day(start + timedelta(days=one)) for one in range(1, days + 1))


def _is_working_day(day: date) -> bool:
    return day.weekday() < SATURDAY and not is_public_holiday(day)
