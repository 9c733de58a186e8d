"""An agent's own access: password, factors, the one open session."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from entraide.portal.agent_site.access.forms import AppCodeForm, ChangePasswordForm
from entraide.portal.agent_site.access.freshness import (
    is_fresh,
    make_fresh,
    needs_fresh_factor,
    safe_next,
    to_confirm,
    way_out,
)
from entraide.portal.agent_site.agent_request import AgentRequest
from entraide.portal.domain.access.factors.adding import remove_factor
from entraide.portal.domain.access.factors.queries import (
    factors_of,
    has_app,
    has_passkey,
    recovery_codes_left,
)
from entraide.portal.domain.access.factors.totp import use_totp
from entraide.portal.domain.access.sessions import agent_span, open_sessions, rename_session
from entraide.portal.domain.agents.actions.passwords import change_agent_password
from entraide.portal.domain.agents.queries import agent_password_criteria, agent_password_ends
from entraide.portal.domain.errors import DomainError
from entraide.portal.foundation.web.browsers import device_words
from entraide.portal.foundation.web.session_store import fingerprint
from entraide.portal.foundation.web.sessions import renew_session
from entraide.portal.foundation.web.wording import language

_PAGES = "agent_site/security"


@sensitive_post_parameters("old_password", "new_password1", "new_password2")
@require_http_methods(["GET", "POST"])
def security(request: AgentRequest) -> HttpResponse:
    """Everything that guards this access; the form changes the password (A32: after a fresh proof)."""
    form = ChangePasswordForm(request.POST or None)
    if request.method == "POST":
        if not is_fresh(request):
            return to_confirm(request)
        if form.is_valid() and _changed(request, form):
            messages.success(request, _("Votre nouveau mot de passe est enregistré."))
            return redirect("agents:security")
    account, now, this = request.user, timezone.now(), fingerprint(request.session)
    context = {
        "form": form,
        "criteria": agent_password_criteria(),
        "set_on": timezone.localdate(account.password_set_at),
        "ends": agent_password_ends(account),
        "factors": factors_of(account.pk),
        "codes_left": recovery_codes_left(account.pk),
        "sessions": [
            (device_words(one.label), one)
            for one in open_sessions(account.pk, span=agent_span(), this=this, now=now)
        ],
    }
    return render(request, f"{_PAGES}/security.html", context, status=422 if form.errors else 200)


def _changed(request: AgentRequest, form: ChangePasswordForm) -> bool:
    """Changes the password; what is refused is tied to its field. The session goes on under a new id."""
    try:
        changed = change_agent_password(
            account=request.user,
            old=form.cleaned_data["old_password"],
            new=form.cleaned_data["new_password1"],
            session=fingerprint(request.session),
            language=language(),
            now=timezone.now(),
        )
    except DomainError as error:
        form.add_error(error.field, error.message)
        return False
    rename_session(*renew_session(request, changed))
    return True


@require_POST
@needs_fresh_factor
def remove(request: AgentRequest, factor_id: UUID) -> HttpResponse:
    """Takes an app or a passkey off; the last one stays (A74)."""
    try:
        remove_factor(
            account=request.user,
            factor_id=factor_id,
            keep_one=True,
            language=language(),
            now=timezone.now(),
        )
        messages.success(request, _("C’est retiré."))
    except DomainError as error:
        messages.error(request, error.message)
    return redirect("agents:security")


@require_http_methods(["GET", "POST"])
def confirm(request: AgentRequest) -> HttpResponse:
    """A32: the app or the passkey once more, before a sensitive act."""
    next_page = safe_next(request.POST.get("next") or request.GET.get("next", ""))
    form = AppCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            use_totp(
                account=request.user,
                code=form.cleaned_data["code"],
                attempt=fingerprint(request.session),
                now=timezone.now(),
            )
            make_fresh(request)
            return redirect(next_page)
        except DomainError as error:
            form.add_error("code", error.message)
    context = {
        "form": form,
        "next": next_page,
        "back": way_out(next_page),
        "has_app": has_app(request.user.pk),
        "has_passkey": has_passkey(request.user.pk),
    }
    return render(request, f"{_PAGES}/confirm.html", context, status=422 if form.errors else 200)
