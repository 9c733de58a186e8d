"""What an agent is shown of requests and care that look like the request on the page."""

from typing import Any

from django.utils import timezone

from entraide.portal.agent_site.agent_request import AgentRequest
from entraide.portal.domain.handling.care_doubles import care_doubles_of
from entraide.portal.domain.handling.opening import OpenRequest
from entraide.portal.domain.handling.queries import QueueRow, duplicates_of
from entraide.portal.foundation.web.source import source_of


def doubles_on(request: AgentRequest, found: OpenRequest) -> dict[str, Any]:
    """For the context of the page: `duplicates`, requests each once, and `line_doubles`."""
    now = timezone.now()
    care = care_doubles_of(request.agent, found, network=source_of(request), now=now)
    requests: tuple[QueueRow, ...] = ()
    if found.pieces or care.claims:
        on = timezone.localdate(now)
        requests = duplicates_of(request.agent, found.reference, also=care.claims, on=on)
    return {"duplicates": requests, "line_doubles": care.lines}
