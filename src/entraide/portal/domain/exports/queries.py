"""How an export stands; the first argument is who asks."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from entraide.portal.domain.exports.enums import ExportState
from entraide.portal.domain.exports.models import DataExport
from entraide.portal.domain.members.viewer import Viewer


@dataclass(frozen=True, slots=True)
class ExportStand:
    """The latest export of a person; `percent` of it is made."""

    id: UUID
    state: ExportState
    percent: int
    size: int
    asked_at: datetime
    expires_at: datetime | None
    taken_at: datetime | None

    @property
    def is_under_way(self) -> bool:
        return self.state in {ExportState.ASKED, ExportState.MAKING}

    @property
    def is_ready(self) -> bool:
        return self.state == ExportState.READY


def latest_export(viewer: Viewer, *, now: datetime) -> ExportStand | None:
    """The viewer's latest export; None when there never was one. One that is too old counts as expired."""
    found = DataExport.objects.filter(person_id=viewer.person_id).order_by("-asked_at").first()
    if found is None:
        return None
    state = ExportState(found.state)
    if state == ExportState.READY and found.expires_at is not None and found.expires_at <= now:
        state = ExportState.EXPIRED
    return ExportStand(
        id=found.pk,
        state=state,
        percent=found.done * 100 // found.parts if found.parts else 0,
        size=found.size,
        asked_at=found.asked_at,
        expires_at=found.expires_at,
        taken_at=found.taken_at,
    )
