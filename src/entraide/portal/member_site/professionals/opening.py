"""The hours of an entry, as the other pages show hours."""

from datetime import datetime

from entraide.formats import week
from entraide.profiles import OpeningHours, is_open


def hours_of(text: str) -> tuple[OpeningHours, ...]:
    """Stored hours, which were checked when they came in."""
    return tuple(OpeningHours(days=span.days, start=span.start, end=span.end) for span in week.parse(text))


def is_open_now(text: str, at: datetime) -> bool:
    return is_open(hours_of(text), at)
