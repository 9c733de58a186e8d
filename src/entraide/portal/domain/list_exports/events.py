"""Facts of exports of lists. None holds a reason or a row."""

from dataclasses import dataclass
from typing import ClassVar

from entraide.portal.foundation.events.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ListExportMoved(Fact):
    """What the facts of these exports have in common: the number that stands in every row of the file."""

    personal_data: ClassVar[str] = "the agent is the actor"
    reference: str


@dataclass(frozen=True, kw_only=True)
class ListExportAsked(ListExportMoved):
    """An agent asked for a list as a file, with a reason (A77)."""


@dataclass(frozen=True, kw_only=True)
class ListExportApproved(ListExportMoved):
    """A supervisor other than the asker agreed: the file is being made."""


@dataclass(frozen=True, kw_only=True)
class ListExportRefused(ListExportMoved):
    """A supervisor said no."""


@dataclass(frozen=True, kw_only=True)
class ListExportReady(ListExportMoved):
    """The file waits for its asker, for a day; `rows`: how many requests it lists."""

    rows: int


@dataclass(frozen=True, kw_only=True)
class ListExportTaken(ListExportMoved):
    """The asker downloaded it, for the only time; it is forgotten here."""


@dataclass(frozen=True, kw_only=True)
class ListExportExpired(ListExportMoved):
    """Nobody came for it within the day, or nobody decided within seven: nothing of it is left to take."""
