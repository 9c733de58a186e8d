"""What a member may know of requests: only the sender sees one. The first argument is who asks.

A helper sees papers that were sent about the very person they help: nothing of relatives, no change asked.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Prefetch, QuerySet

from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.requests import storage
from entraide.portal.domain.requests.asked import Asked
from entraide.portal.domain.requests.catalogue import labels_of
from entraide.portal.domain.requests.enums import FINAL_STATES
from entraide.portal.domain.requests.models import Request, RequestFile
from entraide.portal.domain.requests.references import tidy_reference
from entraide.portal.domain.requests.timeline import TimelineStep, timeline
from entraide.profiles import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestCard:
    """A request in a list."""

    reference: str
    category: Text
    type: Text
    state: str
    received_at: datetime
    promised_on: date
    concerns: str
    files: int
    steps: tuple[TimelineStep, ...]

    @property
    def is_open(self) -> bool:
        return self.state not in FINAL_STATES


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file of a request, with its fingerprint."""

    id: UUID
    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestDetail:
    """A request with all that its sender may see."""

    card: RequestCard
    id: UUID
    description: str
    answers: tuple[tuple[str, str], ...]
    files: tuple[FileLine, ...]
    language: str


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A stored file and its clear bytes, opened as they are read."""

    name: str
    media_type: str
    size: int
    chunks: Iterator[bytes]


def page_of_requests(viewer: Viewer, *, page: str | None, per_page: int) -> Page[Any]:
    """One page of `RequestCard`, newest first, and where it stands. Three queries, whatever was sent."""
    rows = _sent_by(viewer).defer("description", "answers")
    shown = Paginator(rows, per_page).get_page(page)
    return Page([_card(one) for one in shown.object_list], shown.number, shown.paginator)


def open_requests_of(viewer: Viewer, *, limit: int) -> list[RequestCard]:
    """What the viewer sent that is not finished, newest first. Two queries."""
    still_open = _sent_by(viewer).defer("description", "answers").exclude(state__in=FINAL_STATES)
    return [_card(one) for one in still_open[:limit]]


def request_of(viewer: Viewer, reference: str) -> RequestDetail | None:
    """One request; None when there is none, or when someone else sent it."""
    found = _sent_by(viewer).filter(reference=tidy_reference(reference)).first()
    if found is None:
        return None
    files = tuple(FileLine(one.pk, one.name, one.size, one.sha256) for one in found.files.all())
    return RequestDetail(
        card=_card(found),
        id=found.pk,
        description=found.description,
        answers=tuple((key, value) for key, value in json.loads(found.answers or "[]")),
        files=files,
        language=found.language,
    )


def open_reference(viewer: Viewer, *, subject: str) -> str:
    """The reference of the viewer's open request about this subject; blank when there is none."""
    index = Asked(subject=subject).index
    found = Request.objects.filter(sender_id=viewer.person_id, subject=index).exclude(state__in=FINAL_STATES)
    return found.values_list("reference", flat=True).first() or ""


def file_of(viewer: Viewer, reference: str, file_id: UUID) -> OpenFile | None:
    """A file as it was sent, byte for byte; None unless the viewer sent it with this request."""
    found = RequestFile.objects.filter(
        pk=file_id,
        sender_id=viewer.person_id,
        request__in=_open_to(viewer).filter(reference=tidy_reference(reference)),
    ).first()
    if found is None:
        return None
    chunks = storage.vault().read(found.stored_name)
    # The first segment now: a file that is gone or altered is a fault before the answer starts.
    return OpenFile(found.name, found.media_type, found.size, chain([next(chunks)], chunks))


def ledger() -> Iterator[dict[str, Any]]:
    """Every stored request, oldest first, as `entraide ledger` prints it."""
    rows = Request.objects.order_by("received_at", "pk").prefetch_related(
        Prefetch("files", RequestFile.objects.only("request_id", "sha256"))
    )
    for one in rows.iterator(chunk_size=500):
        yield {
            "key": str(one.request_key),
            "sha256": [file.sha256 for file in one.files.all()],
            "reference": one.reference,
            "state": one.state,
        }


def _open_to(viewer: Viewer) -> QuerySet[Request]:
    sent = Request.objects.filter(sender_id=viewer.person_id)
    if viewer.helping is None:
        return sent
    return sent.filter(concerns_id=viewer.person_id, subject="")


def _sent_by(viewer: Viewer) -> QuerySet[Request]:
    return (
        _open_to(viewer)
        .select_related("concerns")
        .prefetch_related("steps")
        .annotate(file_count=Count("files"))
        .order_by("-received_at", "-pk")
    )


def _card(one: Request) -> RequestCard:
    category, type_ = labels_of(one.category, one.type)
    return RequestCard(
        reference=one.reference,
        category=category,
        type=type_,
        state=one.state,
        received_at=one.received_at,
        promised_on=one.promised_on,
        concerns=one.concerns.full_name,
        files=one.file_count,  # type: ignore[attr-defined]
        steps=timeline(list(one.steps.all()), promised_on=one.promised_on),
    )
