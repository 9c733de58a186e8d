"""The first page of an agent: who they are here."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from entraide.portal.agent_site.agent_request import AgentRequest
from entraide.portal.agent_site.words import role_words
from entraide.portal.domain.access.factors.queries import recovery_codes_left
from entraide.portal.domain.agents.queries import agent_password_ends

PASSWORD_NOTICE = timedelta(days=15)


@require_safe
def home(request: AgentRequest) -> HttpResponse:
    ends = agent_password_ends(request.user)
    soon = ends is not None and ends - PASSWORD_NOTICE <= timezone.now()
    context = {
        "role": role_words(request.agent.role),
        "identifier": request.user.identifier,
        "has_recovery_codes": recovery_codes_left(request.user.pk) > 0,
        "password_ends": timezone.localdate(ends) if ends is not None and soon else None,
    }
    return render(request, "agent_site/desk/home.html", context)
