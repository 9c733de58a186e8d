"""One request with everything that one screen shows an agent; each opening is in the journal (A68, A69)."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from entraide.portal.domain.agents.models import Agent
from entraide.portal.domain.agents.policies import Right, may
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.consultations.actions import Reader, Reading, consulted
from entraide.portal.domain.consultations.enums import ReaderKind, Seen
from entraide.portal.domain.handling.policies import need, need_distance, within_sight
from entraide.portal.domain.handling.reasons import reason_to_open
from entraide.portal.domain.requests.catalogue import labels_of
from entraide.portal.domain.requests.enums import By
from entraide.portal.domain.requests.messages import note_read_by_mutual
from entraide.portal.domain.requests.models import Request, RequestFile, Step
from entraide.portal.domain.requests.pieces import asked_papers
from entraide.portal.domain.requests.queries import NotReadable, OpenFile, opened_file
from entraide.portal.domain.requests.references import tidy_reference
from entraide.portal.domain.requests.timeline import FileLine, file_line
from entraide.profiles import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """A step: where it led, who made it (a name for an agent), what was said and asked for with it.

    `enclosed`: what an agent sent along. `read_at`: when the member opened what the mutual said."""

    state: str
    at: datetime
    by: str
    name: str
    words: str
    papers: tuple[Text, ...]
    enclosed: tuple[FileLine, ...]
    read_at: datetime | None
    refusal: str


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A word of a colleague."""

    name: str
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ProposedAnswer:
    """An answer that waits for a second agent, who agrees to this very `binding`."""

    name: str
    words: str
    binding: str
    enclosed: tuple[FileLine, ...]


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the sender thought of the answer: `score` from 1 to 5, and words that may be blank."""

    score: int
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class KeptPiece:
    """A piece that may be shown: its name in the vault, and what it is."""

    stored_name: str
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRequest:
    """What an agent reads of a request. Words, answers and pieces are blank for a role that reads no care."""

    reference: str
    kind: str
    category: Text
    type: Text
    type_id: str
    state: str
    team: str
    handler: str
    handler_id: UUID | None
    sender: str
    sender_first_name: str
    language: str
    concerns: str
    concerns_id: UUID
    member_id: UUID
    member_number: str
    received_at: datetime
    promised_on: date
    due_on: date
    description: str
    answers: tuple[tuple[str, str], ...]
    pieces: tuple[FileLine, ...]
    # Where each piece is kept, by its id: for who shows them beside the request.
    kept: Mapping[UUID, KeptPiece] = field(repr=False)
    history: tuple[HistoryLine, ...]
    notes: tuple[NoteLine, ...]
    proposed: ProposedAnswer | None
    opinion: Opinion | None


def open_request(
    agent: AgentViewer, reference: str, *, reason: str = "", network: str, now: datetime
) -> OpenRequest | None:
    """One request for an agent; None when there is none. Five queries, and the note of the reading.

    The reason that its people read is the request itself unless the agent gives another one. Raises
    ReasonNeeded for one that is over, until the agent has said why.
    """
    need(agent, Right.READ_FILES)
    request = request_named(reference, sight=within_sight(agent))
    if request is None:
        return None
    need_distance(agent, request)
    why = reason_to_open(agent, request, given=reason, now=now)
    note_opening(agent, request, Seen.REQUEST, request.pk, reason=why, network=network, now=now)
    reads_care = may(agent.role, Right.READ_CARE)
    return whole_request(request, reads_care=reads_care, read_at=now if reads_care else None)


def open_piece(
    agent: AgentViewer, reference: str, file_id: UUID, *, network: str, now: datetime
) -> OpenFile | None:
    """A file of a request as it was sent; None when the request holds no such file.

    Raises NotReadable for one that the antivirus did not find clean: agents do not open it either (A47).
    """
    need(agent, Right.READ_CARE)
    request = found_request(agent, reference)
    rows = RequestFile.objects.filter(pk=file_id, request=request).select_related("request")
    file = rows.first() if request else None
    if request is None or file is None:
        return None
    need_distance(agent, request)
    if not file.is_readable:
        raise NotReadable
    why = reason_to_open(agent, request, now=now)
    note_opening(agent, request, Seen.DOCUMENT, file.pk, reason=why, network=network, now=now)
    return opened_file(file)


def lines_of(files: Iterable[RequestFile]) -> tuple[FileLine, ...]:
    """Those that are there to be read: of an enclosure that was taken back only the history tells."""
    return tuple(line for line in map(file_line, files) if not line.is_withdrawn)


def found_request(agent: AgentViewer, reference: str) -> Request | None:
    """None also for what this agent does not see."""
    return _named(reference, within_sight(agent)).first()


def request_named(reference: str, *, sight: Q) -> Request | None:
    """The request with what `whole_request` shows of it; None when it is not among those in `sight`."""
    return _named(reference, sight).annotate(handler_name=_name_of(pk=OuterRef("handler"))).first()


def _named(reference: str, sight: Q) -> QuerySet[Request]:
    rows = Request.objects.filter(sight).select_related(
        "concerns__member", "sender", "proposal__agent", "satisfaction"
    )
    return rows.filter(reference=tidy_reference(reference))


def _name_of(**agent: OuterRef) -> Subquery:
    """The name of an agent, asked together with the row that knows which one."""
    return Subquery(Agent.objects.filter(**agent).values("full_name")[:1])


def note_opening(
    agent: AgentViewer, request: Request, seen: Seen, thing: UUID, *, reason: str, network: str, now: datetime
) -> None:
    """In the journal of who sent it and of whom it is about (A68)."""
    people = {request.concerns_id, request.sender_id}
    consulted(
        Reader(agent.id, ReaderKind.AGENT, agent.full_name, agent.role),
        (Reading(person, seen, thing) for person in people),
        reason=reason,
        network=network,
        now=now,
    )


def whole_request(request: Request, *, reads_care: bool, read_at: datetime | None = None) -> OpenRequest:
    """What one screen shows of a request that `request_named` found; blank where care is not read.

    `read_at`: from then on its sender reads that the mutual has read it; None: nothing is marked.
    """
    category, type_ = labels_of(request.category, request.type)
    answers = json.loads(request.answers or "[]") if reads_care else []
    files = list(request.files.all()) if reads_care else []
    steps = list(
        request.steps.select_related("message").annotate(name=_name_of(account_id=OuterRef("actor")))
    )
    if read_at is not None:
        said = (one.message for one in steps if hasattr(one, "message"))
        note_read_by_mutual(request, said, now=read_at)
    return OpenRequest(
        reference=request.reference,
        kind=request.kind,
        category=category,
        type=type_,
        type_id=request.type,
        state=request.state,
        team=request.team,
        handler=getattr(request, "handler_name", None) or "",
        handler_id=request.handler,
        sender=request.sender.full_name,
        sender_first_name=request.sender.first_name,
        language=request.language,
        concerns=request.concerns.full_name,
        concerns_id=request.concerns_id,
        member_id=request.concerns.member_id,
        member_number=request.concerns.member.number,
        received_at=request.received_at,
        promised_on=request.promised_on,
        due_on=request.due_on,
        description=request.description if reads_care else "",
        answers=tuple((key, value) for key, value in answers),
        pieces=lines_of(files),
        kept={one.pk: KeptPiece(one.stored_name, one.media_type) for one in files if one.is_readable},
        history=tuple(
            _line(one, one.name or "", request.type, files=files, reads_care=reads_care) for one in steps
        ),
        notes=_notes(request) if reads_care else (),
        proposed=_proposed(request, files) if reads_care else None,
        opinion=_opinion(request) if reads_care else None,
    )


def _line(
    step: Step, name: str, type_id: str, *, files: Sequence[RequestFile], reads_care: bool
) -> HistoryLine:
    message = step.message if reads_care and hasattr(step, "message") else None
    return HistoryLine(
        state=step.state,
        at=step.at,
        by=step.by,
        name=name,
        words=message.words if message else "",
        papers=tuple(one.paper.label for one in asked_papers(message.papers, type_id=type_id))
        if message
        else (),
        enclosed=tuple(
            file_line(one) for one in files if message and one.is_enclosure and one.message_id == message.pk
        ),
        read_at=message.read_at if message and step.by != By.MEMBER else None,
        refusal=step.refusal,
    )


def _notes(request: Request) -> tuple[NoteLine, ...]:
    rows = request.notes.select_related("agent")
    return tuple(NoteLine(one.agent.full_name, one.words, one.at) for one in rows)


def _proposed(request: Request, files: Sequence[RequestFile]) -> ProposedAnswer | None:
    if not hasattr(request, "proposal"):
        return None
    found = request.proposal
    enclosed = tuple(file_line(one) for one in files if one.is_enclosure and one.message_id is None)
    return ProposedAnswer(found.agent.full_name, found.words, found.binding, enclosed)


def _opinion(request: Request) -> Opinion | None:
    if not hasattr(request, "satisfaction"):
        return None
    found = request.satisfaction
    return Opinion(found.score, found.words, found.at)
