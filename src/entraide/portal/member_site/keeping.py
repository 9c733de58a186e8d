"""What a phone may keep of the portal, and whether this one wants to (B-07, MOB-01).

The worker of the page (`phone/worker.js`) keeps one page of a member, the card made for it, and erases it as
soon as the server says that its session is over. A browser may say that it keeps nothing.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.foundation.web.cookies import set_cookie_later

# Which session stands, on every page of a member: the worker compares it with that of the card it keeps.
SESSION_HEADER = "Entraide-Session"
NOBODY = "none"
# When the worker erases the card without having heard of us, in seconds since 1970.
UNTIL_HEADER = "Entraide-Until"
_NOTHING = "rien"
_A_YEAR = 365 * 24 * 3600


def keeps_offline(request: HttpRequest) -> bool:
    """False in a browser where somebody asked that nothing be kept."""
    return request.COOKIES.get(_cookie_name()) != _NOTHING


def choose_offline(request: HttpRequest, *, keeps: bool) -> None:
    """This browser keeps the card from now on, or nothing. Signing out does not change it."""
    set_cookie_later(request, _cookie_name(), "" if keeps else _NOTHING, max_age=0 if keeps else _A_YEAR)


def name_session(response: HttpResponse, session: str | None) -> None:
    """Says which session this page was made for; None: nobody's."""
    mark = settings.ENTRAIDE.keys.blind_index("kept card", session)[:32] if session else NOBODY
    response.headers[SESSION_HEADER] = mark


def may_keep_card(request: HttpRequest, viewer: Viewer) -> bool:
    """Of one's own session alone: never of a file that is open to help somebody."""
    return viewer.helping is None and keeps_offline(request)


def _cookie_name() -> str:
    return "__Host-entraide-phone" if settings.ENTRAIDE.is_https else "entraide-phone"
