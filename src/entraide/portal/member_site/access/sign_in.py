"""The first step: number and password (AUTH-01, AUTH-02)."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from entraide.portal.domain.access.actions.sign_in import check_credentials
from entraide.portal.foundation.web.public import public
from entraide.portal.member_site.access.flow import PAGES, SIGNED_OUT, Entering, safe_next, source_of
from entraide.portal.member_site.access.forms import SignInForm


@public
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """AUTH-01, AUTH-02: the same words for a wrong number, a wrong password, a lock."""
    if request.viewer:  # type: ignore[attr-defined]
        return redirect("home")
    next_page = safe_next(request.POST.get("next") or request.GET.get("next", ""))
    form = SignInForm(request.POST or None)
    status, must_reset = 200, False
    if request.method == "POST":
        status = 422
        if form.is_valid():
            outcome = check_credentials(
                form.cleaned_data["member_number"],
                form.cleaned_data["password"],
                source=source_of(request),
                now=timezone.now(),
            )
            if outcome.account is not None and not outcome.must_reset:
                Entering.begin(request, outcome.account, next_page=next_page)
                return redirect("human-check")
            must_reset = outcome.must_reset
            status = 429 if outcome.slow_down else 422
            form.add_error(None, _refusal(must_reset=must_reset, slow_down=outcome.slow_down))
    context = {
        "form": form,
        "next": next_page,
        "must_reset": must_reset,
        "signed_out": request.method == "GET" and SIGNED_OUT in request.GET,
        "policy": settings.PROFILE.security,
    }
    return render(request, f"{PAGES}/sign_in.html", context, status=status)


def _refusal(*, must_reset: bool, slow_down: bool) -> str:
    if slow_down:
        return _("Trop d’essais depuis votre connexion. Attendez cinq minutes avant de recommencer.")
    if must_reset:
        return _(
            "Votre mot de passe a expiré. Choisissez-en un nouveau avec « Mot de passe oublié ou expiré ? »."
        )
    policy = settings.PROFILE.security
    return _(
        "Le numéro ou le mot de passe n’est pas le bon. Après %(tries)d essais, "
        "l’accès est bloqué pendant %(hours)d heures."
    ) % {"tries": policy.lock_attempts, "hours": policy.lock_hours}
