"""The cookie by which an agent's browser is known again: it opens nothing, it is counted apart (A10)."""

from django.conf import settings
from django.http import HttpRequest

from entraide.portal.domain.access.browsers import KEPT_FOR
from entraide.portal.foundation.web.cookies import set_cookie_later


def cookie_name() -> str:
    return "__Host-entraide-gestion-browser" if settings.ENTRAIDE.is_https else "entraide-gestion-browser"


def browser_token(request: HttpRequest) -> str:
    """What this browser holds, or "": to be looked for, never to be trusted."""
    return request.COOKIES.get(cookie_name(), "")


def keep_browser_token(request: HttpRequest, token: str) -> None:
    set_cookie_later(request, cookie_name(), token, max_age=int(KEPT_FOR.total_seconds()))
