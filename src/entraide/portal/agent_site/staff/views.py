"""Who works here with which access: asked by one, agreed to by another, ended at once (A75)."""

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
from entraide.portal.agent_site.deciding import decided, told_at
from entraide.portal.agent_site.opened import done_at
from entraide.portal.agent_site.roles import roles
from entraide.portal.agent_site.staff.forms import InvitationForm, RoleForm
from entraide.portal.agent_site.staff.words import standing_words, way_words
from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.agents.policies import Right, may
from entraide.portal.domain.agents.words import role_words
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.staff import access_list, queries
from entraide.portal.domain.staff.asking import ask_invitation, ask_role
from entraide.portal.domain.staff.deciding import agree, end_access, refuse
from entraide.portal.foundation.web.closed_answer import attached_list
from entraide.portal.foundation.web.paging import page_of

_PAGES = "agent_site/staff"
_PER_PAGE = 50
_GRANTING = (Role.SECURITY_ADMIN,)
_WORDS = {"role_words": role_words, "standing_words": standing_words, "way_words": way_words}


@require_safe
@roles(*_GRANTING)
def listed(request: AgentRequest) -> HttpResponse:
    """`/gestion/equipe/`: everybody with an access, and what waits for a second person."""

    def first(limit: int) -> list[queries.AccessLine]:
        return queries.accesses(request.agent, limit)

    context = {
        **_WORDS,
        "page": page_of(first, per_page=_PER_PAGE, page=request.GET.get("page", "1")),
        "changes": queries.changes_waiting(request.agent, now=timezone.now()),
        "alone": queries.is_alone(),
        "last_taken": access_list.last_taken(request.agent),
    }
    return render(request, f"{_PAGES}/staff.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*_GRANTING)
def invite(request: AgentRequest) -> HttpResponse:
    """`/gestion/equipe/inviter/`: asks for an access for somebody who has none."""
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            ask_invitation(
                request.agent,
                email=given["identifier"],
                full_name=given["full_name"],
                role=form.chosen(),
                request_key=given["request_key"],
                now=timezone.now(),
            )
        except DomainError as refusal:
            _add(form, refusal)
        else:
            return _asked(request)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, f"{_PAGES}/invite.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*_GRANTING)
def member(request: AgentRequest, agent_id: UUID) -> HttpResponse:
    """`/gestion/equipe/<id>/`: one access; the form asks for another role."""
    found = queries.access_of(request.agent, agent_id)
    if found is None:
        raise Http404
    form = RoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["request_key"]
        try:
            ask_role(request.agent, agent_id, role=form.chosen(), request_key=key, now=timezone.now())
        except DomainError as refusal:
            _add(form, refusal)
        else:
            return _asked(request)
    context = {**_WORDS, "found": found, "form": form, "is_me": found.id == request.agent.id}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, f"{_PAGES}/member.html", context, status=status)


@require_POST
@roles(*_GRANTING)
def end(request: AgentRequest, agent_id: UUID) -> HttpResponse:
    """`/gestion/equipe/<id>/fermer/`: at once, after a fresh proof (A32)."""
    if not is_fresh(request):
        return to_confirm(request, back_to="agents:staff")

    def close() -> str:
        name = end_access(request.agent, agent_id, now=timezone.now())
        return _("L’accès de %(name)s est fermé.") % {"name": name}

    return told_at("agents:staff", request, close)


@require_POST
@roles(*_GRANTING)
def decide(request: AgentRequest, change_id: UUID) -> HttpResponse:
    """`/gestion/equipe/demandes/<id>/decider/`: yes to what `binding` says, after a fresh proof; or no."""
    now = timezone.now()

    def yes() -> str:
        agree(request.agent, change_id, binding=request.POST.get("binding", ""), now=now)
        return _("C’est fait : les personnes concernées sont prévenues par e-mail.")

    def no() -> str:
        refuse(request.agent, change_id, now=now)
        return _("La demande est arrêtée : rien ne change.")

    return decided(request, yes=("agree", yes), refuse=no, back_to="agents:staff")


@require_POST
@roles(*_GRANTING, Role.DPO)
def download(request: AgentRequest) -> HttpResponse:
    """`/gestion/equipe/fichier/`: who has which access, after a fresh proof (A32).

    Pressed: opening an address notes nothing.
    """
    if not is_fresh(request):
        is_granting = may(request.agent.role, Right.GRANT_ACCESS)
        return to_confirm(request, back_to="agents:staff" if is_granting else "agents:journal")
    name, content = access_list.take_access_list(request.agent, now=timezone.now())
    return attached_list(content, name)


def _asked(request: AgentRequest) -> HttpResponse:
    messages.success(
        request, _("Votre demande attend l’accord d’une autre personne, pendant 7 jours au plus.")
    )
    return done_at("agents:staff")


def _add(form: RoleForm, refusal: DomainError) -> None:
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
