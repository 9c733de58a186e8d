"""The second step of an agent: the code of the app, or a code from the paper (A26, A74). Never an SMS."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from entraide.portal.agent_site.access.entering import FACTOR, PAGES, after_the_factor, half_in
from entraide.portal.agent_site.access.forms import AppCodeForm, RecoveryCodeForm
from entraide.portal.domain.access.factors.queries import has_app, has_passkey
from entraide.portal.domain.access.factors.recovery import use_recovery_code
from entraide.portal.domain.access.factors.totp import use_totp
from entraide.portal.domain.errors import DomainError
from entraide.portal.foundation.web.public import public
from entraide.portal.foundation.web.wording import language


@public
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The 6 digits of the app; beside it the passkey, and the way to the recovery codes."""
    there = half_in(request, FACTOR)
    if there is None:
        return redirect("agents:sign-in")
    state, found = there
    form = AppCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            use_totp(
                account=found.account,
                code=form.cleaned_data["code"],
                attempt=state.attempt,
                now=timezone.now(),
            )
            return redirect(after_the_factor(request, state, found))
        except DomainError as error:
            form.add_error("code", error.message)
    context = {
        "form": form,
        "has_app": has_app(found.account.pk),
        "has_passkey": has_passkey(found.account.pk),
    }
    return render(request, f"{PAGES}/code.html", context, status=422 if form.errors else 200)


@public
@require_http_methods(["GET", "POST"])
def recovery(request: HttpRequest) -> HttpResponse:
    """A code from the paper, for the day when the phone or the key is not there."""
    there = half_in(request, FACTOR)
    if there is None:
        return redirect("agents:sign-in")
    state, found = there
    form = RecoveryCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            left = use_recovery_code(
                account=found.account,
                code=form.cleaned_data["recovery_code"],
                attempt=state.attempt,
                language=language(),
                now=timezone.now(),
            )
            page = after_the_factor(request, state, found)
            messages.info(request, _left(left))
            return redirect(page)
        except DomainError as error:
            form.add_error("recovery_code", error.message)
    return render(request, f"{PAGES}/recovery.html", {"form": form}, status=422 if form.errors else 200)


def _left(count: int) -> str:
    if count == 0:
        return _("C’était votre dernier code de secours. Faites-en de nouveaux dans « Ma sécurité ».")
    return ngettext(
        "Il vous reste %(count)d code de secours.", "Il vous reste %(count)d codes de secours.", count
    ) % {"count": count}
