"""Passkeys of agents: as second step, as fresh proof, and new ones. JSON, for the script of the pages."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from entraide.portal.agent_site.access.enrolment import after_enrolment, enrolling
from entraide.portal.agent_site.access.entering import FACTOR, after_the_factor, half_in
from entraide.portal.agent_site.access.freshness import make_fresh, safe_next
from entraide.portal.domain.access.factors.passkeys import (
    Options,
    State,
    may_ask,
    register,
    register_options,
    sign_in_options,
    use_passkey,
)
from entraide.portal.domain.agents.queries import AgentEntrant, agent_entrant
from entraide.portal.domain.errors import DomainError
from entraide.portal.foundation.web.json_body import json_object
from entraide.portal.foundation.web.public import public
from entraide.portal.foundation.web.source import source_of
from entraide.portal.foundation.web.wording import language

_KEY = "agent_passkey"


@public
@require_POST
def use_options(request: HttpRequest) -> HttpResponse:
    """The question for the device: only the passkeys of the agent whose password was right may answer."""
    found = _prover(request)
    if found is None:
        return _closed()
    now = timezone.now()
    if not may_ask(source_of(request), now=now):
        words = _("Trop d’essais depuis votre connexion. Attendez cinq minutes avant de recommencer.")
        return JsonResponse({"error": words}, status=429)
    return _ask(request, sign_in_options(found.account, now=now))


@public
@require_POST
def use(request: HttpRequest) -> HttpResponse:
    """Opens the door after the password, or confirms that it is still the same agent."""
    found = _prover(request)
    if found is None:
        return _closed()
    body = json_object(request)
    there = half_in(request, FACTOR)
    try:
        use_passkey(
            state=_asked(request),
            response=_credential(body),
            account=found.account,
            now=timezone.now(),
        )
    except DomainError as error:
        return JsonResponse({"error": error.message}, status=422)
    if there is not None:
        return JsonResponse({"next": reverse(after_the_factor(request, *there))})
    make_fresh(request)
    return JsonResponse({"next": safe_next(_text(body, "next"))})


@public
@require_POST
def add_options(request: HttpRequest) -> HttpResponse:
    """The question for a device that is to make a new passkey."""
    who = enrolling(request)
    if who is None:
        return _closed()
    agent = who.agent
    return _ask(request, register_options(agent.account, display_name=agent.full_name, now=timezone.now()))


@public
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Keeps the new passkey; with the first factor the door opens."""
    who = enrolling(request)
    if who is None:
        return _closed()
    body = json_object(request)
    try:
        register(
            account=who.agent.account,
            state=_asked(request),
            response=_credential(body),
            name=_text(body, "name"),
            language=language(),
            now=timezone.now(),
            only_if_none=who.is_first,
        )
    except DomainError as error:
        return JsonResponse({"error": error.message}, status=422)
    return JsonResponse({"next": reverse(after_enrolment(request, who))})


def _prover(request: HttpRequest) -> AgentEntrant | None:
    """Who may prove a passkey now: on the way in, or signed in."""
    there = half_in(request, FACTOR)
    if there is not None:
        return there[1]
    viewer = request.agent  # type: ignore[attr-defined]
    return agent_entrant(viewer.account_id) if viewer else None


def _ask(request: HttpRequest, asked: tuple[Options, State]) -> JsonResponse:
    options, request.session[_KEY] = asked
    return JsonResponse(options)


def _asked(request: HttpRequest) -> State | None:
    """The question of this session, which is thereby used up."""
    state: State | None = request.session.pop(_KEY, None)
    return state


def _credential(body: dict[str, Any]) -> dict[str, Any]:
    found = body.get("credential")
    return found if isinstance(found, dict) else {}


def _text(body: dict[str, Any], name: str) -> str:
    found = body.get(name)
    return found if isinstance(found, str) else ""


def _closed() -> JsonResponse:
    return JsonResponse({"error": _("C’est terminé ici. Recommencez la connexion.")}, status=403)
