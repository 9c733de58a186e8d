"""One file opened in an emergency: why, then half an hour of reading and nothing else (A76)."""

import json
from collections.abc import Callable
from functools import partial, wraps
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entraide.portal.agent_site.access.freshness import is_fresh, to_confirm
from entraide.portal.agent_site.agent_request import AgentRequest
from entraide.portal.agent_site.desk.pieces import viewer_for
from entraide.portal.agent_site.emergency.forms import EmergencyForm
from entraide.portal.agent_site.emergency.words import outcome_words, read_words
from entraide.portal.agent_site.opened import done_at
from entraide.portal.agent_site.roles import roles
from entraide.portal.agent_site.words import state_words
from entraide.portal.domain.access.factors.sealing import open_for, seal_for
from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.emergency import opening, queries, reading
from entraide.portal.domain.emergency.reviewing import end_own_emergency
from entraide.portal.domain.emergency.words import reason_words
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.handling.member_files import MOST_REQUESTS, named_file
from entraide.portal.domain.handling.pieces import pages_beside
from entraide.portal.domain.requests.answers import in_words
from entraide.portal.domain.requests.queries import NotReadable
from entraide.portal.foundation.web.addresses import address_of
from entraide.portal.foundation.web.closed_answer import closed
from entraide.portal.foundation.web.source import source_of
from entraide.portal.foundation.web.typed import gives_back
from entraide.portal.foundation.web.wording import text

View = Callable[..., HttpResponseBase]
_PAGES = "agent_site/emergency"
# Who handles requests reads all of this anyway; who gives accesses must never read care (A75).
_ASKERS = (Role.READER, Role.PAYER, Role.SOCIAL_FUND)
# What was typed while a proof was missing, sealed: it may tell of somebody.
_DRAFT = "emergency_draft"


def while_open(view: View) -> View:
    """Whose access is over is led to the page that says so."""

    @wraps(view)
    def reads(request: AgentRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except reading.NoEmergency as over:
            messages.warning(request, over.message)
            return redirect("agents:emergency")

    return reads


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*_ASKERS)
@gives_back(words=gettext_lazy("Ce qui se passe"))
def emergency(request: AgentRequest) -> HttpResponse:
    """`/gestion/urgence/`: what is open now, else the form; in the address `demande` or `dossier`."""
    if request.method == "POST":
        return _open(request)
    return _page(request, EmergencyForm(initial=_draft(request) or _asked(request)))


@require_POST
@roles(*_ASKERS)
def stop(request: AgentRequest) -> HttpResponse:
    """`/gestion/urgence/terminer/`: one's own, before its time."""
    end_own_emergency(request.agent, now=timezone.now())
    messages.success(request, _("Votre accès d’urgence est terminé."))
    return done_at("agents:emergency")


@require_safe
@roles(*_ASKERS)
@while_open
def file(request: AgentRequest) -> HttpResponse:
    """`/gestion/urgence/dossier/`: the file on one screen, as who handles requests sees it."""
    now = timezone.now()
    context = {
        "file": reading.file_in_emergency(request.agent, network=source_of(request), now=now),
        "access": reading.open_emergency(request.agent, now=now),
        "most": MOST_REQUESTS,
        "teams": _teams(),
        "state_words": state_words,
        "request_page": "agents:emergency-request",
    }
    return render(request, f"{_PAGES}/file.html", context)


@require_safe
@roles(*_ASKERS)
@while_open
def detail(request: AgentRequest, reference: str) -> HttpResponse:
    """`/gestion/urgence/demandes/<reference>/`: one of this file; in the address `piece`, `page`, `zoom`."""
    now = timezone.now()
    found = reading.request_in_emergency(request.agent, reference, network=source_of(request), now=now)
    if found is None:
        raise Http404
    viewer = viewer_for(
        request,
        found.reference,
        found.pieces,
        partial(pages_beside, found),
        address=address_of("agents:emergency-request", reference=found.reference),
        room="agents:emergency-piece",
        gives_original=False,
    )
    context = {
        "found": found,
        "answers": in_words(found.answers),
        "viewer": viewer,
        "access": reading.open_emergency(request.agent, now=now),
        "teams": _teams(),
        "reasons": {one.id: text(one.label) for one in settings.PROFILE.desk.refusals},
        "state_words": state_words,
    }
    return render(request, f"{_PAGES}/request.html", context)


@require_safe
@roles(*_ASKERS)
@while_open
def page(request: AgentRequest, reference: str, file_id: UUID, number: int) -> HttpResponse:
    """`/gestion/urgence/demandes/<reference>/pieces/<id>/<n>.jpg`: a page of a piece, drawn anew."""
    try:
        picture = reading.page_in_emergency(
            request.agent,
            reference,
            file_id,
            number=number,
            network=source_of(request),
            now=timezone.now(),
        )
    except NotReadable:
        return redirect("agents:emergency-request", reference=reference)
    if picture is None:
        raise Http404
    return closed(HttpResponse(picture.jpeg, content_type="image/jpeg"))


def _open(request: AgentRequest) -> HttpResponse:
    """Opens the file after a fresh proof (A32); what was typed waits, sealed, until it is there."""
    form, now = EmergencyForm(request.POST), timezone.now()
    if form.is_valid():
        if not is_fresh(request):
            kept = {name: form.cleaned_data[name] for name in ("whose", "why", "words", "ticket")}
            request.session[_DRAFT] = seal_for(request.user, _DRAFT, json.dumps(kept), now=now)
            return to_confirm(request)
        try:
            opening.open_in_emergency(
                request.agent,
                form.said(),
                request_key=form.cleaned_data["request_key"],
                network=source_of(request),
                now=now,
            )
        except DomainError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            request.session.pop(_DRAFT, None)
            return done_at("agents:emergency-file")
    return _page(request, form)


def _page(request: AgentRequest, form: EmergencyForm) -> HttpResponse:
    now = timezone.now()
    context = {
        "form": form,
        "access": reading.open_emergency(request.agent, now=now),
        "own": queries.own_emergencies(request.agent, now=now),
        "reason_words": reason_words,
        "outcome_words": outcome_words,
        "read_words": read_words,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, f"{_PAGES}/emergency.html", context, status=status)


def _draft(request: AgentRequest) -> dict[str, str]:
    sealed = request.session.get(_DRAFT, "")
    kept = open_for(request.user, _DRAFT, sealed, now=timezone.now()) if sealed else None
    return dict(json.loads(kept)) if kept else {}


def _asked(request: AgentRequest) -> dict[str, str]:
    """Whose file, as the page that led here names it; nothing for what this agent may not name."""
    if reference := request.GET.get("demande", ""):
        return {"whose": reference[:40]}
    try:
        named = named_file(request.agent, UUID(request.GET.get("dossier", "")))
    except (DomainError, ValueError):
        return {}
    return {"whose": named.number} if named else {}


def _teams() -> dict[str, str]:
    return {one.id: text(one.label) for one in settings.PROFILE.desk.teams}
