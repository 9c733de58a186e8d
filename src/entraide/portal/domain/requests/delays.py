"""Until when an answer is promised."""

from datetime import date, timedelta

from entraide.profiles import is_public_holiday

SATURDAY = 5


def working_days_after(start: date, days: int) -> date:
    """The day that comes so many working days (Monday to Friday, public holidays left out) after `start`."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        if day.weekday() < SATURDAY and not is_public_holiday(day):
            days -= 1
    return day
