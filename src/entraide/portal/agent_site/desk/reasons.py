"""Why a request that is over is opened: a short form that comes before anything of it."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from entraide.portal.agent_site.agent_request import AgentRequest
from entraide.portal.agent_site.reason_forms import RequestReasonForm
from entraide.portal.agent_site.roles import roles
from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.handling.reasons import ReasonNeeded, state_reason
from entraide.portal.domain.requests.references import tidy_reference
from entraide.portal.foundation.web.typed import gives_back

View = Callable[..., HttpResponseBase]


def asks_reason_first(view: View) -> View:
    """Whoever must say why first is led to the page of the request, which asks it."""

    @wraps(view)
    def asking(request: AgentRequest, reference: str, **more: Any) -> HttpResponseBase:
        try:
            return view(request, reference, **more)
        except ReasonNeeded:
            return redirect("agents:request", reference=reference)

    return asking


@require_POST
@roles(Role.READER, Role.HANDLER, Role.PAYER, Role.SUPERVISOR, Role.SOCIAL_FUND)
@gives_back(words=_("Précision"))
def reason(request: AgentRequest, reference: str) -> HttpResponse:
    """`/gestion/demandes/<reference>/motif/`: `why` and `words`; then the request opens."""
    form = RequestReasonForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            is_there = state_reason(
                request.agent, reference, why=given["why"], words=given["words"], now=timezone.now()
            )
        except DomainError as refusal:
            if refusal.field not in form.fields:
                raise Http404 from None
            form.add_error(refusal.field, refusal.message)
        else:
            if not is_there:
                raise Http404
            answer = redirect("agents:request", reference=tidy_reference(reference))
            answer.status_code = HTTPStatus.SEE_OTHER
            return answer
    return reason_page(request, reference, form)


def reason_page(request: AgentRequest, reference: str, form: RequestReasonForm | None = None) -> HttpResponse:
    """Asks why; it shows nothing of the request but its reference."""
    form = form or RequestReasonForm()
    context = {"form": form, "reference": reference}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "agent_site/desk/reason.html", context, status=status)
