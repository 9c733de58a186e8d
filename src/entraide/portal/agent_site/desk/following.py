"""From one request to the next of the queue, as the agent last looked at it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from entraide.portal.agent_site.agent_request import AgentRequest
from entraide.portal.agent_site.desk.forms import QueueForm
from entraide.portal.agent_site.roles import roles
from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.handling.queries import Wanted, next_to_handle
from entraide.portal.foundation.web.addresses import address_of

_SHOWN = "desk_queue"


@require_safe
@roles(Role.HANDLER, Role.SUPERVISOR, Role.SOCIAL_FUND)
def following(request: AgentRequest) -> HttpResponse:
    """`/gestion/demandes/suivante/`: leads to what comes after `after`, or back to the queue at its end."""
    form, on = QueueForm(QueryDict(shown_queue(request)), agent=request.agent), timezone.localdate()
    wanted = form.wanted(request.agent.id, on=on) if form.is_valid() else Wanted()
    found = next_to_handle(request.agent, wanted, after=request.GET.get("after", ""))
    if found:
        return redirect("agents:request", reference=found)
    messages.info(request, _("Plus rien à traiter dans cette file : ce qui reste attend quelqu’un d’autre."))
    return redirect(address_of_queue(request))


def remember_queue(request: HttpRequest) -> None:
    """The filters of the queue that is on the screen, for this session; not which page of it."""
    filters = request.GET.copy()
    filters.pop("after", None)
    if request.session.get(_SHOWN, "") != filters.urlencode():
        request.session[_SHOWN] = filters.urlencode()


def shown_queue(request: HttpRequest) -> str:
    """The filters as they stand in the address of the queue; blank before it was looked at."""
    return str(request.session.get(_SHOWN, ""))


def address_of_queue(request: HttpRequest) -> str:
    """The queue as it was last shown."""
    filters = shown_queue(request)
    return address_of("agents:queue") + (f"?{filters}" if filters else "")
