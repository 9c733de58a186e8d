"""What a member may know of requests, as `sight.py` cuts them. The first argument is who asks."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, QuerySet
from django.db.models.functions import Coalesce, Now
from django.utils.translation import gettext as _

from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.requests import storage
from entraide.portal.domain.requests.asked import Asked
from entraide.portal.domain.requests.catalogue import labels_of, refusal_named
from entraide.portal.domain.requests.enums import (
    ANSWERED_STATES,
    FINAL_STATES,
    LEGAL_CLOCKS,
    READABLE,
    By,
    Move,
    RequestState,
)
from entraide.portal.domain.requests.life import fits_kind, may_move, may_move_until, objection_to
from entraide.portal.domain.requests.models import ENCLOSED, LEFT, Message, Request, RequestFile, Step
from entraide.portal.domain.requests.pieces import AskedPaper, asked_papers
from entraide.portal.domain.requests.references import tidy_reference
from entraide.portal.domain.requests.sight import read_by, sent_by
from entraide.portal.domain.requests.timeline import FileLine, TimelineStep, file_line, timeline
from entraide.profiles import Refusal, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestCard:
    """A request in a list. `due_on`: the promise as it stands today, later than the first one if we waited.

    `kind`: the ids of its category and type in the catalogue. `sender` is blank when the viewer sent it:
    nobody else may act on it. In a list, `steps` are those of what is still open.
    """

    reference: str
    kind: tuple[str, str]
    category: Text
    type: Text
    state: str
    received_at: datetime
    promised_on: date
    due_on: date
    concerns: str
    sender: str
    sender_id: UUID
    steps: tuple[TimelineStep, ...]

    @property
    def is_open(self) -> bool:
        return self.state not in FINAL_STATES

    @property
    def is_own(self) -> bool:
        return not self.sender


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestDetail:
    """A request with all that its sender, and the person concerned, may see.

    `files` came with the request itself, as its receipt tells; those of a reply stand in the timeline.
    `question`: what we wait for, with what came along, and the papers that it names in `wanted`;
    `must_resend`: a file held a virus, and nothing came since. `refusal`: why not, and what to do next.
    `read_at`: when the mutual opened it; `has_unread`: something of it waits to be noted as read. The rest:
    what this viewer may do, and until when they may write again in a message that was answered
    (`reopens_until`).
    """

    card: RequestCard
    id: UUID
    kind: str
    read_at: datetime | None
    has_unread: bool
    description: str
    answers: tuple[tuple[str, str], ...]
    files: tuple[FileLine, ...]
    language: str
    question: str
    question_files: tuple[FileLine, ...]
    wanted: tuple[AskedPaper, ...]
    must_resend: bool
    refusal: Refusal | None
    may_reply: bool
    may_add: bool
    may_withdraw: bool
    may_rate: bool
    reopens_until: datetime | None

    @property
    def has_waiting_file(self) -> bool:
        return any(not one.is_readable and not one.is_infected for one in self.files)


class NotReadable(DomainError):
    """Nobody opens a file that the antivirus did not find clean (A47)."""

    def __init__(self) -> None:
        super().__init__(_("Ce fichier ne peut pas être ouvert."))


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A stored file and its clear bytes, opened as they are read."""

    sender_id: UUID
    name: str
    media_type: str
    size: int
    chunks: Iterator[bytes]
    is_enclosure: bool = False


# What a `RequestCard` is made of, in a list: no model of each line, nor the sealed columns of two people.
_LISTED = (
    "pk", "sender_id", "reference", "kind", "category", "type", "state", "received_at", "promised_on",
    "due_on", "concerns__first_name", "concerns__last_name", "sender__first_name", "sender__last_name",
)  # fmt: skip


def page_of_requests(viewer: Viewer, *, page: str | None, per_page: int) -> Page[Any]:
    """One page of `RequestCard`: what the viewer sent, and what others sent about them, newest first.

    With where it stands. Three queries, whatever was sent.
    """
    rows = _in_order(read_by(viewer)).values_list(*_LISTED, named=True)
    shown = Paginator(rows, per_page).get_page(page)
    return Page(_cards(shown.object_list, viewer), shown.number, shown.paginator)


