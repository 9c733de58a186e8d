"""Changes of account at the desk: those that wait, one on one screen, the decision (A71, A73, A78)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from entraide.portal.agent_site.accounts.forms import PayeeForm, RefuseChangeForm
from entraide.portal.agent_site.accounts.words import payee_in_words, signals_in_words, state_in_words
from entraide.portal.agent_site.agent_request import AgentRequest
from entraide.portal.agent_site.desk.pieces import viewer_for
from entraide.portal.agent_site.opened import done_at
from entraide.portal.agent_site.roles import roles
from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.bank.deciding import (
    approve_change,
    check_change,
    note_payee_check,
    refuse_change,
)
from entraide.portal.domain.bank.enums import PayeeCheck, RefusalReason
from entraide.portal.domain.bank.freezing import freeze_who_asked
from entraide.portal.domain.bank.words import refusal_in_words
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.handling import account_changes
from entraide.portal.domain.handling.account_changes import OpenChange
from entraide.portal.domain.handling.pieces import pages_of_kept
from entraide.portal.domain.requests.queries import NotReadable, OpenFile
from entraide.portal.domain.requests.viewing import page_of
from entraide.portal.foundation.web.addresses import address_of
from entraide.portal.foundation.web.closed_answer import attached, closed
from entraide.portal.foundation.web.source import source_of

_PAGES = "agent_site/accounts"
_DECIDERS = (Role.PAYER, Role.SUPERVISOR)


@dataclass(slots=True)
class Decision:
    """The forms of the page, and why nothing was done."""

    refusing: RefuseChangeForm = field(default_factory=RefuseChangeForm)
    payee: PayeeForm = field(default_factory=PayeeForm)
    refusal: str = ""

    @property
    def is_wrong(self) -> bool:
        return bool(self.refusal or self.refusing.errors or self.payee.errors)


@require_safe
@roles(*_DECIDERS)
def queue(request: AgentRequest) -> HttpResponse:
    """`/gestion/comptes/`: what is due first on top."""
    changes = account_changes.changes_to_decide(request.agent, now=timezone.now())
    context = {"changes": changes, "most": account_changes.MOST_LISTED}
    return render(request, f"{_PAGES}/queue.html", context)


@require_safe
@roles(*_DECIDERS)
def detail(request: AgentRequest, reference: str) -> HttpResponse:
    """`/gestion/comptes/<reference>/`: everything that decides, on one screen."""
    return _page(request, _opened(request, reference), Decision())


@require_POST
@roles(*_DECIDERS)
def act(request: AgentRequest, reference: str) -> HttpResponse:
    """`/gestion/comptes/<reference>/agir/`: `act` says what; `binding` is what the agent has read."""
    found, decision = _opened(request, reference), Decision()
    run = _ACTS.get(request.POST.get("act", ""))
    if run is None:
        decision.refusal = _("Choisissez ce que vous voulez faire.")
        return _page(request, found, decision)
    try:
        done = run(request, found.reference, decision)
    except DomainError as refusal:
        decision.refusal, done = refusal.message, ""
    if not done:
        # Whatever stopped it may have changed the page too.
        return _page(request, _opened(request, reference), decision)
    messages.success(request, done)
    return done_at("agents:account", reference=found.reference)


@require_safe
@roles(*_DECIDERS)
def paper(
    request: AgentRequest, reference: str, file_id: UUID
) -> StreamingHttpResponse | HttpResponseRedirect:
    """`/gestion/comptes/<reference>/rib/<id>/`: as it was sent, never opened inside our pages (A46)."""
    try:
        found = _paper(request, reference, file_id)
    except NotReadable:
        # The page of the change says why.
        return redirect("agents:account", reference=reference)
    answer = StreamingHttpResponse(found.chunks, content_type=found.media_type)
    answer.headers["Content-Length"] = str(found.size)
    return attached(answer, found.name)


@require_safe
@roles(*_DECIDERS)
def paper_page(request: AgentRequest, reference: str, file_id: UUID, number: int) -> HttpResponse:
    """`/gestion/comptes/<reference>/rib/<id>/<n>.jpg`: a page of the RIB, drawn anew."""
    try:
        picture = page_of(_paper(request, reference, file_id), number=number)
    except NotReadable:
        return redirect("agents:account", reference=reference)
    if picture is None:
        raise Http404
    return closed(HttpResponse(picture.jpeg, content_type="image/jpeg"))


def _paper(request: AgentRequest, reference: str, file_id: UUID) -> OpenFile:
    network, now = source_of(request), timezone.now()
    try:
        found = account_changes.open_paper(request.agent, reference, file_id, network=network, now=now)
    except NotReadable:
        raise
    except DomainError:
        raise Http404 from None
    if found is None:
        raise Http404
    return found


def _opened(request: AgentRequest, reference: str) -> OpenChange:
    """404 for what is not there, and the same for what is of the agent's own family."""
    network, now = source_of(request), timezone.now()
    try:
        found = account_changes.open_change(request.agent, reference, network=network, now=now)
    except DomainError:
        raise Http404 from None
    if found is None:
        raise Http404
    return found


