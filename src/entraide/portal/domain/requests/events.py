"""Facts of requests. None holds what was said."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar
from uuid import UUID

from entraide.portal.domain.requests.enums import Move
from entraide.portal.foundation.events.facts import Fact


@dataclass(frozen=True, kw_only=True)
class DepositReceived(Fact):
    """Papers were stored, with their files; the acknowledgement leaves for the sender (`about`).

    `call_at`: when the sender will be called back; `ends_on`: the last day of a contract that they end; both
    blank for everything else.
    """

    personal_data: ClassVar[str] = "who sent"
    request_id: UUID
    reference: str
    files: int
    call_at: str = ""
    ends_on: str = ""
    language: str


@dataclass(frozen=True, kw_only=True)
class RequestMoved(Fact):
    """What the facts of moves have in common; `by`: member, agent or system.

    `legal_clock`: a complaint, whose day no question moves and after whose answer comes the mediator.
    `enclosed`: how many papers go along with what an agent says.
    """

    personal_data: ClassVar[str] = "who sent; who made the move is the actor"
    request_id: UUID
    reference: str
    by: str
    language: str
    legal_clock: bool = False
    enclosed: int = 0


@dataclass(frozen=True, kw_only=True)
class FileInfected(Fact):
    """The antivirus found something in a file: it is sealed apart, and another one is asked for.

    `reference`: that of the request that it is part of; blank for a change of account and for a form.
    `tells`: nothing else tells its sender, neither the move of the request (RequestQuestionAsked by the
    program) nor the form that it was chosen for. `finding`: the antivirus's word for it.
    """

    personal_data: ClassVar[str] = "who sent"
    file_id: UUID
    request_id: UUID | None
    reference: str
    tells: bool
    finding: str
    language: str


@dataclass(frozen=True, kw_only=True)
class EnclosureInfected(Fact):
    """The antivirus found something in a paper that an agent encloses: it is sealed apart, nobody had it.

    `agent` is told, unless the form that it was chosen for tells (`tells`), and encloses another one.
    """

    personal_data: ClassVar[str] = "the agent who enclosed it"
    agent: UUID | None
    file_id: UUID
    request_id: UUID | None
    reference: str
    tells: bool
    finding: str
    language: str


@dataclass(frozen=True, kw_only=True)
class EnclosureWithdrawn(Fact):
    """An agent took back a paper before anybody had opened it; `replaced`: by another one, and it is told."""

    personal_data: ClassVar[str] = "who sent the request; the agent is the actor"
    file_id: UUID
    request_id: UUID
    reference: str
    replaced: bool
    language: str


@dataclass(frozen=True, kw_only=True)
class RequestChecked(RequestMoved):
    """Its papers were looked at: they are what they should be."""


@dataclass(frozen=True, kw_only=True)
class RequestTaken(RequestMoved):
    """An agent takes care of it."""


@dataclass(frozen=True, kw_only=True)
class RequestHandedBack(RequestMoved):
    """An agent gave it back to the team: somebody else may take it."""


@dataclass(frozen=True, kw_only=True)
class RequestQuestionAsked(RequestMoved):
    """The mutual needs something of the member; until then the promised delay stands still.

    `by` system: a file held a virus and has to come again.
    """


@dataclass(frozen=True, kw_only=True)
class RequestReplied(RequestMoved):
    """The member answered what was asked, with words or papers."""


@dataclass(frozen=True, kw_only=True)
class RequestAnswered(RequestMoved):
    """It is done; the words of the answer are in the member's space alone."""


@dataclass(frozen=True, kw_only=True)
class RequestRefused(RequestMoved):
    """It is not carried out, for a coded reason of the mutual's list."""

    refusal: str


@dataclass(frozen=True, kw_only=True)
class RequestWithdrawn(RequestMoved):
    """The member took it back before it was answered."""


@dataclass(frozen=True, kw_only=True)
class RequestReopened(RequestMoved):
    """The member wrote again in the thread of a message that was answered: its promise starts anew."""


@dataclass(frozen=True, kw_only=True)
class RequestAddedTo(RequestMoved):
    """The member sent something more, unasked, while the mutual works on it: its state stays."""


@dataclass(frozen=True, kw_only=True)
class RequestRated(Fact):
    """The member said how it went, from 1 (bad) to 5 (very good)."""

    personal_data: ClassVar[str] = "who sent"
    request_id: UUID
    score: int


FACTS: Mapping[Move, type[RequestMoved]] = MappingProxyType(
    {
        Move.CHECK: RequestChecked,
        Move.TAKE: RequestTaken,
        Move.HAND_BACK: RequestHandedBack,
        Move.ASK: RequestQuestionAsked,
        Move.REPLY: RequestReplied,
        Move.ANSWER: RequestAnswered,
        Move.REFUSE: RequestRefused,
        Move.WITHDRAW: RequestWithdrawn,
        Move.REOPEN: RequestReopened,
        Move.ADD: RequestAddedTo,
    }
)


@dataclass(frozen=True, kw_only=True)
class ScansLate(Fact):
    """Files have waited for the antivirus for more than 15 minutes: an alarm, once an hour (A48)."""

    files: int
    minutes: int


@dataclass(frozen=True, kw_only=True)
class InfectedFilesErased(Fact):
    """The bytes of infected files were erased, 30 days after they were found."""

    files: int
