"""The link of a mail that says "this was not me" (A23): signed in or out, in any browser, no script."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from entraide.portal.domain.access.actions.safety import LinkState, freeze, safety_page
from entraide.portal.domain.errors import DomainError
from entraide.portal.foundation.web.public import public
from entraide.portal.member_site.access.flow import PAGES, leave

_PAGES_OF = {LinkState.LIVE: f"{PAGES}/not_me.html", LinkState.FROZEN: f"{PAGES}/frozen.html"}


@public
@require_http_methods(["GET", "POST"])
def not_me(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the page explains and changes nothing: programs that read mails open links. The form freezes.

    Afterwards the same address says what comes next, however often it is opened.
    """
    now = timezone.now()
    page = safety_page(token, now=now)
    if request.method == "POST":
        _freeze(request, token)
        return _without_referrer(redirect("not-me", token))
    context = {
        "state": page.state.value,
        "change": page.change,
        "hours": settings.PROFILE.security.cooling_hours,
        "policy": settings.PROFILE.security,
    }
    over = page.state not in _PAGES_OF
    name = _PAGES_OF.get(page.state, f"{PAGES}/not_me_over.html")
    return _without_referrer(render(request, name, context, status=404 if over else 200))


def _freeze(request: HttpRequest, token: str) -> None:
    viewer = request.viewer  # type: ignore[attr-defined]
    account_id = viewer.account_id if viewer else None
    try:
        frozen = freeze(token=token, now=timezone.now())
    except DomainError:
        # Over, or a second click: the page that follows says which.
        return
    if account_id == frozen.pk:
        # This browser's own session has just ended with the others; that of somebody else stays.
        leave(request)


def _without_referrer(response: HttpResponse) -> HttpResponse:
    # As the page of the other links: `no-referrer` would make the CSRF check refuse the form.
    response.headers["Referrer-Policy"] = "strict-origin"
    return response
