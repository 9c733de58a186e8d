"""What the session keeps between a passkey's question and its answer."""

from typing import Any

from django.http import HttpRequest, JsonResponse

from entraide.portal.domain.access.factors.passkeys import Options, State
from entraide.portal.domain.errors import DomainError

_KEY = "passkey"


def ask(request: HttpRequest, asked: tuple[Options, State]) -> JsonResponse:
    """Hands the question to the browser; the newest one replaces any other."""
    options, state = asked
    request.session[_KEY] = state
    return JsonResponse(options)


def asked_of(request: HttpRequest) -> State | None:
    """The question of this session, which is thereby used up."""
    state: State | None = request.session.pop(_KEY, None)
    return state


def credential_of(body: dict[str, Any]) -> dict[str, Any]:
    """The answer of the device; an empty one, which no check accepts, when there is none."""
    found = body.get("credential")
    return found if isinstance(found, dict) else {}


def refused(error: DomainError) -> JsonResponse:
    return JsonResponse({"error": error.message}, status=422)


def text_of(body: dict[str, Any], name: str) -> str:
    found = body.get(name)
    return found if isinstance(found, str) else ""
