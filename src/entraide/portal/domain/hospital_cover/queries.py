"""What the sender of a request may know of its letter, and what waits for the agents."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from entraide.portal.domain.hospital_cover.asking import KIND
from entraide.portal.domain.hospital_cover.enums import LetterChannel
from entraide.portal.domain.hospital_cover.letter import letter_pdf
from entraide.portal.domain.hospital_cover.models import CoverLetter
from entraide.portal.domain.hospital_cover.sending import LetterState, state_of
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.requests.enums import FINAL_STATES, RequestState
from entraide.portal.domain.requests.models import Request
from entraide.portal.domain.requests.references import tidy_reference


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverAnswer:
    """The mutual's yes to one's own request; `sent_at` is None while the letter has not left."""

    reference: str
    person_id: UUID
    channel: LetterChannel
    sent_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """The letter as it went to the hospital, and whom it is about."""

    reference: str
    person_id: UUID
    document: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterOut:
    """What leaves for a hospital."""

    request_id: UUID
    reference: str
    sending: int
    channel: LetterChannel
    to: str
    document: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingCover:
    """A request that waits for an agent, or a letter that has not left; nobody is named."""

    reference: str
    received_at: datetime
    due_on: date
    state: str
    letter: LetterState | None
    channel: str


def cover_answer(viewer: Viewer, reference: str) -> CoverAnswer | None:
    """None while nobody has said yes, and for a request that somebody else sent."""
    found = _own(viewer, reference).first()
    if found is None:
        return None
    return CoverAnswer(
        reference=found.request.reference,
        person_id=found.request.concerns_id,
        channel=LetterChannel(found.channel),
        sent_at=found.sent_at,
    )


def cover_letter(viewer: Viewer, reference: str) -> Letter | None:
    """The letter of one's own request; None when there is none."""
    found = _own(viewer, reference).first()
    if found is None:
        return None
    return Letter(
        reference=found.request.reference, person_id=found.request.concerns_id, document=letter_pdf(found)
    )


def letter_out(request_id: UUID) -> LetterOut:
    """The letter on its way to the hospital. For notices only."""
    found = CoverLetter.objects.select_related("request").get(request_id=request_id)
    return LetterOut(
        request_id=found.request_id,
        reference=found.request.reference,
        sending=found.sending,
        channel=LetterChannel(found.channel),
        to=found.to,
        document=letter_pdf(found),
    )


def waiting_covers(*, now: datetime) -> Iterator[WaitingCover]:
    """Requests without an answer and letters that have not left, oldest first. For the operator only."""
    rows = Request.objects.filter(category=KIND[0], type=KIND[1]).exclude(state__in=FINAL_STATES)
    for one in rows.select_related("cover_letter").order_by("received_at", "pk").iterator(chunk_size=500):
        if not one.answers:
            continue
        letter = getattr(one, "cover_letter", None)
        yield WaitingCover(
            reference=one.reference,
            received_at=one.received_at,
            due_on=one.due_on,
            state=one.state,
            letter=state_of(letter, now=now) if letter is not None else None,
            channel=letter.channel if letter is not None else "",
        )


def _own(viewer: Viewer, reference: str) -> QuerySet[CoverLetter]:
    """A request that ended otherwise, before its letter left, has no yes."""
    rows = CoverLetter.objects.select_related("request").filter(
        request__sender_id=viewer.person_id, request__reference=tidy_reference(reference)
    )
    return rows.exclude(request__state__in=(RequestState.REFUSED, RequestState.WITHDRAWN))
