"""The link of an invitation: choosing the first, or a new, password (A5, A13)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from entraide.portal.agent_site.access.entering import PAGES
from entraide.portal.agent_site.access.forms import NewPasswordForm
from entraide.portal.domain.agents.actions.passwords import accept_invitation, open_invitation
from entraide.portal.domain.agents.queries import agent_password_criteria
from entraide.portal.domain.errors import DomainError
from entraide.portal.foundation.web.public import public
from entraide.portal.foundation.web.wording import language

STORED = "enregistre"


@public
@sensitive_post_parameters("new_password1", "new_password2")
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the page uses nothing up; only the form does. It signs nobody in (A5, A6)."""
    now = timezone.now()
    try:
        invitation = open_invitation(token, now=now)
    except DomainError as error:
        page = render(request, f"{PAGES}/invitation_over.html", {"message": error.message}, status=404)
        return _without_referrer(page)
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            accept_invitation(
                token=token, password=form.cleaned_data["new_password1"], language=language(), now=now
            )
            return _without_referrer(redirect(f"{reverse('agents:sign-in')}?{STORED}=1"))
        except DomainError as error:
            form.add_error(error.field, error.message)
    context = {
        "form": form,
        "criteria": agent_password_criteria(),
        "full_name": invitation.agent.full_name,
        "identifier": invitation.agent.account.identifier,
    }
    page = render(request, f"{PAGES}/invitation.html", context, status=422 if form.errors else 200)
    return _without_referrer(page)


def _without_referrer(response: HttpResponse) -> HttpResponse:
    # `no-referrer` would make browsers send `Origin: null` with the form, which the CSRF check refuses.
    response.headers["Referrer-Policy"] = "strict-origin"
    return response
