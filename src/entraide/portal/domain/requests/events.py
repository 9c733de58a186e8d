"""Facts of requests."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from entraide.portal.foundation.events.facts import Fact


@dataclass(frozen=True, kw_only=True)
class DepositReceived(Fact):
    """Papers were stored, with their files; the acknowledgement leaves for the sender (`about`)."""

    personal_data: ClassVar[str] = "who sent"
    request_id: UUID
    reference: str
    files: int
    language: str
