"""The last step of who has an app or a passkey: an SMS no longer opens their space (A6, A26)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from entraide.portal.domain.access.factors.queries import has_app, has_passkey, recovery_codes_left
from entraide.portal.domain.access.factors.recovery import use_recovery_code
from entraide.portal.domain.access.factors.totp import use_totp
from entraide.portal.domain.access.factors.tries import TriesOver
from entraide.portal.domain.access.queries import Entrant
from entraide.portal.domain.errors import DomainError
from entraide.portal.foundation.web.public import public
from entraide.portal.foundation.web.wording import language
from entraide.portal.member_site.access.factor_forms import AppCodeForm, RecoveryCodeForm
from entraide.portal.member_site.access.flow import KEY, PAGES, Entering, enter


def prove(request: HttpRequest, state: Entering, found: Entrant) -> HttpResponse:
    """The page of `/connexion/code/` at this stage: a passkey, or the 6 digits of the app."""
    account = found.account
    with_app = has_app(account.pk)
    form = AppCodeForm(request.POST if with_app and "code" in request.POST else None)
    if form.is_bound and form.is_valid():
        try:
            now = timezone.now()
            use_totp(account=account, code=form.cleaned_data["code"], attempt=state.attempt, now=now)
            return redirect(enter(request, found, next_page=state.next))
        except TriesOver as over:
            return start_again(request, over)
        except DomainError as error:
            form.add_error("code", error.message)
    context = {
        "form": form,
        "with_app": with_app,
        "with_passkey": has_passkey(account.pk),
        "with_recovery": recovery_codes_left(account.pk) > 0,
    }
    return render(request, f"{PAGES}/factor.html", context, status=422 if form.errors else 200)


@public
@require_http_methods(["GET", "POST"])
def recover(request: HttpRequest) -> HttpResponse:
    """The phone or the key is lost: one of the codes kept on paper, used once."""
    state = Entering.of(request, "factor")
    found = state.entrant() if state else None
    if state is None or found is None:
        return redirect("sign-in")
    form = RecoveryCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _pass(request, state, found, form.cleaned_data["recovery_code"])
        except TriesOver as over:
            return start_again(request, over)
        except DomainError as error:
            form.add_error("recovery_code", error.message)
    return render(request, f"{PAGES}/recovery.html", {"form": form}, status=422 if form.errors else 200)


def start_again(request: HttpRequest, over: DomainError) -> HttpResponse:
    """The five tries are used: back to the password."""
    request.session.pop(KEY, None)
    return render(request, f"{PAGES}/tries_over.html", {"message": over.message}, status=422)


def _pass(request: HttpRequest, state: Entering, found: Entrant, code: str) -> HttpResponse:
    left = use_recovery_code(
        account=found.account, code=code, attempt=state.attempt, language=language(), now=timezone.now()
    )
    enter(request, found, next_page=state.next)
    messages.warning(request, _remember(left))
    # Where the lost phone or key can be taken off, while the proof is still fresh.
    return redirect(reverse("security"))


def _remember(left: int) -> str:
    if left == 0:
        return _("C’était votre dernier code de secours. Créez-en de nouveaux maintenant.")
    words: dict[str, Any] = {"count": left}
    return (
        ngettext(
            "Il vous reste %(count)d code de secours. "
            "Si votre téléphone ou votre clé est perdu, retirez-le ici.",
            "Il vous reste %(count)d codes de secours. "
            "Si votre téléphone ou votre clé est perdu, retirez-le ici.",
            left,
        )
        % words
    )
