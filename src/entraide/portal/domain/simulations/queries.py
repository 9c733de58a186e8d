"""The simulations that somebody keeps: theirs alone, not their family's."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.simulations.models import SavedSimulation


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """A simulation that is kept; what was left to pay on its day, in cents."""

    id: UUID
    name: str
    kind: str
    answers: str
    left_least: int
    left_most: int
    saved_at: datetime


def saved_simulations_of(viewer: Viewer) -> list[Saved]:
    """Newest first. One query."""
    rows = SavedSimulation.objects.filter(owner_id=viewer.person_id).order_by("-saved_at", "-pk")
    return [_saved(row) for row in rows]


def saved_simulation_of(viewer: Viewer, saved_id: UUID) -> Saved | None:
    """One of the viewer's; None when there is none, or when it is somebody else's."""
    row = SavedSimulation.objects.filter(owner_id=viewer.person_id, pk=saved_id).first()
    return _saved(row) if row else None


def _saved(row: SavedSimulation) -> Saved:
    return Saved(
        id=row.pk,
        name=row.name,
        kind=row.kind,
        answers=row.answers,
        left_least=row.left_least,
        left_most=row.left_most,
        saved_at=row.saved_at,
    )
