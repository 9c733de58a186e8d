"""Facts of statements. Counts only: whose they are stands in the batch."""

from dataclasses import dataclass
from typing import ClassVar

from entraide.portal.foundation.events.facts import Fact


@dataclass(frozen=True, kw_only=True)
class StatementsPrinted(Fact):
    """The statements by post of a quarter lie ready to print: so many letters, on so many printed pages."""

    personal_data: ClassVar[str] = "none"
    batch: str
    quarter: str
    letters: int
    pages: int
