"""Lists as files: asked with a reason, decided by a supervisor, downloaded once (A77)."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entraide.portal.agent_site.access.freshness import is_fresh, to_confirm
from entraide.portal.agent_site.agent_request import AgentRequest
from entraide.portal.agent_site.deciding import decided
from entraide.portal.agent_site.desk.forms import QueueForm, team_choices
from entraide.portal.agent_site.exports.forms import ReasonForm
from entraide.portal.agent_site.exports.words import export_state, list_in_words
from entraide.portal.agent_site.opened import done_at
from entraide.portal.agent_site.roles import roles
from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.list_exports import actions, queries
from entraide.portal.domain.list_exports.making import MOST_ROWS
from entraide.portal.foundation.web.closed_answer import attached_list
from entraide.portal.foundation.web.wording import language

_PAGES = "agent_site/exports"
_ASKERS = (Role.HANDLER, Role.SUPERVISOR)


@require_safe
@roles(*_ASKERS)
def listed(request: AgentRequest) -> HttpResponse:
    """`/gestion/exports/`: one's own, and what waits for a supervisor."""
    now = timezone.now()
    context = {
        "mine": queries.my_exports(request.agent, now=now),
        "to_decide": queries.exports_to_decide(request.agent, now=now),
        "state_words": export_state,
        "list_words": list_in_words,
    }
    return render(request, f"{_PAGES}/exports.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*_ASKERS)
def ask(request: AgentRequest) -> HttpResponse:
    """`/gestion/exports/demander/`: the list as the queue showed it, with a reason."""
    wanted = QueueForm(request.POST or request.GET, agent=request.agent)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and wanted.is_valid() and form.is_valid():
        given, on = form.cleaned_data, timezone.localdate()
        try:
            actions.ask_list(
                request.agent,
                wanted.wanted(request.agent.id, on=on),
                reason=given["reason"],
                request_key=given["request_key"],
                language=language(),
                now=timezone.now(),
            )
        except DomainError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, _("Votre demande attend l’accord d’un autre responsable."))
            return done_at("agents:exports")
    context = {"form": form, "wanted": wanted, "most": MOST_ROWS, "teams": dict(team_choices(request.agent))}
    is_wrong = bool(form.errors) or not wanted.is_valid()
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_wrong else HTTPStatus.OK
    return render(request, f"{_PAGES}/ask.html", context, status=status)


@require_POST
@roles(Role.SUPERVISOR)
def decide(request: AgentRequest, export_id: UUID) -> HttpResponse:
    """`/gestion/exports/<id>/decider/`: `act`: yes, after a fresh proof (A32), or no; never one's own."""
    now = timezone.now()

    def yes() -> str:
        actions.approve_list(request.agent, export_id, now=now)
        return _("Accordé : le fichier se prépare.")

    def no() -> str:
        actions.refuse_list(request.agent, export_id, now=now)
        return _("Refusé : aucun fichier n’est fait.")

    return decided(request, yes=("approve", yes), refuse=no, back_to="agents:exports")


@require_POST
@roles(*_ASKERS)
def download(request: AgentRequest, export_id: UUID) -> HttpResponse:
    """`/gestion/exports/<id>/fichier/`: for its asker, once, after a fresh proof (A32).

    Pressed: opening an address changes nothing.
    """
    if not is_fresh(request):
        return to_confirm(request, back_to="agents:exports")
    taken = actions.take_list(request.agent, export_id, now=timezone.now())
    if taken is None:
        raise Http404
    return attached_list(taken.content, taken.name)
