"""The request that a page of the desk is about, and the way back to it once something was done."""

from http import HTTPStatus

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from entraide.portal.agent_site.agent_request import AgentRequest
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.handling.opening import OpenRequest, open_request
from entraide.portal.domain.handling.reasons import ReasonNeeded
from entraide.portal.foundation.web.addresses import address_of
from entraide.portal.foundation.web.source import source_of


def opened_request(request: AgentRequest, reference: str) -> OpenRequest:
    """The request, noted as read; 404 for what is not there, and the same for the agent's own family's.

    Raises ReasonNeeded for one that is over: `desk/reasons.py` asks for it.
    """
    try:
        found = open_request(request.agent, reference, network=source_of(request), now=timezone.now())
    except ReasonNeeded:
        raise
    except DomainError:
        raise Http404 from None
    if found is None:
        raise Http404
    return found


def done_at(page: str, **parts: object) -> HttpResponse:
    """After an act: 303 to the page that shows what became of it."""
    return HttpResponseRedirect(address_of(page, **parts), status=HTTPStatus.SEE_OTHER)
