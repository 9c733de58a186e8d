"""Browsers too old to work get a plain page instead of a broken one (PLAT-02)."""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

# Internet Explorer, all of its versions: 10 and older say MSIE, 11 says Trident.
_TOO_OLD = re.compile(r"\bMSIE [0-9]|\bTrident/[0-9]")
# What machines read, and what the page itself needs.
_LEFT_ALONE = re.compile(r"^/(static/|healthz|\.well-known/|api/)|\.(json|pdf|css|svg|png|js|ics)$")


class OldBrowsers:
    """Answers every page with the plain one when the browser is Internet Explorer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_too_old(request.headers.get("User-Agent", "")) and not _LEFT_ALONE.search(request.path):
            return old_browser_page()
        return self.get_response(request)


def is_too_old(user_agent: str) -> bool:
    return _TOO_OLD.search(user_agent[:400]) is not None


def old_browser_page() -> HttpResponse:
    """In both languages, without a session, a script or anything newer than the year 2000."""
    profile = settings.PROFILE
    context = {"identity": profile.identity, "contacts": profile.contacts}
    return HttpResponse(render_to_string("design/old_browser.html", context))
