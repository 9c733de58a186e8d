"""Facts of hand-overs to partners. Nothing that a partner is told is in them."""

from dataclasses import dataclass
from typing import ClassVar

from entraide.portal.foundation.events.facts import Fact


@dataclass(frozen=True, kw_only=True)
class HandedOver(Fact):
    """Somebody left for this partner with a signed token, for themselves or for a child."""

    personal_data: ClassVar[str] = "who left, and for whom"
    partner: str
