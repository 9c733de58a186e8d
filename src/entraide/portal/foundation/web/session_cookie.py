"""Which cookie holds the session: the people of the mutual have one of their own, under /gestion/ (A74)."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from entraide.portal.foundation.web.session_store import SessionStore

AGENT_PAGES = "/gestion/"
# The server ends the session. The cookie stays longer, so that a form that comes too late is known for
# what it is, and what was typed in it goes back to its writer.
LONGER_SECONDS = 12 * 3600


def is_agent_page(request: HttpRequest) -> bool:
    return request.path.startswith(AGENT_PAGES)


def cookie_name(request: HttpRequest) -> str:
    name: str = settings.AGENT_SESSION_COOKIE_NAME if is_agent_page(request) else settings.SESSION_COOKIE_NAME
    return name


def had_session(request: HttpRequest) -> bool:
    """True when this browser once had a session here, alive or not."""
    return cookie_name(request) in request.COOKIES


def forget_cookie(request: HttpRequest) -> None:
    """The browser signs out: nothing is left that says that somebody was here."""
    request.forgets_session = True  # type: ignore[attr-defined]


class SessionCookie:
    """Loads the session that the address asks for, and keeps what changed in it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        session = SessionStore(request.COOKIES.get(cookie_name(request)))
        request.session = session
        response = self.get_response(request)
        if session.accessed:
            patch_vary_headers(response, ("Cookie",))
        if session.is_empty():
            if had_session(request) and getattr(request, "forgets_session", False):
                response.delete_cookie(cookie_name(request), samesite="Lax")
        elif session.modified and response.status_code < 500:
            _keep(request, response, session)
        return response


def _keep(request: HttpRequest, response: HttpResponse, session: SessionStore) -> None:
    try:
        session.save()
    except UpdateError:
        # Ended from elsewhere while this answer was being made: it stays ended.
        return
    response.set_cookie(
        cookie_name(request),
        session.session_key or "",
        max_age=session.get_expiry_age() + LONGER_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
