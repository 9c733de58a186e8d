"""Requests of members at the desk: the queue, a search, one request and what is done with it (B-14)."""

from functools import partial
from http import HTTPStatus
from itertools import chain
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entraide.portal.agent_site.agent_request import AgentRequest
from entraide.portal.agent_site.desk.acts import ACTS
from entraide.portal.agent_site.desk.doubles import doubles_on
from entraide.portal.agent_site.desk.enclosures import enclosures_shown, keep_enclosures, only_files
from entraide.portal.agent_site.desk.following import address_of_queue, remember_queue
from entraide.portal.agent_site.desk.forms import ActForm, QueueForm, SearchForm, team_choices
from entraide.portal.agent_site.desk.pieces import viewer_for
from entraide.portal.agent_site.desk.reasons import asks_reason_first, reason_page
from entraide.portal.agent_site.emergency.ways import address_in_emergency
from entraide.portal.agent_site.hospital.decision import decision_on
from entraide.portal.agent_site.opened import done_at, opened_request
from entraide.portal.agent_site.roles import roles
from entraide.portal.agent_site.social_fund.at_work import aid_on
from entraide.portal.agent_site.words import state_words
from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.agents.policies import Right, may
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.handling import queries
from entraide.portal.domain.handling.batches import filled, ready_for
from entraide.portal.domain.handling.colleagues import colleagues_of
from entraide.portal.domain.handling.opening import OpenRequest, open_piece
from entraide.portal.domain.handling.people_search import MOST_PEOPLE, people_found
from entraide.portal.domain.handling.pieces import pages_beside
from entraide.portal.domain.handling.reasons import ReasonNeeded
from entraide.portal.domain.requests.answers import in_words
from entraide.portal.domain.requests.complaints import clocks_of
from entraide.portal.domain.requests.enums import FINAL_STATES, RequestKind, RequestState
from entraide.portal.domain.requests.queries import NotReadable
from entraide.portal.foundation.web.addresses import address_of
from entraide.portal.foundation.web.closed_answer import attached
from entraide.portal.foundation.web.source import source_of
from entraide.portal.foundation.web.typed import gives_back
from entraide.portal.foundation.web.wording import text

_PAGES = "agent_site/desk"
_READERS = (Role.READER, Role.HANDLER, Role.PAYER, Role.SUPERVISOR, Role.SOCIAL_FUND)
_HANDLERS = (Role.HANDLER, Role.SUPERVISOR, Role.SOCIAL_FUND)
_UNTAKEN = ("received", "checked")


@require_safe
@roles(*_READERS)
def queue(request: AgentRequest) -> HttpResponse:
    """`/gestion/demandes/`: what is due first on top."""
    form, on = QueueForm(request.GET, agent=request.agent), timezone.localdate()
    page, number = None, {}
    if form.is_valid():
        after = request.GET.get("after", "")
        page = queries.queue(request.agent, form.wanted(request.agent.id, on=on), after=after, on=on)
        remember_queue(request)
        number = queries.counts(request.agent, team=form.cleaned_data["team"])
    chosen = request.GET.copy()
    chosen["after"] = page.after if page else ""
    context = {
        "form": form,
        "page": page,
        "counts": number,
        "most_counted": queries.MOST_COUNTED,
        "handles": may(request.agent.role, Right.ANSWER_REQUESTS),
        "makes_calls": not may(request.agent.role, Right.HANDLE_SOCIAL_FUND),
        "handles_fund": may(request.agent.role, Right.HANDLE_SOCIAL_FUND),
        "exports_lists": may(request.agent.role, Right.EXPORT_LISTS),
        "teams": dict(team_choices(request.agent)),
        "state_words": state_words,
        "asked": request.GET.urlencode(),
        "following": chosen.urlencode() if page and page.after else "",
    }
    return render(request, f"{_PAGES}/queue.html", context, status=200 if form.is_valid() else 422)


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*_READERS)
def search(request: AgentRequest) -> HttpResponse:
    """`/gestion/recherche/`: posted, so that no number of a member stands in an address."""
    form, found, people = SearchForm(request.POST or None), None, None
    if request.method == "POST" and form.is_valid():
        try:
            found = queries.search(request.agent, form.cleaned_data["text"], now=timezone.now())
            people = people_found(request.agent, form.cleaned_data["text"])
        except DomainError as refusal:
            form.add_error("text", refusal.message)
    context = {
        "form": form,
        "found": found,
        "people": people,
        "most_people": MOST_PEOPLE,
        "teams": dict(team_choices(request.agent)),
        "state_words": state_words,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, f"{_PAGES}/search.html", context, status=status)


@require_safe
@roles(*_READERS)
def detail(request: AgentRequest, reference: str) -> HttpResponse:
    """`/gestion/demandes/<reference>/`: everything on one screen, words ready to be sent included."""
    try:
        found = opened_request(request, reference)
    except ReasonNeeded:
        return reason_page(request, reference)
    fitting = chain.from_iterable(ready_for(found).values())
    ready = next((one for one in fitting if one.id == request.GET.get("ready")), None)
    given = {"words": filled(ready, found), "code": ready.refusal} if ready else {}
    form = _form(request, found, initial=given)
    return _page(request, found, form, ready_use=ready.use if ready else "")


