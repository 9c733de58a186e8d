"""What a person asked, and what was asked for them (A79)."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from uuid import UUID

from django.db.models import Q

from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.personal_data import OwnFile, Row, Table, table_of
from entraide.portal.domain.requests import storage
from entraide.portal.domain.requests.models import LEFT, Message, Request, RequestFile, Satisfaction
from entraide.portal.domain.requests.queries import note_opened, request_of
from entraide.portal.domain.requests.receipt import receipt_pdf

_ABOUT = ("reference", "kind", "category", "type", "state", "received_at", "promised_on")


def personal_data_of(person_id: UUID) -> list[Table]:
    """The person's own requests in full. Of those between the person and somebody else, that they exist:
    words and papers may tell of the other one.
    """
    own = Request.objects.filter(sender_id=person_id, concerns_id=person_id).order_by("received_at")
    said = Message.objects.filter(request__in=own).select_related("request", "step").order_by("step")
    rated = Satisfaction.objects.filter(request__in=own).select_related("request").order_by("at")
    files = RequestFile.objects.filter(LEFT, request__in=own).select_related("request")
    return [
        table_of("requests", own, *_ABOUT, "description", "answers", "language"),
        table_of(
            "request_files",
            files,
            "request.reference",
            "name",
            "piece",
            "media_type",
            "size",
            "sha256",
            "kept_at",
            "scan_state",
            "scanned_at",
            "is_enclosure",
            "read_at",
        ),
        table_of(
            "request_messages",
            said,
            "request.reference",
            "step.at",
            "step.by",
            "step.state",
            "words",
            "papers",
            "read_at",
        ),
        table_of("request_ratings", rated, "request.reference", "at", "score", "words"),
        Table("requests_with_others", (*_ABOUT, "sent_by_me"), lambda: _with_others(person_id)),
    ]


def _with_others(person_id: UUID) -> Iterator[Row]:
    mine, about_me = Q(sender_id=person_id), Q(concerns_id=person_id)
    rows = Request.objects.filter(mine ^ about_me).defer("description").order_by("received_at")
    for row in rows.iterator(chunk_size=500):
        yield (*(getattr(row, name) for name in _ABOUT), row.sender_id == person_id)


def own_files_of(viewer: Viewer, *, language: str, on: date) -> Iterator[OwnFile]:
    """The receipts of the viewer's own requests, and their papers byte for byte, in their order.

    What the antivirus did not let pass stays out; its row says why. What the mutual enclosed counts as opened
    with the copy.
    """
    sent = Request.objects.filter(sender_id=viewer.person_id, concerns_id=viewer.person_id)
    for reference in sent.order_by("received_at").values_list("reference", flat=True):
        receipt = partial(_receipt, viewer, reference, language=language)
        yield OwnFile(f"recepisses/{reference}.pdf", receipt)
    rows = RequestFile.objects.filter(LEFT, request__in=sent).select_related("request")
    places: dict[str, int] = {}
    for row in rows.order_by("request__received_at", "kept_at", "pk").iterator(chunk_size=100):
        assert row.request is not None
        reference, stored = row.request.reference, row.stored_name
        places[reference] = place = places.get(reference, 0) + 1
        if not row.is_readable or (row.is_enclosure and not note_opened(row)):
            continue
        path = f"fichiers/{reference}/{place:02d}-{row.name}"
        yield OwnFile(path, partial(storage.vault().read, stored))


def _receipt(viewer: Viewer, reference: str, *, language: str) -> Iterator[bytes]:
    found = request_of(viewer, reference)
    if found is not None:
        yield receipt_pdf(viewer, found, language=language)
