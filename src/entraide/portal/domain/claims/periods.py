"""The periods by which payments are looked for; the day is an argument."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Self

from entraide.portal.domain.claims.enums import Period


def first_and_last(period: str, *, on: date) -> tuple[date, date] | None:
    """The days of a `Period` or of a year in four digits, both included; None: all of them."""
    if period.isdecimal():
        return year_of(int(period))
    match Period(period):
        case Period.MONTH:
            return on.replace(day=1), on
        case Period.QUARTER:
            return months_before(on, 3), on
        case Period.YEAR:
            return on.replace(month=1, day=1), on
        case _:
            return None


def year_of(year: int) -> tuple[date, date]:
    """Its first and its last day."""
    return date(year, 1, 1), date(year, 12, 31)


def month_of(day: date) -> tuple[date, date]:
    """The first and the last day of the month that the day is in."""
    return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])


def months_before(on: date, months: int) -> date:
    """The same day some months earlier, or the last day of a shorter month."""
    year, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    return date(year, month + 1, min(on.day, calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class Quarter:
    """A civil quarter, `2026-Q4`: January to March is the first."""

    year: int
    number: int

    @classmethod
    def parse(cls, written: str) -> Self:
        """Raises ValueError when it is not written as `2026-Q4`."""
        found = re.fullmatch(r"(2[0-9]{3})-Q([1-4])", written, re.ASCII)
        if found is None:
            raise ValueError(f"found {written!r}, expected a quarter such as 2026-Q4")
        return cls(int(found[1]), int(found[2]))

    @property
    def first(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        month = 3 * self.number
        return date(self.year, month, calendar.monthrange(self.year, month)[1])

    def is_over(self, *, on: date) -> bool:
        return on > self.last

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"
