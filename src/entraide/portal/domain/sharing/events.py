"""Facts of sharing: who opened what of their own file, to whom, and when that ended. Names are in none."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from entraide.portal.foundation.events.facts import Fact


@dataclass(frozen=True, kw_only=True)
class CareShared(Fact):
    """An adult lets another adult of the contract read the details of their care. Secrets: `safety_token`."""

    personal_data: ClassVar[str] = "who lets their care be read, and who reads it"
    consent: UUID
    reader: UUID
    language: str


@dataclass(frozen=True, kw_only=True)
class CareNoLongerShared(Fact):
    """Taken back by the one who gave it, or by a freeze of their access; `by`: giver or freeze."""

    personal_data: ClassVar[str] = "who let their care be read, and who read it"
    consent: UUID
    reader: UUID
    by: str
    language: str


@dataclass(frozen=True, kw_only=True)
class HelpAsked(Fact):
    """Somebody asked another person to help with their file, until `ends_on`. Secrets: `safety_token`."""

    personal_data: ClassVar[str] = "who asked, and who is to help"
    delegation: UUID
    helper: UUID
    scopes: str
    ends_on: date
    language: str


@dataclass(frozen=True, kw_only=True)
class HelpOffered(Fact):
    """The same, told to the helper, who has to accept before anything is open."""

    personal_data: ClassVar[str] = "who is to help"
    delegation: UUID
    language: str


@dataclass(frozen=True, kw_only=True)
class HelpAccepted(Fact):
    """The helper accepted: from now on they may open the file."""

    personal_data: ClassVar[str] = "whose file, and who helps"
    delegation: UUID
    helper: UUID
    ends_on: date
    language: str


@dataclass(frozen=True, kw_only=True)
class HelpEnded(Fact):
    """Help ended before its last day; `by`: giver, helper, again (asked anew) or freeze."""

    personal_data: ClassVar[str] = "whose file, and who helped"
    delegation: UUID
    helper: UUID
    by: str
    language: str
