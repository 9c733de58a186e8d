"""Facts of emergency accesses. None holds a reason, a ticket or a name."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from entraide.portal.foundation.events.facts import Fact


@dataclass(frozen=True, kw_only=True)
class EmergencyMoved(Fact):
    """What these facts have in common: the reference of the access, and who opened it (`agent`)."""

    personal_data: ClassVar[str] = "the primary insured of the file; the agents, by actor and `agent`"
    reference: str
    agent: UUID


@dataclass(frozen=True, kw_only=True)
class EmergencyOpened(EmergencyMoved):
    """An agent opened one file beyond what their role opens, for half an hour: an alarm (A76)."""


@dataclass(frozen=True, kw_only=True)
class EmergencyStopped(EmergencyMoved):
    """It was ended before its time, by who opened it or by who looks after it."""


@dataclass(frozen=True, kw_only=True)
class EmergencyApproved(EmergencyMoved):
    """Somebody else looked at it afterwards and found it right."""


@dataclass(frozen=True, kw_only=True)
class EmergencyObjected(EmergencyMoved):
    """Somebody else looked at it afterwards and found that it should not have been: an alarm."""


@dataclass(frozen=True, kw_only=True)
class EmergencyTold(Fact):
    """One of those who review emergency accesses (`agent`) is told at once that one was opened."""

    personal_data: ClassVar[str] = "which agent"
    agent: UUID
    language: str
