"""The first page of an agent: who they are here."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from entraide.portal.agent_site.agent_request import AgentRequest
from entraide.portal.agent_site.desk.forms import team_choices
from entraide.portal.agent_site.words import state_words
from entraide.portal.domain.access.factors.queries import recovery_codes_left
from entraide.portal.domain.agents.policies import Right, may
from entraide.portal.domain.agents.queries import agent_password_ends
from entraide.portal.domain.agents.words import role_words
from entraide.portal.domain.bank.policies import may_approve
from entraide.portal.domain.emergency.queries import how_many_to_review
from entraide.portal.domain.handling.account_changes import how_many_wait
from entraide.portal.domain.handling.checks import state_of_checks
from entraide.portal.domain.handling.queries import reopened_for
from entraide.portal.domain.list_exports.queries import how_many_exports_wait
from entraide.portal.domain.staff.access_list import is_due
from entraide.portal.domain.staff.queries import how_many_changes_wait

PASSWORD_NOTICE = timedelta(days=15)


@require_safe
def home(request: AgentRequest) -> HttpResponse:
    ends = agent_password_ends(request.user)
    soon = ends is not None and ends - PASSWORD_NOTICE <= timezone.now()
    answers = may(request.agent.role, Right.ANSWER_REQUESTS)
    context = {
        "reads_requests": may(request.agent.role, Right.READ_FILES),
        "reads_figures": may(request.agent.role, Right.READ_FIGURES),
        "handles_fund": may(request.agent.role, Right.HANDLE_SOCIAL_FUND),
        "checks": state_of_checks(request.agent, now=timezone.now())
        if may(request.agent.role, Right.READ_CHECKS)
        else None,
        "reopened": reopened_for(request.agent, on=timezone.localdate()) if answers else (),
        "teams": dict(team_choices(request.agent)),
        "state_words": state_words,
        "decides_accounts": may_approve(request.agent),
        "accounts_waiting": how_many_wait(request.agent, now=timezone.now()),
        "publishes": may(request.agent.role, Right.WRITE_PUBLICATIONS),
        "exports_lists": may(request.agent.role, Right.EXPORT_LISTS),
        "exports_waiting": how_many_exports_wait(request.agent),
        "opens_in_emergency": may(request.agent.role, Right.OPEN_IN_EMERGENCY),
        "reviews_emergencies": may(request.agent.role, Right.REVIEW_EMERGENCIES),
        "emergencies": how_many_to_review(request.agent),
        "gives_access": may(request.agent.role, Right.GRANT_ACCESS),
        "access_waiting": how_many_changes_wait(request.agent, now=timezone.now()),
        "reads_journal": may(request.agent.role, Right.READ_JOURNAL),
        "access_list_due": is_due(request.agent, now=timezone.now()),
        "role": role_words(request.agent.role),
        "identifier": request.user.identifier,
        "has_recovery_codes": recovery_codes_left(request.user.pk) > 0,
        "password_ends": timezone.localdate(ends) if ends is not None and soon else None,
    }
    return render(request, "agent_site/desk/home.html", context)
