"""The cookie by which a browser is known again: a random token, the same for everybody who uses it (A10)."""

from django.conf import settings
from django.http import HttpRequest

from entraide.portal.domain.access.browsers import KEPT_FOR
from entraide.portal.foundation.web.cookies import set_cookie_later


def cookie_name() -> str:
    return "__Host-entraide-browser" if settings.ENTRAIDE.is_https else "entraide-browser"


def browser_token(request: HttpRequest) -> str:
    """What this browser holds, or "": to be looked for, never to be trusted."""
    return request.COOKIES.get(cookie_name(), "")


def keep_browser_token(request: HttpRequest, token: str) -> None:
    """The answer to this request will carry the cookie, whatever kind of answer it is."""
    set_cookie_later(request, cookie_name(), token, max_age=int(KEPT_FOR.total_seconds()))
