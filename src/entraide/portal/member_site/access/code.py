"""The last step: the 6-digit code (AUTH-05); a mobile that is being enrolled is proved here too."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from entraide.portal.domain.access.actions.codes import enrol_mobile, use_code
from entraide.portal.domain.access.enums import CodePurpose
from entraide.portal.domain.access.queries import Entrant
from entraide.portal.domain.errors import DomainError
from entraide.portal.foundation.web.public import public
from entraide.portal.foundation.web.wording import language
from entraide.portal.member_site.access.flow import PAGES, Entering, enter
from entraide.portal.member_site.access.forms import CodeForm
from entraide.portal.member_site.access.steps import send_again


@public
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """AUTH-05: the 6-digit code, the last step; a mobile that is being enrolled is proved here too."""
    state = Entering.of(request, "code", "mobile-code")
    found = state.entrant() if state else None
    if state is None or found is None:
        return redirect("sign-in")
    purpose = CodePurpose.SIGN_IN if state.stage == "code" else CodePurpose.MOBILE_PROOF
    form = CodeForm(request.POST if "code" in request.POST else None)
    context: dict[str, Any] = {
        "form": form,
        "mobile": found.masked_mobile,
        "minutes": settings.PROFILE.security.code_minutes,
        "is_new_mobile": purpose == CodePurpose.MOBILE_PROOF,
        "sent_again": False,
    }
    if request.method == "POST" and "resend" in request.POST:
        if purpose == CodePurpose.MOBILE_PROOF:
            state.go_to(request, "mobile")
            return redirect("sign-in-mobile")
        return send_again(request, state, found, purpose, f"{PAGES}/code.html", context)
    if form.is_bound and form.is_valid():
        try:
            return _pass_code(request, state, found, purpose, form.cleaned_data["code"])
        except DomainError as error:
            form.add_error("code", error.message)
    return render(request, f"{PAGES}/code.html", context, status=422 if form.errors else 200)


def _pass_code(
    request: HttpRequest, state: Entering, found: Entrant, purpose: CodePurpose, code: str
) -> HttpResponse:
    now = timezone.now()
    row = use_code(account=found.account, attempt=state.attempt_id, purpose=purpose, code=code, now=now)
    if purpose == CodePurpose.MOBILE_PROOF:
        enrol_mobile(account=found.account, proved=row, language=language(), now=now)
    return redirect(enter(request, found, next_page=state.next))
