"""The periods by which payments are looked for; the day is an argument."""

import calendar
from datetime import date

from entraide.portal.domain.claims.enums import Period


def first_and_last(period: str, *, on: date) -> tuple[date, date] | None:
    """The days of a `Period` or of a year in four digits, both included; None: all of them."""
    if period.isdecimal():
        return date(int(period), 1, 1), date(int(period), 12, 31)
    match Period(period):
        case Period.MONTH:
            return on.replace(day=1), on
        case Period.QUARTER:
            return months_before(on, 3), on
        case Period.YEAR:
            return on.replace(month=1, day=1), on
        case _:
            return None


def months_before(on: date, months: int) -> date:
    """The same day some months earlier, or the last day of a shorter month."""
    year, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    return date(year, month + 1, min(on.day, calendar.monthrange(year, month + 1)[1]))