def open_requests_of(viewer: Viewer, *, limit: int) -> list[RequestCard]:
    """What the viewer sent that is not finished, newest first. Two queries."""
    still_open = _in_order(sent_by(viewer).exclude(state__in=FINAL_STATES))
    return _cards(still_open.values_list(*_LISTED, named=True)[:limit], viewer)


def request_of(viewer: Viewer, reference: str) -> RequestDetail | None:
    """One request; None when there is none, or when it is not the viewer's to read."""
    rows = read_by(viewer).select_related("satisfaction", "concerns", "sender").prefetch_related("steps")
    found = rows.filter(reference=tidy_reference(reference)).first()
    if found is None:
        return None
    may_act = found.sender_id == viewer.person_id and viewer.helping is None
    sent_with: dict[UUID | None, list[FileLine]] = {}
    for one in found.files.filter(LEFT):
        sent_with.setdefault(one.message_id, []).append(file_line(one))
    messages = list(Message.objects.filter(request_id=found.pk))
    said = {
        one.step_id: (
            one.words,
            tuple(sent_with.get(one.pk, ())),
            tuple(asked.paper.label for asked in asked_papers(one.papers, type_id=found.type)),
            one.read_at,
        )
        for one in messages
    }
    question = _question(found, messages)
    return RequestDetail(
        card=_card(
            found,
            viewer,
            timeline(
                list(found.steps.all()),
                due_on=found.due_on,
                said=said,
                stands_still=found.kind not in LEGAL_CLOCKS,
            ),
            concerns=found.concerns.full_name,
            sender=found.sender.full_name,
        ),
        id=found.pk,
        kind=found.kind,
        read_at=found.read_at,
        has_unread=may_act and any(one.read_at is None for one in messages),
        description=found.description,
        answers=tuple((key, value) for key, value in json.loads(found.answers or "[]")),
        files=tuple(sent_with.get(None, ())),
        language=found.language,
        question=question.words if question else "",
        question_files=tuple(sent_with.get(question.pk, ())) if question else (),
        wanted=asked_papers(question.papers, type_id=found.type) if question else (),
        must_resend=_must_resend(found),
        refusal=_refusal(found),
        may_reply=may_act and may_move(found.state, Move.REPLY, by=By.MEMBER),
        may_add=may_act and may_move(found.state, Move.ADD, by=By.MEMBER) and fits_kind(found.kind, Move.ADD),
        may_withdraw=may_act and _may_withdraw(found),
        may_rate=may_act and found.state in ANSWERED_STATES and not hasattr(found, "satisfaction"),
        reopens_until=may_move_until(found, Move.REOPEN, by=By.MEMBER) if may_act else None,
    )


def open_reference(viewer: Viewer, *, subject: str) -> str:
    """The reference of the viewer's open request about this subject; blank when there is none."""
    index = Asked(subject=subject).index
    found = Request.objects.filter(sender_id=viewer.person_id, subject=index).exclude(state__in=FINAL_STATES)
    return found.values_list("reference", flat=True).first() or ""


def file_of(viewer: Viewer, reference: str, file_id: UUID) -> OpenFile | None:
    """A file as it was sent, byte for byte; None unless it is of this request, and the viewer may read it.

    Raises NotReadable while the antivirus has given no verdict, for ever when it found something, and for
    what an agent took back. An enclosure is noted as opened: from now on nobody takes it back.
    """
    rows = RequestFile.objects.filter(LEFT, pk=file_id).select_related("request")
    found = rows.filter(request__in=read_by(viewer).filter(reference=tidy_reference(reference))).first()
    if found is None:
        return None
    if not found.is_readable or (found.is_enclosure and not note_opened(found)):
        raise NotReadable
    return opened_file(found)


