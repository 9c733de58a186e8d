"""Nobody enters a private page without a live session, and nobody goes on without the terms (X7, A27…A31).

The people of the mutual have their own pages under /gestion/, their own cookie and their own sessions: a
session opens the pages of one side, never of both (A74).
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.auth import SESSION_KEY as ACCOUNT
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode

from entraide.portal.config.ended import ended_page, sign_in_address
from entraide.portal.config.helped import note_help, open_file
from entraide.portal.domain.access.actions.terms import has_accepted
from entraide.portal.domain.access.sessions import (
    Live,
    agent_span,
    forget_session,
    live_session,
    member_span,
    note_seen,
)
from entraide.portal.domain.agents.queries import agent_with
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.foundation.web.public import is_before_terms, is_public
from entraide.portal.foundation.web.session_cookie import had_session, is_agent_page
from entraide.portal.foundation.web.session_store import fingerprint
from entraide.portal.foundation.web.sessions import AGENTS, AREA, MEMBERS, TERMS, drop_session
from entraide.portal.member_site.keeping import name_session

View = Callable[..., Any]


class PrivateByDefault:
    """Sets `request.viewer`, or `request.agent` under /gestion/; everyone else goes to the sign-in page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        if match is not None:
            note_help(request, match.func, match.kwargs, response)
        _tell_phone(request, response)
        return response

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: Any) -> HttpResponse | None:
        request.viewer = request.agent = None  # type: ignore[attr-defined]
        if is_public(view):
            name, find = ("agent", live_agent) if is_agent_page(request) else ("viewer", live_viewer)
            setattr(request, name, SimpleLazyObject(lambda: find(request)))
            return None
        if is_agent_page(request):
            request.agent = agent = live_agent(request)  # type: ignore[attr-defined]
            return None if agent else _refuse(request, view)
        request.viewer = viewer = live_viewer(request)  # type: ignore[attr-defined]
        if viewer is None:
            return _refuse(request, view)
        return _ask_terms(request, view, viewer) or open_file(request, view, viewer)


def live_viewer(request: HttpRequest) -> Viewer | None:
    """The insured person of a session that still stands; else the session ends here."""
    live = _live(request, MEMBERS)
    if live is not None and live.viewer is None:
        _end(request)
    return live.viewer if live is not None else None


def live_agent(request: HttpRequest) -> AgentViewer | None:
    """The agent of a session that still stands; else the session ends here."""
    live = _live(request, AGENTS)
    found = agent_with(live.account) if live is not None else None
    if live is not None and found is None:
        _end(request)
    return found


def _live(request: HttpRequest, area: str) -> Live | None:
    account_id = request.session.get(ACCOUNT)
    if account_id is None:
        return None
    live, now = None, timezone.now()
    if request.session.get(AREA) == area:
        span = agent_span() if area == AGENTS else member_span()
        live = live_session(UUID(account_id), fingerprint(request.session), span=span, now=now)
    if live is None or not _has_the_password_of(request, live):
        _end(request)
        return None
    note_seen(live, now=now)
    # Read with the session: Django need not ask for it again.
    request.user = live.account
    request.session_id = str(live.id)  # type: ignore[attr-defined]
    return live


def _has_the_password_of(request: HttpRequest, live: Live) -> bool:
    """False once the password is another one than when the session began (A6)."""
    held, current = request.session.get(HASH_SESSION_KEY, ""), live.account.get_session_auth_hash()
    if constant_time_compare(held, current):
        return True
    if any(constant_time_compare(held, one) for one in live.account.get_session_auth_fallback_hash()):
        # The secret key of the deployment changed, not the password.
        request.session[HASH_SESSION_KEY] = current
        return True
    return False


def _end(request: HttpRequest) -> None:
    forget_session(fingerprint(request.session))
    drop_session(request)


def _tell_phone(request: HttpRequest, response: HttpResponse) -> None:
    """B-07: every page of a member says whose session stands, so that no phone keeps the card of another one.

    An error page says nothing: after a fault nobody knows whether the session is over, and an address that
    leads nowhere ends none. Nor does an answer that leads elsewhere: the page there will.
    """
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    is_page = is_page and not getattr(response, "is_error_page", False)
    told = is_page and not 300 <= response.status_code < 400 and response.status_code < 500
    if not told or is_agent_page(request) or not hasattr(request, "viewer"):
        return
    name_session(response, request.session_id if request.viewer else None)  # type: ignore[attr-defined]


def _refuse(request: HttpRequest, view: View) -> HttpResponse:
    ended = had_session(request)
    if ended and request.method == "POST" and not is_before_terms(view):
        return ended_page(request, view)
    return redirect(sign_in_address(request, ended=ended and request.method == "GET"))


def _ask_terms(request: HttpRequest, view: View, viewer: Viewer) -> HttpResponse | None:
    if is_before_terms(view) or request.session.get(TERMS) == settings.PROFILE.terms.digest:
        return None
    if has_accepted(viewer.account_id):
        request.session[TERMS] = settings.PROFILE.terms.digest
        return None
    address = reverse("terms")
    if request.method == "GET" and request.path != "/":
        address = f"{address}?{urlencode({'next': request.path})}"
    return redirect(address)
