"""Nobody enters a private page without a live session, and nobody goes on without the terms (X7, A27…A31)."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode

from entraide.portal.domain.access.actions.terms import has_accepted
from entraide.portal.domain.members.queries import viewer_of
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.foundation.web.public import is_before_terms, is_public
from entraide.portal.foundation.web.sessions import SEEN, STARTED, TERMS


class PrivateByDefault:
    """Sets `request.viewer`; sends everyone else to the sign-in page, except on public pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if is_public(view):
            request.viewer = SimpleLazyObject(lambda: live_viewer(request))  # type: ignore[attr-defined]
            return None
        viewer = live_viewer(request)
        request.viewer = viewer  # type: ignore[attr-defined]
        if viewer is None:
            return _to("sign-in", request)
        if is_before_terms(view) or request.session.get(TERMS) == settings.PROFILE.terms.digest:
            return None
        if not has_accepted(viewer.account_id):
            return _to("terms", request)
        request.session[TERMS] = settings.PROFILE.terms.digest
        return None


def _to(page: str, request: HttpRequest) -> HttpResponse:
    """To a page that leads back to the one asked for; the home page needs no saying."""
    address = reverse(page)
    if request.method == "GET" and request.path != "/":
        address = f"{address}?{urlencode({'next': request.path})}"
    return redirect(address)


def live_viewer(request: HttpRequest) -> Viewer | None:
    """The person of a session that is neither idle for too long nor too old; else the session ends."""
    if not request.user.is_authenticated:
        return None
    now = int(time.time())
    policy = settings.PROFILE.security
    seen, started = request.session.get(SEEN, 0), request.session.get(STARTED, 0)
    if now - seen > policy.idle_minutes * 60 or now - started > policy.session_hours * 3600:
        logout(request)
        return None
    viewer = viewer_of(request.user.pk)
    if viewer is None:
        logout(request)
        return None
    if now - seen > 30:
        request.session[SEEN] = now
    return viewer