@require_POST
@roles(*_HANDLERS)
@asks_reason_first
@gives_back(words=gettext_lazy("Votre texte"), note=gettext_lazy("Mot pour ce collègue"))
def act(request: AgentRequest, reference: str) -> HttpResponse:
    """`/gestion/demandes/<reference>/agir/`: `act` says what."""
    found = opened_request(request, reference)
    form = _form(request, found, request.POST)
    status = keep_enclosures(request, form)
    run = ACTS.get(request.POST.get("act", ""))
    if only_files(request):
        return _page(request, found, form, status=status)
    if run is None:
        form.add_error(None, _("Choisissez ce que vous voulez faire."))
    elif form.is_valid():
        try:
            messages.success(request, run(request, found.reference, form))
        except DomainError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            return done_at("agents:request", reference=found.reference)
    return _page(request, found, form, status=max(status, HTTPStatus.UNPROCESSABLE_ENTITY))


@require_safe
@roles(*_HANDLERS)
@asks_reason_first
def piece(
    request: AgentRequest, reference: str, file_id: UUID
) -> StreamingHttpResponse | HttpResponseRedirect:
    """`/gestion/demandes/<reference>/pieces/<id>/`: as it was sent, never opened inside our pages (A46)."""
    try:
        found = open_piece(request.agent, reference, file_id, network=source_of(request), now=timezone.now())
    except NotReadable:
        # The page of the request says why.
        return redirect("agents:request", reference=reference)
    except ReasonNeeded:
        raise
    except DomainError:
        raise Http404 from None
    if found is None:
        raise Http404
    answer = StreamingHttpResponse(found.chunks, content_type=found.media_type)
    answer.headers["Content-Length"] = str(found.size)
    return attached(answer, found.name)


def _form(request: AgentRequest, found: OpenRequest, data: QueryDict | None = None, **more: Any) -> ActForm:
    chooses = _handles(request, found) and _chooses_colleague(request)
    colleagues = colleagues_of(request.agent) if chooses else ()
    return ActForm(data, kind=found.kind, type_id=found.type_id, colleagues=colleagues, **more)


def _chooses_colleague(request: AgentRequest) -> bool:
    """The names are asked for by who needs them: most requests go to nobody else."""
    return request.method == "POST" or "colleague" in request.GET


def _handles(request: AgentRequest, found: OpenRequest) -> bool:
    return may(request.agent.role, Right.ANSWER_REQUESTS) and found.state not in FINAL_STATES


def _is_left(request: AgentRequest, found: OpenRequest) -> bool:
    """Whether this agent has nothing more to do here: over, or somebody else's turn."""
    is_elsewhere = found.handler_id not in {None, request.agent.id}
    is_waiting = found.state in {*FINAL_STATES, RequestState.WAITING_FOR_MEMBER}
    return may(request.agent.role, Right.ANSWER_REQUESTS) and (is_elsewhere or is_waiting)


def _address(found: OpenRequest) -> str:
    return address_of("agents:request", reference=found.reference)


def _page(
    request: AgentRequest,
    found: OpenRequest,
    form: ActForm,
    *,
    ready_use: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    handles = _handles(request, found)
    context = {
        "found": found,
        "answers": in_words(found.answers),
        "form": form,
        # Another kind of request is answered in words.
        "decision": decision_on(request.agent, found),
        "aid": aid_on(request.agent, found),
        "clocks": clocks_of(found.received_at) if found.kind == RequestKind.COMPLAINT else None,
        "handles": handles,
        "answers_requests": may(request.agent.role, Right.ANSWER_REQUESTS),
        "queue_url": address_of_queue(request),
        "is_left": _is_left(request, found),
        "viewer": viewer_for(
            request, found.reference, found.pieces, partial(pages_beside, found), address=_address(found)
        ),
        "may_hand_back": handles
        and found.state == RequestState.IN_PROGRESS
        and found.handler_id == request.agent.id,
        "may_take": handles and found.state in _UNTAKEN,
        "may_approve": found.proposed is not None and may(request.agent.role, Right.APPROVE_REQUESTS),
        "teams": team_choices(request.agent),
        "emergency_url": address_in_emergency(request.agent, reference=found.reference),
        "opens_members": may(request.agent.role, Right.READ_MEMBERS),
        "chooses_colleague": _chooses_colleague(request),
        "reasons": {one.id: text(one.label) for one in settings.PROFILE.desk.refusals},
        "state_words": state_words,
        "ready": ready_for(found),
        "ready_use": ready_use,
        "refusals": settings.PROFILE.desk.refusals_for(found.type_id, kind=found.kind),
        **enclosures_shown(request, form),
        **doubles_on(request, found),
    }
    return render(request, f"{_PAGES}/request.html", context, status=status)
