"""Facts of the exchange with the management system. Counts only."""

from dataclasses import dataclass
from typing import ClassVar

from entraide.portal.foundation.events.facts import Fact


@dataclass(frozen=True, kw_only=True)
class DataSentOut(Fact):
    """A run of files for the management system was made: its number, its files and its rows."""

    personal_data: ClassVar[str] = "none"
    number: int
    files: int
    rows: int


@dataclass(frozen=True, kw_only=True)
class SentFilesErased(Fact):
    """The files of `runs` runs that arrived long ago were erased; what they took stays noted."""

    personal_data: ClassVar[str] = "none"
    runs: int
