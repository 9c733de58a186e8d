"""Members' files at the desk: a search, the reason for opening one, the file (B-14, A68)."""

import json
from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from entraide.portal.agent_site.agent_request import AgentRequest
from entraide.portal.agent_site.desk.forms import team_choices
from entraide.portal.agent_site.emergency.ways import address_in_emergency
from entraide.portal.agent_site.members.forms import PeopleForm
from entraide.portal.agent_site.reason_forms import FileReasonForm
from entraide.portal.agent_site.roles import roles
from entraide.portal.agent_site.words import state_words
from entraide.portal.domain.access.factors.sealing import open_for, seal_for
from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.consultations.reasons import reason_in_words
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.handling.member_files import (
    MOST_REQUESTS,
    FileName,
    MemberFile,
    named_file,
    open_member_file,
    reason_from,
)
from entraide.portal.domain.handling.people_search import MOST_PEOPLE, search_people
from entraide.portal.domain.handling.reasons import given_reason
from entraide.portal.foundation.web.source import source_of

_PAGES = "agent_site/members"
# Who is there for the social fund sees its requests, and nobody else.
_READERS = (Role.READER, Role.HANDLER, Role.PAYER, Role.SUPERVISOR)
# The reason of the file that was opened last, sealed: it may tell of the person's health.
_REASON = "member_file_reason"


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*_READERS)
def search(request: AgentRequest) -> HttpResponse:
    """`/gestion/adherents/`: posted, so that no number of a member stands in an address."""
    form, found = PeopleForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            found = search_people(request.agent, form.cleaned_data["text"], now=timezone.now())
        except DomainError as refusal:
            form.add_error("text", refusal.message)
    context = {"form": form, "found": found, "most": MOST_PEOPLE}
    return render(request, f"{_PAGES}/search.html", context, status=_status(form.errors))


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*_READERS)
def member_file(request: AgentRequest, member_id: UUID) -> HttpResponse:
    """`/gestion/adherents/<id>/`: the file, or first the form that asks why.

    `demande` in the address names the open request that brings the agent here, which is reason enough.
    """
    if request.method == "POST":
        return _give_reason(request, member_id)
    reason = _reason(request, member_id)
    if not reason:
        return _ask_reason(request, _named(request, member_id), FileReasonForm())
    found = _opened(request, member_id, reason)
    context = {
        "file": found,
        "most": MOST_REQUESTS,
        "reason": reason_in_words(reason),
        "teams": dict(team_choices(request.agent)),
        "state_words": state_words,
        "request_page": "agents:request",
        "emergency_url": address_in_emergency(request.agent, member_id=member_id),
    }
    return render(request, f"{_PAGES}/file.html", context)


def _reason(request: AgentRequest, member_id: UUID) -> str:
    """What the request says, else what the agent said of this very file within the last ten minutes."""
    if given := reason_from(request.agent, member_id, request.GET.get("demande", "")):
        return given
    sealed = request.session.get(_REASON, "")
    kept = open_for(request.user, _REASON, sealed, now=timezone.now()) if sealed else None
    whose, reason = json.loads(kept) if kept else ("", "")
    return str(reason) if whose == str(member_id) else ""


def _give_reason(request: AgentRequest, member_id: UUID) -> HttpResponse:
    name, form = _named(request, member_id), FileReasonForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            reason = given_reason(given["reason"], words=given["words"])
        except DomainError as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            kept = json.dumps([str(member_id), reason])
            request.session[_REASON] = seal_for(request.user, _REASON, kept, now=timezone.now())
            answer = redirect("agents:member", member_id=member_id)
            answer.status_code = HTTPStatus.SEE_OTHER
            return answer
    return _ask_reason(request, name, form)


def _ask_reason(request: AgentRequest, name: FileName, form: FileReasonForm) -> HttpResponse:
    context = {"name": name, "form": form}
    return render(request, f"{_PAGES}/reason.html", context, status=_status(form.errors))


def _status(errors: object) -> int:
    return HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK


def _named(request: AgentRequest, member_id: UUID) -> FileName:
    """404 for what is not there, and the same for the agent's own family."""
    try:
        found = named_file(request.agent, member_id)
    except DomainError:
        raise Http404 from None
    if found is None:
        raise Http404
    return found


def _opened(request: AgentRequest, member_id: UUID, reason: str) -> MemberFile:
    try:
        found = open_member_file(
            request.agent, member_id, reason=reason, network=source_of(request), now=timezone.now()
        )
    except DomainError:
        raise Http404 from None
    if found is None:
        raise Http404
    return found
