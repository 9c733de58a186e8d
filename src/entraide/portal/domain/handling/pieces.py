"""Pieces of a request as an agent reads them: page by page, drawn anew, each opening noted (A44, A47)."""

from datetime import datetime
from uuid import UUID

from entraide.portal.domain.agents.policies import Right
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.handling.opening import (
    KeptPiece,
    OpenRequest,
    found_request,
    lines_of,
    open_piece,
)
from entraide.portal.domain.handling.policies import need, need_distance
from entraide.portal.domain.handling.reasons import reason_to_open
from entraide.portal.domain.requests import storage
from entraide.portal.domain.requests.timeline import FileLine
from entraide.portal.domain.requests.viewing import ShownFile, ShownPage, as_shown, number_of_pages, page_of


def pieces_of(agent: AgentViewer, reference: str, *, now: datetime) -> tuple[FileLine, ...] | None:
    """The pieces of a request, those of replies included, oldest first; None when there is no such request.

    Their names and what the antivirus said of each, not their content: the journal notes what is opened.
    """
    need(agent, Right.READ_CARE)
    request = found_request(agent, reference)
    if request is None:
        return None
    need_distance(agent, request)
    reason_to_open(agent, request, now=now)
    return lines_of(request.files.all())


def shown_piece(
    agent: AgentViewer, reference: str, file_id: UUID, *, network: str, now: datetime
) -> ShownFile | None:
    """How many pages of a piece can be shown; None when the request holds no such piece.

    Raises NotReadable like `open_piece`.
    """
    found = open_piece(agent, reference, file_id, network=network, now=now)
    return None if found is None else as_shown(found)


def pages_beside(found: OpenRequest, file_id: UUID) -> int:
    """How many pages of a piece can be shown beside the request that the agent has opened. No query.

    Nothing of the piece itself yet: `shown_piece_page` gives its pages, and notes them.
    """
    kept = found.kept.get(file_id)
    return 0 if kept is None else pages_of_kept(kept)


def pages_of_kept(kept: KeptPiece) -> int:
    """How many of its pages can be drawn."""
    return number_of_pages(b"".join(storage.vault().read(kept.stored_name)), media_type=kept.media_type)


def shown_piece_page(
    agent: AgentViewer, reference: str, file_id: UUID, *, number: int, network: str, now: datetime
) -> ShownPage | None:
    """One page of a piece, counted from 1; None when there is none. Raises NotReadable like `open_piece`."""
    found = open_piece(agent, reference, file_id, network=network, now=now)
    return None if found is None else page_of(found, number=number)
