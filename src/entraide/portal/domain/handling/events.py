"""Facts of the desk. None holds a word of a request, nor what was searched for."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from entraide.portal.foundation.events.facts import Fact


@dataclass(frozen=True, kw_only=True)
class RequestHandedOver(Fact):
    """Another team or another agent takes care of it from now on; `handler` is blank for the whole team."""

    personal_data: ClassVar[str] = "who sent; who handed it over is the actor"
    request_id: UUID
    team: str
    handler: UUID | None


@dataclass(frozen=True, kw_only=True)
class RequestNoted(Fact):
    """An agent wrote a note for colleagues."""

    personal_data: ClassVar[str] = "who sent; the agent is the actor"
    request_id: UUID


@dataclass(frozen=True, kw_only=True)
class AnswerProposed(Fact):
    """An answer waits for a second agent; one that was proposed before is void."""

    personal_data: ClassVar[str] = "who sent; the agent is the actor"
    request_id: UUID


@dataclass(frozen=True, kw_only=True)
class AnswerApproved(Fact):
    """A second agent agreed to exactly what the first proposed: the answer leaves."""

    personal_data: ClassVar[str] = "who sent; the second agent is the actor"
    request_id: UUID


@dataclass(frozen=True, kw_only=True)
class RequestsSearched(Fact):
    """An agent looked for requests by `way` (reference, member, name, nir), and how many were found (A70)."""

    personal_data: ClassVar[str] = "the agent is the actor"
    way: str
    found: int


@dataclass(frozen=True, kw_only=True)
class PeopleSearched(Fact):
    """An agent looked for members' files by `way` (as for requests), and how many people were found (A70)."""

    personal_data: ClassVar[str] = "the agent is the actor"
    way: str
    found: int


@dataclass(frozen=True, kw_only=True)
class ColleagueOpened(Fact):
    """An agent opened what is about somebody who works at the mutual: an alarm, once a day for each (A70)."""

    personal_data: ClassVar[str] = "the agent is the reader; who was read is not named"
    reader: UUID


@dataclass(frozen=True, kw_only=True)
class ManySearches(Fact):
    """An agent searched more than so many times within a day, in `all` or by `nir`: an alarm (A70)."""

    personal_data: ClassVar[str] = "the agent is the actor"
    way: str
    searches: int


@dataclass(frozen=True, kw_only=True)
class ChecksAsked(Fact):
    """A supervisor asked the worker to look through everything now."""

    personal_data: ClassVar[str] = "the agent is the actor"


@dataclass(frozen=True, kw_only=True)
class ChecksNeedSomebody(Fact):
    """A look through everything left something to a person: this supervisor is told."""

    personal_data: ClassVar[str] = "the agent who is told"
    agent: UUID
    language: str


@dataclass(frozen=True, kw_only=True)
class ReasonStated(Fact):
    """An agent said why they open a request that is over; `why` is one of a few codes."""

    personal_data: ClassVar[str] = "who sent; the agent is the actor"
    request_id: UUID
    why: str
