"""Ages on a day; the day is an argument. Born on 29 February: a year older on 1 March of common years."""

from datetime import date


def age_on(birth_date: date, on: date) -> int:
    """Whole years lived on that day."""
    had_birthday = (on.month, on.day) >= (birth_date.month, birth_date.day)
    return on.year - birth_date.year - (0 if had_birthday else 1)


def birthday(birth_date: date, age: int) -> date:
    """The first day on which somebody has that age."""
    year = birth_date.year + age
    try:
        return birth_date.replace(year=year)
    except ValueError:
        return date(year, 3, 1)