def note_opened(file: RequestFile) -> bool:
    """Whether an enclosure may be opened, which is written first: from then on it is not taken back."""
    if file.read_at is not None:
        return True
    there = RequestFile.objects.filter(pk=file.pk, scan_state__in=READABLE)
    return bool(there.update(read_at=Coalesce("read_at", Now())))


def opened_file(file: RequestFile) -> OpenFile:
    """The content of a file that its reader may open; an enclosure is about who sent the request."""
    # A file that is gone or altered is a fault before the answer starts.
    chunks = storage.vault().whole(file.stored_name)
    whose = file.sender_id or (file.request.sender_id if file.request else None)
    assert whose is not None
    return OpenFile(whose, file.name, file.media_type, file.size, chunks, is_enclosure=file.is_enclosure)


def _question(request: Request, messages: Sequence[Message]) -> Message | None:
    """What the mutual asks and waits for."""
    last = list(request.steps.all())[-1]
    if last.state != RequestState.WAITING_FOR_MEMBER:
        return None
    return next((one for one in messages if one.step_id == last.pk), None)


def _must_resend(request: Request) -> bool:
    if request.state == RequestState.WITHDRAWN:
        return False
    theirs = request.files.exclude(ENCLOSED)
    found = [one.scanned_at for one in theirs if one.is_infected and one.scanned_at]
    replies = [one.at for one in request.steps.all() if one.by == By.MEMBER]
    return bool(found) and max(found) > max(replies)


def _may_withdraw(request: Request) -> bool:
    return may_move(request.state, Move.WITHDRAW, by=By.MEMBER) and not objection_to(request, Move.WITHDRAW)


def _refusal(request: Request) -> Refusal | None:
    last = list(request.steps.all())[-1]
    return refusal_named(last.refusal) if last.state == RequestState.REFUSED else None


def ledger() -> Iterator[dict[str, Any]]:
    """Every stored request with what was sent to us, oldest first, as `entraide ledger` prints it."""
    sent = RequestFile.objects.exclude(ENCLOSED).only("request_id", "sha256")
    rows = Request.objects.order_by("received_at", "pk").prefetch_related(Prefetch("files", sent))
    for one in rows.iterator(chunk_size=500):
        yield {
            "key": str(one.request_key),
            "sha256": [file.sha256 for file in one.files.all()],
            "reference": one.reference,
            "state": one.state,
        }


def _in_order(rows: QuerySet[Request]) -> QuerySet[Request]:
    return rows.order_by("-received_at", "-pk")


def _cards(rows: Iterable[Any], viewer: Viewer) -> list[RequestCard]:
    """Of rows of `_LISTED`, as lines of a list: what is closed needs no timeline there."""
    found = list(rows)
    due = {one.pk: one for one in found if one.state not in FINAL_STATES}
    steps: dict[UUID, list[Any]] = {key: [] for key in due}
    told = Step.objects.filter(request_id__in=due).values_list(
        "request_id", "pk", "state", "at", "by", named=True
    )
    for step in told:
        steps[step.request_id].append(step)
    drawn = {
        key: timeline(steps[key], due_on=one.due_on, stands_still=one.kind not in LEGAL_CLOCKS)
        for key, one in due.items()
    }
    return [
        _card(
            one,
            viewer,
            drawn.get(one.pk, ()),
            concerns=f"{one.concerns__first_name} {one.concerns__last_name}",
            sender=f"{one.sender__first_name} {one.sender__last_name}",
        )
        for one in found
    ]


def _card(
    one: Any, viewer: Viewer, steps: tuple[TimelineStep, ...], *, concerns: str, sender: str
) -> RequestCard:
    """`one`: a request, or a row of `_LISTED`; `concerns` and `sender` in full."""
    category, type_ = labels_of(one.category, one.type)
    return RequestCard(
        reference=one.reference,
        kind=(one.category, one.type),
        category=category,
        type=type_,
        state=one.state,
        received_at=one.received_at,
        promised_on=one.promised_on,
        due_on=one.due_on,
        concerns=concerns,
        sender="" if one.sender_id == viewer.person_id else sender,
        sender_id=one.sender_id,
        steps=steps,
    )
