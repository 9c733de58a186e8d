"""No mobile on file: a code to the e-mail on file first, then the mobile is proved (AUTH-06, X6)."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from entraide.portal.domain.access.actions.codes import CodeOver, use_code
from entraide.portal.domain.access.enums import CodePurpose
from entraide.portal.domain.access.queries import Entrant
from entraide.portal.domain.errors import DomainError
from entraide.portal.foundation.web.public import public
from entraide.portal.member_site.access.flow import PAGES, Entering
from entraide.portal.member_site.access.forms import EmailCodeForm, MobileForm
from entraide.portal.member_site.access.steps import send, send_again


@public
@require_http_methods(["GET", "POST"])
def mobile(request: HttpRequest) -> HttpResponse:
    """AUTH-06, X6, A20: a code to the e-mail on file first, in this browser; without one, a call (A21)."""
    state = Entering.of(request, "email", "mobile")
    found = state.entrant() if state else None
    if state is None or found is None or found.has_mobile:
        return redirect("sign-in")
    if state.stage == "email":
        return _prove_email(request, state, found)
    form = MobileForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            send(state, found, CodePurpose.MOBILE_PROOF, mobile=form.cleaned_data["mobile"])
            state.go_to(request, "mobile-code")
            return redirect("sign-in-code")
        except DomainError as error:
            form.add_error("mobile", error.message)
    context = {"form": form, "policy": settings.PROFILE.security}
    return render(request, f"{PAGES}/mobile.html", context, status=422 if form.errors else 200)


def _prove_email(request: HttpRequest, state: Entering, found: Entrant) -> HttpResponse:
    form = EmailCodeForm(request.POST if "email_code" in request.POST else None)
    context: dict[str, Any] = {
        "form": form,
        "email": found.masked_email,
        "policy": settings.PROFILE.security,
        "sent_again": False,
        "over": None,
    }
    if request.method == "POST" and "resend" in request.POST and found.masked_email:
        return send_again(request, state, found, CodePurpose.EMAIL_PROOF, f"{PAGES}/email_code.html", context)
    if form.is_bound and form.is_valid():
        try:
            use_code(
                account=found.account,
                attempt=state.attempt_id,
                purpose=CodePurpose.EMAIL_PROOF,
                code=form.cleaned_data["email_code"],
                now=timezone.now(),
            )
            state.go_to(request, "mobile")
            return redirect("sign-in-mobile")
        except DomainError as error:
            form.add_error("email_code", error.message)
            context["over"] = error if isinstance(error, CodeOver) else None
    return render(request, f"{PAGES}/email_code.html", context, status=422 if form.errors else 200)
