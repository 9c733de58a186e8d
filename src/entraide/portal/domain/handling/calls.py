"""The calls that agents have to make, in their order (B-13)."""

from dataclasses import dataclass
from datetime import datetime

from entraide.portal.domain.agents.models import Agent
from entraide.portal.domain.agents.policies import Right
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.handling.policies import need
from entraide.portal.domain.requests.catalogue import labels_of
from entraide.portal.domain.requests.enums import FINAL_STATES
from entraide.portal.domain.requests.models import CallBack
from entraide.profiles import Text

MOST_LISTED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRow:
    """A call to make. The number stands in the request alone, whose opening is in the journal."""

    reference: str
    starts_at: datetime
    reason: Text
    sender: str
    team: str
    handler: str
    is_late: bool


def calls_to_make(agent: AgentViewer, *, now: datetime) -> tuple[CallRow, ...]:
    """The calls of open requests, those whose time has passed first; at most `MOST_LISTED`. Two queries."""
    need(agent, Right.READ_FILES)
    rows = CallBack.objects.filter(place__isnull=False).exclude(request__state__in=FINAL_STATES)
    found = list(rows.select_related("request__sender").order_by("starts_at", "place")[:MOST_LISTED])
    handlers = {one.request.handler for one in found if one.request.handler}
    names = {one.pk: one.full_name for one in Agent.objects.filter(pk__in=handlers)}
    return tuple(
        CallRow(
            reference=one.request.reference,
            starts_at=one.starts_at,
            reason=labels_of(one.request.category, one.request.type)[1],
            sender=one.request.sender.full_name,
            team=one.request.team,
            handler=names.get(one.request.handler, "") if one.request.handler else "",
            is_late=one.starts_at < now,
        )
        for one in found
    )
