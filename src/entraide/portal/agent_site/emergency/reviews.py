"""What others opened in an emergency, looked at by somebody else (A76)."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from entraide.portal.agent_site.agent_request import AgentRequest
from entraide.portal.agent_site.emergency.forms import ReviewForm
from entraide.portal.agent_site.emergency.words import outcome_words, read_words
from entraide.portal.agent_site.opened import done_at
from entraide.portal.agent_site.roles import roles
from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.emergency import queries
from entraide.portal.domain.emergency.enums import ReviewOutcome
from entraide.portal.domain.emergency.reviewing import review_emergency, stop_emergency
from entraide.portal.domain.emergency.words import reason_words
from entraide.portal.domain.errors import DomainError
from entraide.portal.foundation.web.typed import gives_back

_REVIEWERS = (Role.SUPERVISOR, Role.SECURITY_ADMIN)
_OUTCOMES = {"approve": ReviewOutcome.APPROVED, "object": ReviewOutcome.OBJECTED}


@require_safe
@roles(*_REVIEWERS)
def reviews(request: AgentRequest) -> HttpResponse:
    """`/gestion/urgence/relectures/`: what waits for somebody else's word, then the last that have it."""
    return _page(request)


@require_POST
@roles(*_REVIEWERS)
@gives_back(words=gettext_lazy("Ce que vous avez vérifié"))
def act(request: AgentRequest, access_id: UUID) -> HttpResponse:
    """`/gestion/urgence/relectures/<id>/agir/`: `act`: stop, or approve and object with `words`."""
    asked, now = request.POST.get("act", ""), timezone.now()
    if asked in _OUTCOMES:
        return _review(request, access_id, _OUTCOMES[asked])
    try:
        if asked == "stop":
            stop_emergency(request.agent, access_id, now=now)
            messages.success(request, _("Cet accès d’urgence est terminé."))
        else:
            messages.error(request, _("Choisissez ce que vous voulez faire."))
    except DomainError as refusal:
        messages.error(request, refusal.message)
    return done_at("agents:emergency-reviews")


def _review(request: AgentRequest, access_id: UUID, outcome: ReviewOutcome) -> HttpResponse:
    form = _form(access_id, request)
    if form.is_valid():
        said = form.cleaned_data["words"]
        try:
            review_emergency(request.agent, access_id, outcome=outcome, words=said, now=timezone.now())
        except DomainError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, _("Votre relecture est enregistrée."))
            return done_at("agents:emergency-reviews")
    return _page(request, (access_id, form))


def _form(access_id: UUID, request: AgentRequest | None = None) -> ReviewForm:
    """Several stand on one page, so that each has its own ids."""
    return ReviewForm(request.POST if request else None, auto_id=f"id_{access_id.hex}_%s")


def _page(request: AgentRequest, posted: tuple[UUID, ReviewForm] | None = None) -> HttpResponse:
    now = timezone.now()
    waiting = queries.emergencies_to_review(request.agent, now=now)
    forms = {one.id: _form(one.id) for one in waiting}
    if posted is not None:
        forms |= dict([posted])
    context = {
        "waiting": waiting,
        "forms": forms,
        "posted": posted[1] if posted else None,
        "reviewed": queries.reviewed_emergencies(request.agent, now=now),
        "reason_words": reason_words,
        "outcome_words": outcome_words,
        "read_words": read_words,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if posted is not None else HTTPStatus.OK
    return render(request, "agent_site/emergency/reviews.html", context, status=status)
