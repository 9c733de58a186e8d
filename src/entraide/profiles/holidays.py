"""The eleven public holidays of metropolitan France (Code du travail, art. L3133-1)."""

from datetime import date, timedelta
from functools import cache

_SAME_DAY_EVERY_YEAR = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
_DAYS_AFTER_EASTER = (1, 39, 50)  # Easter Monday, Ascension Day, Whit Monday


def is_public_holiday(day: date) -> bool:
    """Whether this day is a public holiday everywhere in metropolitan France."""
    return day in _holidays_of(day.year)


@cache
def _holidays_of(year: int) -> frozenset[date]:
    easter = _easter(year)
    moving = {easter + timedelta(days=days) for days in _DAYS_AFTER_EASTER}
    return frozenset(moving | {date(year, month, day) for month, day in _SAME_DAY_EVERY_YEAR})


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by the anonymous rule printed in Nature in 1876."""
    century, of_century = divmod(year, 100)
    golden = year % 19
    leap_centuries, century_left = divmod(century, 4)
    moon_shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - moon_shift + 15) % 30
    leap_years, year_left = divmod(of_century, 4)
    weekday = (32 + 2 * century_left + 2 * leap_years - epact - year_left) % 7
    correction = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * correction + 114, 31)
    return date(year, month, day + 1)
