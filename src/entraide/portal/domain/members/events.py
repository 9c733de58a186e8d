"""Facts about people on file."""

from dataclasses import dataclass
from typing import ClassVar

from entraide.portal.foundation.events.facts import Fact


@dataclass(frozen=True, kw_only=True)
class HealthNumberShown(Fact):
    """A health insurance number was shown in full, after a fresh proof."""

    personal_data: ClassVar[str] = "who looked, and whose"
