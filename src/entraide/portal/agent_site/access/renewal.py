"""A password that is too old is renewed on the way in, after both proofs (AUTH-09, A74)."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from entraide.portal.agent_site.access.entering import PAGES, RENEW, enter, half_in
from entraide.portal.agent_site.access.forms import NewPasswordForm
from entraide.portal.domain.agents.actions.passwords import renew_expired_password
from entraide.portal.domain.agents.queries import agent_password_criteria
from entraide.portal.domain.errors import DomainError
from entraide.portal.foundation.web.public import public
from entraide.portal.foundation.web.wording import language


@public
@sensitive_post_parameters("new_password1", "new_password2")
@require_http_methods(["GET", "POST"])
def renew(request: HttpRequest) -> HttpResponse:
    there = half_in(request, RENEW)
    if there is None:
        return redirect("agents:sign-in")
    _state, found = there
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            changed = renew_expired_password(
                account=found.account,
                new=form.cleaned_data["new_password1"],
                language=language(),
                now=timezone.now(),
            )
            enter(request, changed)
            messages.success(request, _("Votre nouveau mot de passe est enregistré."))
            return redirect("agents:home")
        except DomainError as error:
            form.add_error(error.field, error.message)
    context = {
        "form": form,
        "criteria": agent_password_criteria(),
        "days": settings.PROFILE.security.agent_password_max_age_days,
    }
    return render(request, f"{PAGES}/renewal.html", context, status=422 if form.errors else 200)
