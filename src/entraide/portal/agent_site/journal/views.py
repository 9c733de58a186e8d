"""The facts about agents and accesses, for who watches over them; no member's name, nothing of care."""

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from entraide.portal.agent_site.agent_request import AgentRequest
from entraide.portal.agent_site.journal.forms import JournalForm
from entraide.portal.agent_site.journal.words import detail_words, kind_words
from entraide.portal.agent_site.roles import roles
from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.agents.policies import Right, may
from entraide.portal.domain.staff import access_list
from entraide.portal.domain.staff import journal as facts
from entraide.portal.foundation.web.paging import page_of

_PER_PAGE = 50


@require_safe
@roles(Role.SECURITY_ADMIN, Role.DPO)
def journal(request: AgentRequest) -> HttpResponse:
    """`/gestion/journal/`: `since`, `until`, `kind`, `agent`, `page`; the latest on top."""
    form = JournalForm(request.GET, people=facts.people(request.agent), today=timezone.localdate())
    is_valid = form.is_valid()

    def first(limit: int) -> list[facts.JournalLine]:
        return facts.journal(request.agent, form.wanted(), limit=limit)

    page = page_of(first, per_page=_PER_PAGE, page=request.GET.get("page", "1")) if is_valid else None
    asked = {name: request.GET[name] for name in form.fields if request.GET.get(name)}
    context = {
        "form": form,
        "page": page,
        "query": f"{urlencode(asked)}&" if asked else "",
        "period": form.cleaned_data if is_valid else {},
        "kind_words": kind_words,
        "detail_words": detail_words,
        "last_taken": access_list.last_taken(request.agent),
        "gives_access": may(request.agent.role, Right.GRANT_ACCESS),
    }
    status = HTTPStatus.OK if is_valid else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "agent_site/journal/journal.html", context, status=status)
