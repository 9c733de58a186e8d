"""The calls that members asked for (B-13)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from entraide.portal.agent_site.agent_request import AgentRequest
from entraide.portal.agent_site.desk.forms import team_choices
from entraide.portal.agent_site.roles import roles
from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.handling.calls import calls_to_make


@require_safe
@roles(Role.READER, Role.HANDLER, Role.PAYER, Role.SUPERVISOR)
def calls(request: AgentRequest) -> HttpResponse:
    """`/gestion/rappels/`: whom to call next; the number is in the request."""
    found = calls_to_make(request.agent, now=timezone.now())
    context = {"calls": found, "teams": dict(team_choices(request.agent))}
    return render(request, "agent_site/desk/calls.html", context)
