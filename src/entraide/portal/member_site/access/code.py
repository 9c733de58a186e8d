"""The last step: the 6-digit code (AUTH-05); a mobile that is being enrolled is proved here too."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from entraide.formats.mobile import mask, national
from entraide.portal.domain.access.actions.codes import CodeOver, use_code
from entraide.portal.domain.access.actions.mobiles import enrol_mobile
from entraide.portal.domain.access.enums import CodePurpose
from entraide.portal.domain.access.factors.queries import has_strong_factor
from entraide.portal.domain.access.queries import Entrant, mobile_being_proved
from entraide.portal.domain.errors import DomainError
from entraide.portal.foundation.web.public import public
from entraide.portal.foundation.web.wording import language, moment
from entraide.portal.member_site.access.factor import prove
from entraide.portal.member_site.access.flow import PAGES, Entering, enter
from entraide.portal.member_site.access.forms import CodeForm
from entraide.portal.member_site.access.steps import send_again


@public
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """AUTH-05: the code of the SMS, or of the app; also the one that proves a new mobile."""
    state = Entering.of(request, "code", "mobile-code", "factor")
    found = state.entrant() if state else None
    if state is None or found is None:
        return redirect("sign-in")
    if state.stage == "factor" or has_strong_factor(found.account.pk):
        return prove(request, state, found)
    is_new = state.stage == "mobile-code"
    form = CodeForm(request.POST if "code" in request.POST else None)
    context: dict[str, Any] = {
        "form": form,
        # A mistyped number is seen at once by whoever typed it; one on file is nobody's business.
        "mobile": national(mobile_being_proved(state.attempt_id)) if is_new else found.masked_mobile,
        "policy": settings.PROFILE.security,
        "is_new_mobile": is_new,
        "sent_again": False,
        "over": None,
    }
    if request.method == "POST" and "resend" in request.POST:
        if is_new:
            state.go_to(request, "mobile")
            return redirect("sign-in-mobile")
        return send_again(request, state, found, CodePurpose.SIGN_IN, f"{PAGES}/code.html", context)
    if form.is_bound and form.is_valid():
        try:
            come_in = _prove_mobile if is_new else _come_in
            return come_in(request, state, found, form.cleaned_data["code"])
        except DomainError as error:
            form.add_error("code", error.message)
            context["over"] = error if isinstance(error, CodeOver) else None
    return render(request, f"{PAGES}/code.html", context, status=422 if form.errors else 200)


def _come_in(request: HttpRequest, state: Entering, found: Entrant, code: str) -> HttpResponse:
    use_code(
        account=found.account,
        attempt=state.attempt_id,
        purpose=CodePurpose.SIGN_IN,
        code=code,
        now=timezone.now(),
    )
    return redirect(enter(request, found, next_page=state.next))


def _prove_mobile(request: HttpRequest, state: Entering, found: Entrant, code: str) -> HttpResponse:
    now, purpose = timezone.now(), CodePurpose.MOBILE_PROOF
    proved = use_code(account=found.account, attempt=state.attempt_id, purpose=purpose, code=code, now=now)
    until = enrol_mobile(account=found.account, proved=proved, language=language(), now=now)
    next_page = enter(request, found, next_page=state.next)
    messages.success(
        request,
        _(
            "Votre mobile %(mobile)s est enregistré, et un e-mail vous le confirme. Par sécurité, "
            "vos coordonnées bancaires ne peuvent pas changer avant le %(until)s."
        )
        % {"mobile": mask(proved.destination), "until": moment(until)},
    )
    return redirect(next_page)
