"""Facts of publications. None holds a word of what is published."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from entraide.portal.foundation.events.facts import Fact


@dataclass(frozen=True, kw_only=True)
class EditionWritten(Fact):
    """An agent wrote news or put a document, anew or changed; members see none of it yet."""

    personal_data: ClassVar[str] = "the agent is the actor"
    publication: UUID
    number: int


@dataclass(frozen=True, kw_only=True)
class EditionPublished(Fact):
    """Members of its segments see this edition from its first day to its last."""

    personal_data: ClassVar[str] = "the agent is the actor"
    publication: UUID
    number: int


@dataclass(frozen=True, kw_only=True)
class PublicationWithdrawn(Fact):
    """Members see it no more, from now on."""

    personal_data: ClassVar[str] = "the agent is the actor"
    publication: UUID
    number: int


@dataclass(frozen=True, kw_only=True)
class NewsTold(Fact):
    """A member who wants the mails of news is told of `items` that were published for their segment."""

    personal_data: ClassVar[str] = "who is told"
    items: int
    language: str


@dataclass(frozen=True, kw_only=True)
class EditionInfected(Fact):
    """The antivirus found a virus in the file of an edition: it cannot be published, its bytes are erased."""

    personal_data: ClassVar[str] = "none"
    publication: UUID
    number: int
    finding: str
