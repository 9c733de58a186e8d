"""When somebody answers."""

from dataclasses import dataclass

from entraide.profiles.shapes import Clock, Day


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningHours:
    """Open from start (included) to end (excluded) on these days, Monday being 0, in the time of Paris."""

    days: tuple[Day, ...]
    start: Clock
    end: Clock
    on_public_holidays: bool = False
