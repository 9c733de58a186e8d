"""The pieces of a request in a viewer: drawn anew, one page at a time, never the file itself (A46, B-14).

`viewer_for` is for any page of the desk that shows them: it puts `viewer` into its context and includes
`agent_site/desk/_piece_viewer.html`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from entraide.portal.agent_site.agent_request import AgentRequest
from entraide.portal.agent_site.desk.reasons import asks_reason_first
from entraide.portal.agent_site.roles import roles
from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.handling import pieces
from entraide.portal.domain.handling.reasons import ReasonNeeded
from entraide.portal.domain.requests.queries import NotReadable
from entraide.portal.domain.requests.references import tidy_reference
from entraide.portal.domain.requests.timeline import FileLine
from entraide.portal.foundation.web.closed_answer import closed
from entraide.portal.foundation.web.source import source_of

_HANDLERS = (Role.HANDLER, Role.SUPERVISOR, Role.SOCIAL_FUND)


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceViewer:
    """What the viewer shows: all pieces as a list, and one page of the chosen one.

    `page` is None for a piece that the antivirus keeps closed, and for one that cannot be drawn.
    """

    reference: str
    pieces: tuple[FileLine, ...]
    chosen: FileLine | None
    page: Page[int] | None
    is_zoomed: bool
    address: str
    asked: QueryDict
    # The name of the address of a piece as it was sent; that of a page of it ends in `-page`.
    room: str
    # Whether the piece may be taken as it was sent.
    gives_original: bool = True

    def link(self, *, piece: UUID | None = None, page: int = 1, zoom: bool | None = None) -> str:
        """The same address with another piece, page or size; whatever else it says stays."""
        query = self.asked.copy()
        query["piece"] = str(piece or (self.chosen.id if self.chosen else ""))
        query["page"] = str(page)
        query["zoom"] = "1" if (self.is_zoomed if zoom is None else zoom) else ""
        # A whole address: after an error the page stands where its form was sent.
        return f"{self.address}?{query.urlencode()}#pieces"


@require_safe
@roles(*_HANDLERS)
@asks_reason_first
def viewer(request: AgentRequest, reference: str) -> HttpResponse:
    """`/gestion/demandes/<reference>/pieces/`: in the address `piece`, `page` and `zoom`."""
    try:
        found = pieces.pieces_of(request.agent, reference, now=timezone.now())
    except ReasonNeeded:
        raise
    except DomainError:
        raise Http404 from None
    if not found:
        raise Http404
    counted = partial(_pages_of, request, reference)
    shown = viewer_for(request, tidy_reference(reference), found, counted, address=request.path)
    context = {"viewer": shown}
    return render(request, "agent_site/desk/pieces.html", context)


@require_safe
@roles(*_HANDLERS)
@asks_reason_first
def page(request: AgentRequest, reference: str, file_id: UUID, number: int) -> HttpResponse:
    """`/gestion/demandes/<reference>/pieces/<id>/<n>.jpg`: a page of a piece, drawn anew."""
    try:
        picture = pieces.shown_piece_page(
            request.agent, reference, file_id, number=number, network=source_of(request), now=timezone.now()
        )
    except NotReadable:
        return redirect("agents:request", reference=reference)
    except ReasonNeeded:
        raise
    except DomainError:
        raise Http404 from None
    if picture is None:
        raise Http404
    return closed(HttpResponse(picture.jpeg, content_type="image/jpeg"))


def viewer_for(
    request: AgentRequest,
    reference: str,
    listed: Sequence[FileLine],
    pages_of: Callable[[UUID], int],
    *,
    address: str,
    room: str = "agents:request-piece",
    gives_original: bool = True,
) -> PieceViewer | None:
    """The viewer of these pieces of a request that the agent has opened; None when it has none.

    `pages_of`: how many pages of a piece can be shown.
    `address`: of the page that shows it, where its links lead back to; `room`: see PieceViewer.
    A piece that the address does not name well is the first one.
    """
    if not listed:
        return None
    asked = request.GET.get("piece", "")
    chosen = next((one for one in listed if str(one.id) == asked), listed[0])
    pages = pages_of(chosen.id) if chosen.is_readable else 0
    numbers = Paginator(range(1, pages + 1), 1) if pages else None
    return PieceViewer(
        reference=reference,
        pieces=tuple(listed),
        chosen=chosen,
        page=numbers.get_page(request.GET.get("page")) if numbers else None,
        is_zoomed=bool(request.GET.get("zoom")),
        address=address,
        asked=request.GET,
        room=room,
        gives_original=gives_original,
    )


def _pages_of(request: AgentRequest, reference: str, file_id: UUID) -> int:
    """Notes the piece that is shown."""
    network, now = source_of(request), timezone.now()
    try:
        shown = pieces.shown_piece(request.agent, reference, file_id, network=network, now=now)
    except NotReadable:
        # The antivirus spoke between the list and now.
        return 0
    return shown.pages if shown else 0
