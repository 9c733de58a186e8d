"""Before a sensitive act: is it still the same agent? (A32). Fresh for five minutes, sign-in included."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from entraide.portal.domain.access.factors.step_up import FRESH_SECONDS
from entraide.portal.domain.access.sessions import rename_session
from entraide.portal.foundation.web.sessions import FRESH_FACTOR, renew_session

View = Callable[..., HttpResponse]
# Something was pressed that waits for the proof: after it, the person is told to press again.
_PRESSED = "pressed_before_proof"
# Where a confirmation may lead back to, by name; the first one when something else was asked for (A55).
BACK_TO = (
    "agents:security",
    "agents:factor",
    "agents:app",
    "agents:recovery-codes",
    "agents:exports",
    "agents:staff",
    "agents:journal",
    "agents:emergency",
)
# Those of them that open without a proof: who gives up may go back there.
_OPEN = ("agents:security", "agents:exports", "agents:staff", "agents:journal", "agents:emergency")


def is_fresh(request: HttpRequest) -> bool:
    """True when a factor was proved within the last five minutes."""
    at: int = request.session.get(FRESH_FACTOR, 0)
    return 0 <= time.time() - at < FRESH_SECONDS


def needs_fresh_factor(view: View) -> View:
    """Without a fresh proof the view does nothing and leads to the page that asks for one."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs) if is_fresh(request) else to_confirm(request)

    return guarded


def to_confirm(request: HttpRequest, *, back_to: str = "") -> HttpResponse:
    """To the page that asks for a factor, and from there to the one asked for, or the one named `back_to`."""
    request.session.pop(_PRESSED, None)
    if request.method == "POST":
        request.session[_PRESSED] = True
        words = _("Rien n’est fait encore : confirmez que c’est vous, puis recommencez.")
        messages.warning(request, words)
    here = reverse(back_to) if back_to else request.path
    return redirect(f"{reverse('agents:confirm')}?{urlencode({'next': safe_next(here)})}")


def safe_next(asked: str) -> str:
    known = [reverse(name) for name in BACK_TO]
    return asked if asked in known else known[0]


def way_out(next_page: str) -> str:
    """Where who proves nothing is led: to the page they came from, if it opens without a proof."""
    known = [reverse(name) for name in _OPEN]
    return next_page if next_page in known else known[0]


def make_fresh(request: HttpRequest) -> None:
    """A factor was just proved: five minutes begin, under a new session id (A27)."""
    request.session[FRESH_FACTOR] = int(time.time())
    if request.session.pop(_PRESSED, False):
        messages.success(request, _("C’est confirmé. Appuyez de nouveau sur le bouton."))
    before, after = renew_session(request)
    rename_session(before, after)
