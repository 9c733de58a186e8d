"""Facts about accesses that two people give. None holds a name, an address or a link."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from entraide.portal.foundation.events.facts import Fact


@dataclass(frozen=True, kw_only=True)
class AccessChangeMoved(Fact):
    """What these facts have in common: `kind` is invitation or role; `agent`: whose role, None if invited."""

    personal_data: ClassVar[str] = "the agent is the actor; and which agent"
    change: UUID
    kind: str
    role: str
    agent: UUID | None


@dataclass(frozen=True, kw_only=True)
class AccessChangeAsked(AccessChangeMoved):
    """Somebody who gives accesses asked for an invitation or another role (A75)."""


@dataclass(frozen=True, kw_only=True)
class AccessChangeAgreed(AccessChangeMoved):
    """A second person agreed: it was carried out with this fact."""


@dataclass(frozen=True, kw_only=True)
class AccessChangeRefused(AccessChangeMoved):
    """A second person said no."""


@dataclass(frozen=True, kw_only=True)
class AccessChangeWithdrawn(AccessChangeMoved):
    """Who asked took it back."""


@dataclass(frozen=True, kw_only=True)
class AccessChangeLapsed(AccessChangeMoved):
    """Nobody answered within seven days: nothing changes."""


@dataclass(frozen=True, kw_only=True)
class AccessMoveTold(Fact):
    """One of those who give accesses (`agent`) is told of a step: asked, done, refused, withdrawn, ended.

    `kind`: invitation, role, or access for an access that ended.
    """

    personal_data: ClassVar[str] = "which agent"
    agent: UUID
    kind: str
    step: str
    language: str


@dataclass(frozen=True, kw_only=True)
class AccessListTaken(Fact):
    """The list of who has which access left as a file, with so many rows."""

    personal_data: ClassVar[str] = "the agent is the actor"
    rows: int
