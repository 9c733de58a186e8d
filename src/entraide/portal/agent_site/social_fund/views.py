"""A request to the social fund at work: the file, the agenda, the decision and its second look (SOC-01)."""

from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from entraide.portal.agent_site.agent_request import AgentRequest
from entraide.portal.agent_site.desk.reasons import asks_reason_first
from entraide.portal.agent_site.opened import done_at, opened_request
from entraide.portal.agent_site.roles import roles
from entraide.portal.agent_site.social_fund.at_work import AidDesk, aid_on
from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.social_fund.deciding import agree, propose
from entraide.portal.domain.social_fund.enums import Outcome
from entraide.portal.domain.social_fund.filing import ask_for_missing, keep_file
from entraide.portal.foundation.web.parameters import one_value_each
from entraide.portal.foundation.web.typed import gives_back


@require_http_methods(["GET", "HEAD", "POST"])
@roles(Role.SOCIAL_FUND)
@asks_reason_first
@one_value_each(but=frozenset({"papers"}))
@gives_back(words=gettext_lazy("Votre texte"))
def at_work(request: AgentRequest, reference: str) -> HttpResponse:
    """`/gestion/demandes/<reference>/fonds-social/`: `act` says what; read, the same part alone."""
    opened = opened_request(request, reference)
    act = request.POST.get("act", "")
    desk = aid_on(request.agent, opened, posted=request.POST if request.method == "POST" else None, act=act)
    if desk is None:
        raise Http404
    if request.method == "POST" and _is_done(request, desk, act):
        return done_at("agents:request", reference=opened.reference)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if desk.is_wrong else HTTPStatus.OK
    return render(
        request, "agent_site/social_fund/at_work.html", {"found": opened, "desk": desk}, status=status
    )


def _is_done(request: AgentRequest, desk: AidDesk, act: str) -> bool:
    """Does what was asked, or keeps why it was not."""
    run = _ACTS.get(act)
    if run is None:
        desk.refusal = _("Choisissez ce que vous voulez faire.")
        return False
    try:
        done = run(request, desk)
    except DomainError as refusal:
        form = desk.filing if act == "keep" else desk.deciding
        if refusal.field in form.fields and form.is_bound:
            form.add_error(refusal.field, refusal.message)
        else:
            desk.refusal = refusal.message
        return False
    if done:
        messages.success(request, done)
    return bool(done)


def _keep(request: AgentRequest, desk: AidDesk) -> str:
    if not desk.filing.is_valid():
        return ""
    given = desk.filing.cleaned_data
    keep_file(
        request.agent,
        desk.aid.reference,
        there=given["papers"],
        commission=given["commission"],
        now=timezone.now(),
    )
    return _("Le dossier est à jour.")


def _ask_missing(request: AgentRequest, desk: AidDesk) -> str:
    ask_for_missing(request.agent, desk.aid.reference, now=timezone.now())
    return _("Les papiers qui manquent sont demandés : le délai s’arrête jusqu’à la réponse.")


def _propose(request: AgentRequest, desk: AidDesk) -> str:
    if not desk.deciding.is_valid():
        return ""
    propose(request.agent, desk.aid.reference, desk.deciding.decided(), now=timezone.now())
    return _("La décision est écrite : un collègue du fonds la confirme.")


def _agree(request: AgentRequest, desk: AidDesk) -> str:
    binding = request.POST.get("binding", "")
    outcome = agree(request.agent, desk.aid.reference, binding=binding, now=timezone.now())
    if outcome == Outcome.PUT_OFF:
        return _("Le dossier passe à la commission suivante.")
    return _("La décision est confirmée : la lettre est dans l’espace de l’adhérent.")


_ACTS: dict[str, Callable[[AgentRequest, AidDesk], str]] = {
    "keep": _keep,
    "ask_missing": _ask_missing,
    "propose": _propose,
    "agree": _agree,
}
