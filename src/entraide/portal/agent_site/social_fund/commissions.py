"""The commissions of the fund: their days, and the files that one of them looks at (SOC-01)."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from entraide.portal.agent_site.agent_request import AgentRequest
from entraide.portal.agent_site.roles import roles
from entraide.portal.agent_site.words import state_words
from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.social_fund.commissions import commission_days, commission_of
from entraide.portal.foundation.web.source import source_of

_FOLDER = "agent_site/social_fund"


@require_safe
@roles(Role.SOCIAL_FUND)
def commissions(request: AgentRequest) -> HttpResponse:
    """`/gestion/fonds-social/commissions/`: those to come, and those that were."""
    days = commission_days(request.agent, on=timezone.localdate())
    return render(request, f"{_FOLDER}/commissions.html", {"days": days, "today": timezone.localdate()})


@require_safe
@roles(Role.SOCIAL_FUND)
def commission(request: AgentRequest, day: str) -> HttpResponse:
    """`/gestion/fonds-social/commissions/<AAAA-MM-JJ>/`: its files, on one page that prints."""
    try:
        on = date.fromisoformat(day)
    except ValueError:
        raise Http404 from None
    found = commission_of(request.agent, on, network=source_of(request), now=timezone.now())
    if found is None:
        raise Http404
    context = {"commission": found, "today": timezone.localdate(), "state_words": state_words}
    return render(request, f"{_FOLDER}/commission.html", context)
