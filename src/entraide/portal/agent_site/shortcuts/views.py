"""The keys of the desk: all of them on one page, which also turns them off (WCAG 2.1.4)."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from entraide.portal.agent_site.agent_request import AgentRequest
from entraide.portal.agent_site.shortcuts.forms import ShortcutsForm
from entraide.portal.domain.agents.actions.shortcuts import choose_shortcuts


@require_http_methods(["GET", "HEAD", "POST"])
def shortcuts(request: AgentRequest) -> HttpResponse:
    """`/gestion/raccourcis/`: for every role; the choice follows the agent, whatever the browser."""
    now = {"shortcuts": "on" if request.agent.uses_shortcuts else "off"}
    form = ShortcutsForm(request.POST if request.method == "POST" else None, initial=now)
    if form.is_valid():
        on = form.cleaned_data["shortcuts"] == "on"
        choose_shortcuts(request.agent, on=on)
        done = (
            _("Les raccourcis clavier sont activés.") if on else _("Les raccourcis clavier sont désactivés.")
        )
        messages.success(request, done)
        answer = redirect("agents:shortcuts")
        answer.status_code = HTTPStatus.SEE_OTHER
        return answer
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "agent_site/shortcuts/shortcuts.html", {"form": form}, status=status)
