"""Facts of hospital cover. None holds a hospital, a date or a department.

That a letter has left is the answer to its request (`RequestAnswered`); a refusal is `RequestRefused`.
"""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from entraide.portal.foundation.events.facts import Fact


@dataclass(frozen=True, kw_only=True)
class HospitalCoverAccepted(Fact):
    """The mutual guarantees a stay: the letter leaves for the hospital. `automatic`: no agent decided."""

    personal_data: ClassVar[str] = "who asked, and the agent who decided"
    request_id: UUID
    reference: str
    automatic: bool
    sending: int


@dataclass(frozen=True, kw_only=True)
class HospitalLetterSentAgain(Fact):
    """An agent sends the letter once more, perhaps elsewhere; `sending` counts from 1."""

    personal_data: ClassVar[str] = "who asked, and the agent who sends"
    request_id: UUID
    reference: str
    sending: int
