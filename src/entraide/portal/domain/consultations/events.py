"""Facts of the journal of consultations."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from entraide.portal.foundation.events.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ManyOpenings(Fact):
    """An agent opened more than so many requests and papers within the hour: an alarm, once an hour (A70)."""

    personal_data: ClassVar[str] = "the agent is the reader"
    reader: UUID
    openings: int


@dataclass(frozen=True, kw_only=True)
class OpenedAtNight(Fact):
    """An agent opened a request or a file between 22:00 and 6:00: an alarm, once a night (A70)."""

    personal_data: ClassVar[str] = "the agent is the reader"
    reader: UUID
    hour: int
