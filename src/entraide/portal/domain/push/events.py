"""Facts of notifications. No address of a push service is in them."""

from dataclasses import dataclass
from typing import ClassVar

from entraide.portal.foundation.events.facts import Fact


@dataclass(frozen=True, kw_only=True)
class PushDeviceAdded(Fact):
    """A browser will be told when an answer waits."""

    personal_data: ClassVar[str] = "whose browser"


@dataclass(frozen=True, kw_only=True)
class PushDeviceRemoved(Fact):
    """`count` browsers are told nothing any more; `why`: removed (by their owner), gone, frozen."""

    personal_data: ClassVar[str] = "whose browsers"
    count: int
    why: str