def _page(request: AgentRequest, found: OpenChange, decision: Decision) -> HttpResponse:
    kept = found.kept
    context = {
        "found": found,
        "decision": decision,
        "viewer": viewer_for(
            request,
            found.reference,
            [found.paper],
            lambda _file: pages_of_kept(kept) if kept is not None else 0,
            address=address_of("agents:account", reference=found.reference),
            room="agents:account-paper",
        ),
        "state": state_in_words(found.state),
        "payee": payee_in_words(found.payee_check),
        "signals": signals_in_words(found),
        "why_not": refusal_in_words(RefusalReason(found.refusal)) if found.refusal else None,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if decision.is_wrong else HTTPStatus.OK
    return render(request, f"{_PAGES}/change.html", context, status=status)


def _check(request: AgentRequest, reference: str, _decision: Decision) -> str:
    read = _read(request)
    check_change(request.agent, reference=reference, read=read, now=timezone.now())
    return _("Votre accord est noté.")


def _approve(request: AgentRequest, reference: str, _decision: Decision) -> str:
    read = _read(request)
    approve_change(request.agent, reference=reference, read=read, now=timezone.now())
    return _("Votre second accord est noté.")


def _read(request: AgentRequest) -> str:
    """What the page said when it was shown; a form without it agrees to nothing."""
    return request.POST.get("binding") or "?"


def _refuse(request: AgentRequest, reference: str, decision: Decision) -> str:
    decision.refusing = RefuseChangeForm(request.POST)
    if not decision.refusing.is_valid():
        return ""
    reason = RefusalReason(decision.refusing.cleaned_data["reason"])
    refuse_change(request.agent, reference=reference, reason=reason, now=timezone.now())
    return _("Le changement est refusé : l’adhérent reçoit le motif.")


def _payee(request: AgentRequest, reference: str, decision: Decision) -> str:
    decision.payee = PayeeForm(request.POST)
    if not decision.payee.is_valid():
        return ""
    result = PayeeCheck(decision.payee.cleaned_data["payee_check"])
    note_payee_check(request.agent, reference=reference, result=result, now=timezone.now())
    return _("La réponse de la banque est notée.")


def _freeze(request: AgentRequest, reference: str, _decision: Decision) -> str:
    freeze_who_asked(request.agent, reference=reference, now=timezone.now())
    return _("Le changement est arrêté et l’accès est bloqué : appelez l’adhérent.")


_ACTS: dict[str, Callable[[AgentRequest, str, Decision], str]] = {
    "check": _check,
    "approve": _approve,
    "refuse": _refuse,
    "payee": _payee,
    "freeze": _freeze,
}
