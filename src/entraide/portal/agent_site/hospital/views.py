"""The decision on a hospital stay: what is known, the letter, and its way to the hospital (PEC-05, B-14)."""

from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from entraide.portal.agent_site.agent_request import AgentRequest
from entraide.portal.agent_site.desk.reasons import asks_reason_first
from entraide.portal.agent_site.hospital.decision import Decision, decision_on
from entraide.portal.agent_site.hospital.forms import RefuseForm, SendAgainForm
from entraide.portal.agent_site.opened import done_at, opened_request
from entraide.portal.agent_site.roles import roles
from entraide.portal.agent_site.words import state_words
from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.handling.opening import OpenRequest
from entraide.portal.domain.hospital_cover.deciding import accept_cover, refuse_cover
from entraide.portal.domain.hospital_cover.enums import LetterChannel
from entraide.portal.domain.hospital_cover.letter import file_name
from entraide.portal.domain.hospital_cover.looking import is_stay, letter_to_read
from entraide.portal.domain.hospital_cover.resending import has_arrived, send_again

_HANDLERS = (Role.HANDLER, Role.SUPERVISOR)


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*_HANDLERS)
@asks_reason_first
def decide(request: AgentRequest, reference: str) -> HttpResponse:
    """`/gestion/demandes/<reference>/prise-en-charge/`: `act` says what; read, the same decision alone."""
    opened = _opened(request, reference)
    found = decision_on(request.agent, opened)
    if found is None:
        raise Http404
    if request.method == "POST" and _is_done(request, found):
        return done_at("agents:request", reference=opened.reference)
    is_wrong = bool(found.form.errors or found.refusing.errors or found.refusal)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_wrong else HTTPStatus.OK
    context = {"found": opened, "decision": found, "state_words": state_words}
    return render(request, "agent_site/hospital/decision.html", context, status=status)


@require_safe
@roles(*_HANDLERS)
@asks_reason_first
def letter(request: AgentRequest, reference: str) -> HttpResponse:
    """`/gestion/demandes/<reference>/prise-en-charge.pdf`: what it would say, or what it said."""
    opened = _opened(request, reference)
    paper = letter_to_read(request.agent, reference, now=timezone.now())
    if paper is None:
        raise Http404
    answer = HttpResponse(paper, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{file_name(opened.reference)}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _opened(request: AgentRequest, reference: str) -> OpenRequest:
    """404 for what is no stay, as for what is not there or is of the agent's own family."""
    if not is_stay(reference):
        # Before it is opened: what is none of ours is not noted as read.
        raise Http404
    return opened_request(request, reference)


def _is_done(request: AgentRequest, found: Decision) -> bool:
    """Does what was asked, or keeps why it was not."""
    run = _ACTS.get(request.POST.get("act", ""))
    if run is None:
        found.refusal = _("Choisissez ce que vous voulez faire.")
        return False
    try:
        done = run(request, found)
    except DomainError as refusal:
        found.refusal = refusal.message
        return False
    if done:
        messages.success(request, done)
    return bool(done)


def _accept(request: AgentRequest, found: Decision) -> str:
    accept_cover(request.agent, found.cover.reference, now=timezone.now())
    return _("La prise en charge est accordée : la lettre part pour l’établissement.")


def _refuse(request: AgentRequest, found: Decision) -> str:
    found.refusing = RefuseForm(request.POST)
    if not found.refusing.is_valid():
        return ""
    code = found.refusing.cleaned_data["code"]
    refuse_cover(request.agent, found.cover.reference, code=code, now=timezone.now())
    return _("La demande est refusée, avec son motif.")


def _send_again(request: AgentRequest, found: Decision) -> str:
    found.form = SendAgainForm(request.POST)
    if not found.form.is_valid():
        return ""
    given = found.form.cleaned_data
    send_again(
        request.agent,
        found.cover.reference,
        channel=LetterChannel(given["channel"]),
        to=given["to"],
        now=timezone.now(),
    )
    return _("La lettre part de nouveau.")


def _arrived(request: AgentRequest, found: Decision) -> str:
    has_arrived(request.agent, found.cover.reference, now=timezone.now())
    return _("C’est noté : l’établissement a la lettre, l’adhérent est prévenu.")


_ACTS: dict[str, Callable[[AgentRequest, Decision], str]] = {
    "accept": _accept,
    "refuse": _refuse,
    "send_again": _send_again,
    "arrived": _arrived,
}
