"""Moves the clock of the whole portal, as the wall in France shows it."""

from collections.abc import Callable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

PARIS = ZoneInfo("Europe/Paris")
SetClock = Callable[[datetime], None]


def last_minute(day: date) -> datetime:
    return datetime.combine(day, time(23, 59), PARIS)


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(0, 0), PARIS)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """Every "now" and "today" of pages, queries and jobs comes from here."""

    def move(to: datetime) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: to.astimezone(ZoneInfo("UTC")))

    return move
