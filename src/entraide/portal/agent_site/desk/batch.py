"""One act on the requests that were ticked in the queue: what is chosen, what to do, what came of it."""

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from entraide.portal.agent_site.agent_request import AgentRequest
from entraide.portal.agent_site.desk.batch_form import BatchForm
from entraide.portal.agent_site.desk.forms import team_choices
from entraide.portal.agent_site.roles import roles
from entraide.portal.agent_site.words import state_words
from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.handling.batches import Outcome, act_on_all
from entraide.portal.domain.handling.queries import named
from entraide.portal.foundation.web.parameters import one_value_each
from entraide.portal.foundation.web.source import source_of

_PAGE = "agent_site/desk/batch.html"


@require_http_methods(["GET", "HEAD", "POST"])
@roles(Role.HANDLER, Role.SUPERVISOR, Role.SOCIAL_FUND)
@one_value_each(but=frozenset({"reference", "papers"}))
def batch(request: AgentRequest) -> HttpResponse:
    """`/gestion/demandes/lot/`: the ticked ones with what to do; posted, what came of each."""
    sent = request.POST if request.method == "POST" else request.GET
    references = sent.getlist("reference")
    rows = named(request.agent, references, on=timezone.localdate())
    form = BatchForm(request.POST if request.method == "POST" else None, agent=request.agent, rows=rows)
    outcome: Outcome | None = None
    if form.is_valid():
        try:
            outcome = act_on_all(
                request.agent, references, form.batch(), network=source_of(request), now=timezone.now()
            )
        except DomainError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    context = {
        "form": form,
        "rows": named(request.agent, references, on=timezone.localdate()) if outcome else rows,
        "outcome": outcome,
        "reasons": {one.reference: one.reason for one in outcome.left} if outcome else {},
        "teams": dict(team_choices(request.agent)),
        "state_words": state_words,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, _PAGE, context, status=status)
