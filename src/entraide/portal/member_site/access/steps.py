"""Which step comes after which, and the codes that they send."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from entraide.portal.domain.access.actions.codes import send_code
from entraide.portal.domain.access.enums import CodePurpose
from entraide.portal.domain.access.factors.queries import has_strong_factor
from entraide.portal.domain.access.queries import Entrant
from entraide.portal.domain.errors import DomainError
from entraide.portal.foundation.web.wording import language
from entraide.portal.member_site.access.flow import PAGES, Entering


def go_on(request: HttpRequest, state: Entering, found: Entrant) -> HttpResponse:
    """From the human check to the proof that the person holds something of theirs."""
    if has_strong_factor(found.account.pk):
        # Once somebody has an app or a passkey, an SMS opens nothing (A6).
        state.go_to(request, "factor")
        return redirect("sign-in-code")
    try:
        if found.has_mobile:
            state.go_to(request, "code")
            send(state, found, CodePurpose.SIGN_IN)
            return redirect("sign-in-code")
        state.go_to(request, "email")
        if found.masked_email:
            send(state, found, CodePurpose.EMAIL_PROOF)
    except DomainError as error:
        return render(request, f"{PAGES}/no_code.html", {"message": error.message}, status=429)
    return redirect("sign-in-mobile")


def send(state: Entering, found: Entrant, purpose: CodePurpose, *, mobile: str = "") -> None:
    """Sends a code for this attempt; raises DomainError when none may leave now."""
    send_code(
        account=found.account,
        attempt=state.attempt_id,
        purpose=purpose,
        mobile=mobile,
        language=language(),
        now=timezone.now(),
    )


def send_again(
    request: HttpRequest,
    state: Entering,
    found: Entrant,
    purpose: CodePurpose,
    page: str,
    context: dict[str, Any],
) -> HttpResponse:
    """Another code, and the same page that says so, or why not."""
    try:
        send(state, found, purpose)
    except DomainError as error:
        context["message"] = error.message
        return render(request, page, context, status=429)
    context["sent_again"] = True
    return render(request, page, context)
