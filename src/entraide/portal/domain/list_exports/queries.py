"""What the page of exports shows: one's own, and for a supervisor those that wait for a decision."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from entraide.portal.domain.agents.policies import Right, may
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.handling.policies import need
from entraide.portal.domain.list_exports.enums import ListExportState
from entraide.portal.domain.list_exports.models import ListExport

MOST_LISTED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ListExportLine:
    """An export as it is listed. `wanted`: as `ListExport.wanted`."""

    id: UUID
    reference: str
    asked_by: str
    reason: str
    wanted: dict[str, object]
    state: str
    asked_at: datetime
    decided_by: str
    rows: int
    expires_at: datetime | None

    @property
    def is_ready(self) -> bool:
        return self.state == ListExportState.READY


def my_exports(agent: AgentViewer, *, now: datetime) -> tuple[ListExportLine, ...]:
    """The agent's own, the newest on top; at most `MOST_LISTED`. One query."""
    need(agent, Right.EXPORT_LISTS)
    rows = ListExport.objects.filter(asked_by_id=agent.id).select_related("asked_by", "decided_by")
    found = rows.defer("content").order_by("-asked_at", "pk")[:MOST_LISTED]
    return tuple(_line(one, now=now) for one in found)


def exports_to_decide(agent: AgentViewer, *, now: datetime) -> tuple[ListExportLine, ...]:
    """What waits for a supervisor, the oldest on top; nothing for other roles, and never one's own."""
    if not may(agent.role, Right.APPROVE_EXPORTS):
        return ()
    rows = ListExport.objects.filter(state=ListExportState.ASKED).exclude(asked_by_id=agent.id)
    found = rows.select_related("asked_by", "decided_by").defer("content").order_by("asked_at", "pk")
    return tuple(_line(one, now=now) for one in found[:MOST_LISTED])


def how_many_exports_wait(agent: AgentViewer) -> int:
    """For the first page; 0 for roles that decide on none."""
    if not may(agent.role, Right.APPROVE_EXPORTS):
        return 0
    return ListExport.objects.filter(state=ListExportState.ASKED).exclude(asked_by_id=agent.id).count()


def _line(one: ListExport, *, now: datetime) -> ListExportLine:
    late = one.state == ListExportState.READY and one.expires_at is not None and one.expires_at <= now
    return ListExportLine(
        id=one.pk,
        reference=one.reference,
        asked_by=one.asked_by.full_name,
        reason=one.reason,
        wanted=one.wanted,
        state=ListExportState.EXPIRED.value if late else one.state,
        asked_at=one.asked_at,
        decided_by=one.decided_by.full_name if one.decided_by is not None else "",
        rows=one.rows,
        expires_at=one.expires_at,
    )
