"""Before a sensitive act: is it still the same person? (A32). Fresh for five minutes, sign-in included."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from entraide.portal.domain.access.factors.step_up import FRESH_SECONDS
from entraide.portal.domain.access.sessions import rename_session
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.web.sessions import FRESH_FACTOR, renew_session

Answer = TypeVar("Answer", bound=HttpResponseBase)
View = Callable[..., Answer]
# Something was pressed that waits for the proof: after it, the person is told to press again.
_PRESSED = "pressed_before_proof"


def is_fresh(request: HttpRequest) -> bool:
    """True when a factor was proved within the last five minutes."""
    at: int = request.session.get(FRESH_FACTOR, 0)
    return 0 <= time.time() - at < FRESH_SECONDS


def needs_fresh_factor(*, back_to: str = "") -> Callable[[View[Answer]], View[Answer | HttpResponse]]:
    """Guards a view: without a fresh proof it does nothing and leads to the page that asks for one.

    Afterwards the person comes back to the page asked for, or to the page named `back_to`, which a view
    that takes POST alone must give.
    """

    def guard(view: View[Answer]) -> View[Answer | HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Answer | HttpResponse:
            if is_fresh(request):
                return view(request, *args, **kwargs)
            here = reverse(back_to) if back_to else request.path
            address = f"{reverse('step-up')}?{urlencode({'next': here})}"
            if request.content_type == "application/json":
                return JsonResponse({"next": address}, status=403)
            request.session.pop(_PRESSED, None)
            if request.method == "POST":
                request.session[_PRESSED] = True
                messages.warning(
                    request, _("Rien n’est fait encore : confirmez que c’est vous, puis recommencez.")
                )
            return redirect(address)

        return guarded

    return guard


def make_fresh(request: HttpRequest) -> None:
    """A factor was just proved: five minutes begin, under a new session id (A27)."""
    request.session[FRESH_FACTOR] = int(time.time())
    if request.session.pop(_PRESSED, False):
        messages.success(request, _("C’est confirmé. Appuyez de nouveau sur le bouton."))
    renew(request)


def renew(request: HttpRequest, account: Account | None = None) -> None:
    """The session goes on under a new id: at a step-up, or with the account's new password (A27)."""
    before, after = renew_session(request, account)
    rename_session(before, after)
