"""Periods counted in months, as contracts and the law count them."""

from calendar import monthrange
from datetime import date, timedelta


def add_months(day: date, months: int) -> date:
    """The same day so many months later (or earlier); the last day of a month that is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def anniversary_before(start: date, on: date) -> date:
    """First day of the contract year that holds `on`."""
    years = on.year - start.year
    turned = add_months(start, 12 * years)
    return turned if turned <= on else add_months(start, 12 * (years - 1))


def days_between(first: date, last: date) -> list[date]:
    """Every day, both ends included."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
