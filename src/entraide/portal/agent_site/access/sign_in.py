"""The first step of an agent: e-mail address and password (A1, A7, A74)."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from entraide.portal.agent_site.access.browser_cookie import browser_token
from entraide.portal.agent_site.access.entering import ENROL, FACTOR, PAGES, Entering
from entraide.portal.agent_site.access.forms import SignInForm
from entraide.portal.agent_site.access.invitation import STORED
from entraide.portal.agent_site.access.leaving import SIGNED_OUT
from entraide.portal.domain.access.factors.queries import has_strong_factor
from entraide.portal.domain.agents.actions.sign_in import AgentOutcome, check_agent_credentials
from entraide.portal.foundation.web.public import public
from entraide.portal.foundation.web.sessions import ENDED
from entraide.portal.foundation.web.source import source_of


@public
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The same words for an unknown address, a wrong password, a lock, an access that ended."""
    if request.agent:  # type: ignore[attr-defined]
        return redirect("agents:home")
    form = SignInForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            outcome = check_agent_credentials(
                form.cleaned_data["identifier"],
                form.cleaned_data["password"],
                source=source_of(request),
                browser=browser_token(request),
                now=timezone.now(),
            )
            if outcome.account is not None and not outcome.must_reset:
                has_factor = has_strong_factor(outcome.account.pk)
                stage = FACTOR if has_factor else ENROL
                Entering.begin(request, outcome.account, stage=stage, known=outcome.known)
                return redirect("agents:code" if has_factor else "agents:factor")
            status = 429 if outcome.slow_down else 422
            form.add_error(None, _refusal(outcome))
    shown = request.GET if request.method == "GET" else {}
    context = {
        "form": form,
        "signed_out": SIGNED_OUT in shown,
        "ended": ENDED in shown,
        "password_stored": STORED in shown,
    }
    return render(request, f"{PAGES}/sign_in.html", context, status=status)


def _refusal(outcome: AgentOutcome) -> str:
    if outcome.slow_down:
        return _("Trop d’essais depuis votre connexion. Attendez cinq minutes avant de recommencer.")
    if outcome.must_reset:
        return _("Ce mot de passe ne sert plus. Demandez un nouveau lien à la personne qui gère les accès.")
    policy = settings.PROFILE.security
    return _(
        "L’adresse ou le mot de passe n’est pas le bon, ou l’accès est bloqué. "
        "Après %(tries)d essais, il se bloque pendant %(hours)d heures."
    ) % {"tries": policy.lock_attempts, "hours": policy.lock_hours}
