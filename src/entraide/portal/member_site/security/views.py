"""Changing one's password inside the space (PWD-06, X8)."""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from entraide.portal.domain.access.actions.passwords import change_password
from entraide.portal.domain.access.queries import password_criteria
from entraide.portal.domain.errors import DomainError
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.web.wording import language
from entraide.portal.member_site.access.forms import NewPasswordFields
from entraide.portal.member_site.member_request import MemberRequest


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
    account = request.user
    assert isinstance(account, Account)  # the gate let a signed-in person in
    form = ChangePasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            changed = change_password(
                account=account,
                old=form.cleaned_data["old_password"],
                new=form.cleaned_data["new_password1"],
                language=language(),
                now=timezone.now(),
            )
            # This session goes on under a new id; every other one ends with the old password.
            update_session_auth_hash(request, changed)
            messages.success(
                request,
                _("Votre nouveau mot de passe est enregistré. Vos autres appareils sont déconnectés."),
            )
            return redirect("security")
        except DomainError as error:
            form.add_error(error.field, error.message)
    days = settings.PROFILE.security.password_max_age_days
    context = {
        "form": form,
        "criteria": password_criteria(),
        "set_on": timezone.localdate(account.password_set_at),
        "expires_on": timezone.localdate(account.password_set_at + timedelta(days=days)) if days else None,
    }
    return render(request, "member_site/security/security.html", context, status=422 if form.errors else 200)
