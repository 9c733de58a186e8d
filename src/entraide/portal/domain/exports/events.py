"""Facts of exports: counts only, nothing of what an export holds."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from entraide.portal.foundation.events.facts import Fact


@dataclass(frozen=True, kw_only=True)
class DataExportAsked(Fact):
    """A person asked for all of their data, behind a fresh proof; it is being made."""

    personal_data: ClassVar[str] = "who"
    export: UUID


@dataclass(frozen=True, kw_only=True)
class DataExportReady(Fact):
    """The export is made and waits for its person, for a day."""

    personal_data: ClassVar[str] = "who"
    export: UUID
    language: str


@dataclass(frozen=True, kw_only=True)
class DataExportTaken(Fact):
    """The person took the export, behind a fresh proof; it is forgotten here."""

    personal_data: ClassVar[str] = "who"
    export: UUID


@dataclass(frozen=True, kw_only=True)
class DataExportExpired(Fact):
    """Nobody came for the export within the day: it is forgotten."""

    personal_data: ClassVar[str] = "who"
    export: UUID
