"""The RIB that goes with a change: one file, checked like every other, kept once the change is stored."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.requests.files.kinds import JPEG, PDF, PNG
from entraide.portal.domain.requests.holding import HeldFile, Upload, drop_held_file, hold_file
from entraide.portal.domain.requests.models import RequestFile

KEPT_BY = "bank"
_TAKEN = tuple(kind.media_type for kind in (PDF, JPEG, PNG))


def hold_paper(viewer: Viewer, *, request_key: UUID, upload: Upload, now: datetime) -> HeldFile:
    """Checks a RIB and keeps it for this form, in the place of the one chosen before.

    Raises DomainError(field="rib") with a sentence for the member; then the one chosen before stays.
    """
    before = held_paper(viewer, request_key)
    try:
        held = hold_file(viewer, request_key=request_key, upload=upload, now=now)
    except DomainError as error:
        error.field = "rib"
        raise
    if before is not None and before.id == held.id:
        return held
    if RequestFile.objects.filter(pk=held.id).exclude(media_type__in=_TAKEN).exists():
        drop_held_file(viewer, request_key=request_key, file_id=held.id)
        raise DomainError(_("Envoyez votre RIB en PDF, en JPEG ou en PNG."), field="rib")
    if before is not None:
        drop_held_file(viewer, request_key=request_key, file_id=before.id)
    return held


def held_paper(viewer: Viewer, request_key: UUID) -> HeldFile | None:
    """The RIB that waits under this key, not yet part of a change."""
    row = papers_waiting(viewer, request_key).first()
    return HeldFile(row.pk, row.name, row.size, row.sha256) if row is not None else None


def papers_waiting(viewer: Viewer, request_key: UUID) -> QuerySet[RequestFile]:
    rows = RequestFile.objects.filter(
        sender_id=viewer.person_id, request_key=request_key, request=None, kept_by=""
    )
    return rows.order_by("-kept_at", "-pk")
