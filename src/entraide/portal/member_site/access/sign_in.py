"""The first step: number and password (AUTH-01, AUTH-02)."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from entraide.portal.domain.access import risk
from entraide.portal.domain.access.actions.sign_in import Outcome, check_credentials
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.web.parameters import one_value_each
from entraide.portal.foundation.web.public import public
from entraide.portal.foundation.web.sessions import ENDED
from entraide.portal.foundation.web.source import source_of
from entraide.portal.member_site.access.browser_cookie import browser_token
from entraide.portal.member_site.access.flow import PAGES, SIGNED_OUT, Entering, safe_next
from entraide.portal.member_site.access.forms import SignInForm
from entraide.portal.member_site.access.steps import go_on


@public
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@one_value_each()
def sign_in(request: HttpRequest) -> HttpResponse:
    """AUTH-01, AUTH-02: the same words for a wrong number, a wrong password, a lock."""
    if request.viewer:  # type: ignore[attr-defined]
        return redirect(safe_next(request.GET.get("next", "")))
    next_page = safe_next(request.POST.get("next") or request.GET.get("next", ""))
    form = SignInForm(request.POST or None)
    status, must_reset = 200, False
    if request.method == "POST":
        status = 422
        if form.is_valid():
            attempt = _attempt(request, form)
            account = attempt.outcome.account
            must_reset = attempt.outcome.must_reset
            if account is not None and not must_reset:
                return _first_step(request, attempt, account, next_page=next_page)
            status = 429 if attempt.outcome.slow_down else 422
            form.add_error(None, _refusal(must_reset=must_reset, slow_down=attempt.outcome.slow_down))
    context = {
        "form": form,
        "next": next_page,
        "must_reset": must_reset,
        "signed_out": request.method == "GET" and SIGNED_OUT in request.GET,
        "ended": request.method == "GET" and ENDED in request.GET,
        "policy": settings.PROFILE.security,
    }
    return render(request, f"{PAGES}/sign_in.html", context, status=status)


@dataclass(frozen=True, slots=True)
class _Attempt:
    outcome: Outcome
    needs_check: bool


def _attempt(request: HttpRequest, form: SignInForm) -> _Attempt:
    now, browser, source = timezone.now(), browser_token(request), source_of(request)
    number = form.cleaned_data["member_number"]
    # Before: a right password wipes out what was counted against the number.
    needs_check = risk.needs_check(number, source=source, browser=browser, now=now)
    outcome = check_credentials(
        number, form.cleaned_data["password"], source=source, browser=browser, now=now
    )
    return _Attempt(outcome, needs_check)


def _first_step(request: HttpRequest, attempt: _Attempt, account: Account, *, next_page: str) -> HttpResponse:
    """The human check, or what follows it when nothing looks unusual and the profile asks it on risk only."""
    state = Entering.begin(request, account, next_page=next_page, known=attempt.outcome.known)
    found = None if attempt.needs_check else state.entrant()
    return redirect("human-check") if found is None else go_on(request, state, found)


def _refusal(*, must_reset: bool, slow_down: bool) -> str:
    if slow_down:
        return _("Trop d’essais depuis votre connexion. Attendez cinq minutes avant de recommencer.")
    if must_reset:
        return _(
            "Votre mot de passe a expiré. Choisissez-en un nouveau avec « Mot de passe oublié ou expiré ? »."
        )
    policy = settings.PROFILE.security
    return _(
        "Le numéro ou le mot de passe n’est pas le bon, ou l’accès est bloqué. "
        "Après %(tries)d essais, il se bloque pendant %(hours)d heures."
    ) % {"tries": policy.lock_attempts, "hours": policy.lock_hours}
