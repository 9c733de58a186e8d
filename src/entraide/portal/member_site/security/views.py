"""All that guards the access, on one page: password, stronger ways in, open sessions (PWD-06, A29)."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from entraide.portal.domain.access.actions.passwords import change_password
from entraide.portal.domain.access.expiry import password_ends
from entraide.portal.domain.access.factors.queries import factors_of, recovery_codes_left
from entraide.portal.domain.access.queries import entrant, password_criteria
from entraide.portal.domain.access.sessions import member_span, open_sessions
from entraide.portal.domain.errors import DomainError
from entraide.portal.foundation.web.session_store import fingerprint
from entraide.portal.foundation.web.wording import language
from entraide.portal.member_site.access.forms import NewPasswordFields
from entraide.portal.member_site.member_request import MemberRequest
from entraide.portal.member_site.security.factors import PAGES, account_of
from entraide.portal.member_site.step_up import is_fresh, needs_fresh_factor, renew


class ChangePasswordForm(NewPasswordFields):
    old_password = forms.CharField(
        label=gettext_lazy("Mot de passe actuel"),
        max_length=512,
        strip=False,
        widget=forms.PasswordInput,
        error_messages={"required": gettext_lazy("Tapez votre mot de passe actuel.")},
    )
    field_order = ("old_password", "new_password1", "new_password2")


@sensitive_post_parameters("old_password", "new_password1", "new_password2")
@require_http_methods(["GET", "POST"])
def security(request: MemberRequest) -> HttpResponse:
    if request.method == "POST":
        return _change(request)
    return _page(request, ChangePasswordForm())


@needs_fresh_factor(back_to="security")
def _change(request: MemberRequest) -> HttpResponse:
    form = ChangePasswordForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    try:
        changed = change_password(
            account=account_of(request),
            old=form.cleaned_data["old_password"],
            new=form.cleaned_data["new_password1"],
            session=fingerprint(request.session),
            language=language(),
            now=timezone.now(),
        )
    except DomainError as error:
        form.add_error(error.field, error.message)
        return _page(request, form)
    # This session goes on under a new id; every other one ended with the old password.
    renew(request, changed)
    messages.success(
        request, _("Votre nouveau mot de passe est enregistré. Vos autres appareils sont déconnectés.")
    )
    return redirect("security")


def _page(request: MemberRequest, form: ChangePasswordForm) -> HttpResponse:
    account, now = account_of(request), timezone.now()
    ends = password_ends(account)
    person = entrant(account.pk, on=timezone.localdate(now))
    context: dict[str, Any] = {
        "form": form,
        "may_change": is_fresh(request) or form.is_bound,
        "criteria": password_criteria(),
        "set_on": timezone.localdate(account.password_set_at),
        "expires_on": timezone.localdate(ends) if ends else None,
        "factors": factors_of(account.pk),
        "recovery_left": recovery_codes_left(account.pk),
        "mobile": person.masked_mobile if person else "",
        "sessions": open_sessions(account.pk, span=member_span(), this=fingerprint(request.session), now=now),
        "policy": settings.PROFILE.security,
    }
    return render(request, f"{PAGES}/security.html", context, status=422 if form.errors else 200)
