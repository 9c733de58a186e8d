"""Facts of prevention. None says which webinar or event: that may tell about somebody's health."""

from dataclasses import dataclass
from typing import ClassVar

from entraide.portal.foundation.events.facts import Fact


@dataclass(frozen=True, kw_only=True)
class MeetingJoined(Fact):
    """A member registered for a webinar or an event."""

    personal_data: ClassVar[str] = "who registered, not for what"


@dataclass(frozen=True, kw_only=True)
class MeetingLeft(Fact):
    """A member took their registration back."""

    personal_data: ClassVar[str] = "who had registered, not for what"


@dataclass(frozen=True, kw_only=True)
class MeetingTold(Fact):
    """A member is reminded of what they registered for, or told that it moved or does not take place.

    `step` says which. The moment goes along sealed; neither title nor theme does.
    """

    personal_data: ClassVar[str] = "who is told"
    step: str
    language: str
