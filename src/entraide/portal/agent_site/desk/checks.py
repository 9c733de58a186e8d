"""What the daily look through everything found, for who leads the teams."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from entraide.portal.agent_site.agent_request import AgentRequest
from entraide.portal.agent_site.desk.checks_words import finding_words
from entraide.portal.agent_site.roles import roles
from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.emergency.queries import how_many_to_review
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.handling import checks as handling
from entraide.portal.foundation.sweeps.runs import MOST_KEPT


@require_safe
@roles(Role.SUPERVISOR)
def checks(request: AgentRequest) -> HttpResponse:
    """`/gestion/controles/`: today's state first, then the runs of the last 30 days."""
    now = timezone.now()
    context = {
        "state": handling.state_of_checks(request.agent, now=now),
        "runs": handling.past_runs(request.agent, now=now),
        "is_under_way": handling.is_run_under_way(request.agent, now=now),
        "about_requests": handling.ABOUT_REQUESTS,
        "most_kept": MOST_KEPT,
        "finding_words": finding_words,
        "emergencies": how_many_to_review(request.agent),
    }
    return render(request, "agent_site/desk/checks.html", context)


@require_POST
@roles(Role.SUPERVISOR)
def run_now(request: AgentRequest) -> HttpResponse:
    """`/gestion/controles/lancer/`: the worker does it; the page tells when it is there."""
    try:
        handling.run_checks_now(request.agent, now=timezone.now())
    except DomainError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Le contrôle est lancé : rechargez cette page dans un moment."))
    answer = redirect("agents:checks")
    answer.status_code = HTTPStatus.SEE_OTHER
    return answer
