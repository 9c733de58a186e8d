"""Facts of the social fund. None names who asked: the request says it to who may read it."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from entraide.portal.foundation.events.facts import Fact


@dataclass(frozen=True, kw_only=True)
class AidFileKept(Fact):
    """Somebody of the fund noted what is there of a file, and which commission looks at it."""

    personal_data: ClassVar[str] = "the agent is the actor"
    request_id: UUID
    missing: int
    commission_on: str


@dataclass(frozen=True, kw_only=True)
class AidDecisionProposed(Fact):
    """What the commission decided waits for a second person; what was proposed before is void."""

    personal_data: ClassVar[str] = "the agent is the actor"
    request_id: UUID


@dataclass(frozen=True, kw_only=True)
class AidDecided(Fact):
    """A second person agreed to exactly what the first wrote down: granted, refused, or put off."""

    personal_data: ClassVar[str] = "the second agent is the actor"
    request_id: UUID
    outcome: str
