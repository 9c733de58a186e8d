"""What the model of the door remembers: the clock, counts with their time, browsers, links."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from unittest.mock import patch

from django.test import Client
from django.utils import timezone

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


class Clock:
    """Stands still unless told to go on."""

    def __init__(self) -> None:
        self.now = timezone.now()

    @contextmanager
    def in_charge(self) -> Iterator[None]:
        with (
            patch.object(timezone, "now", lambda: self.now),
            patch.object(time, "time", lambda: self.now.timestamp()),
        ):
            yield


@dataclass
class Window:
    """A count that starts anew when its time is over."""

    per: timedelta
    count: int = 0
    ends: datetime | None = None

    def add(self, now: datetime) -> int:
        if self.ends is None or self.ends <= now:
            self.count, self.ends = 0, now + self.per
        self.count += 1
        return self.count

    def at(self, now: datetime) -> int:
        return self.count if self.ends is not None and self.ends > now else 0


@dataclass
class Door:
    """A door half open: the password was right, then."""

    since: datetime
    password: str
    stage: str = "check"
    code: str = ""
    sent: datetime | None = None
    tries: int = 0


@dataclass
class Browser:
    """One browser: the member's own, or a stranger's who may have learnt a password."""

    client: Client = field(default_factory=Client)
    known: bool = False
    door: Door | None = None
    inside: bool = False
    since: datetime | None = None
    seen: datetime | None = None
    old_codes: list[str] = field(default_factory=list)
    # Counted apart once the account knows this browser.
    wrong: "Window" = field(default_factory=lambda: Window(DAY))


@dataclass
class Link:
    token: str
    until: datetime
    tries: int = 0
    live: bool = True
