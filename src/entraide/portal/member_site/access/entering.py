"""Sign-in: number and password, human check, code. Three pages, one after the other (AUTH-01…06)."""

from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entraide.portal.domain.access.actions.codes import enrol_mobile, send_code, use_code
from entraide.portal.domain.access.actions.sign_in import check_credentials
from entraide.portal.domain.access.enums import CodePurpose
from entraide.portal.domain.access.queries import Entrant
from entraide.portal.domain.errors import DomainError
from entraide.portal.foundation.accounts.human import Challenge
from entraide.portal.foundation.accounts.pictures import draw
from entraide.portal.foundation.web.public import before_terms, public
from entraide.portal.foundation.web.wording import language
from entraide.portal.member_site.access.flow import Entering, enter, safe_next, source_of
from entraide.portal.member_site.access.forms import (
    AnswerForm,
    CodeForm,
    EmailCodeForm,
    MobileForm,
    SignInForm,
)

_PAGES = "member_site/access"
SIGNED_OUT = "sortie"
STAGE_PAGES = {"human": "human-check", "email": "sign-in-mobile", "mobile": "sign-in-mobile"}


@public
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """AUTH-01, AUTH-02: the same words for a wrong number, a wrong password, a lock."""
    if request.viewer:  # type: ignore[attr-defined]
        return redirect("home")
    next_page = safe_next(request.POST.get("next") or request.GET.get("next", ""))
    form = SignInForm(request.POST or None)
    status, must_reset = 200, False
    if request.method == "POST":
        status = 422
        if form.is_valid():
            outcome = check_credentials(
                form.cleaned_data["member_number"],
                form.cleaned_data["password"],
                source=source_of(request),
                now=timezone.now(),
            )
            if outcome.account is not None and not outcome.must_reset:
                Entering.begin(request, outcome.account, next_page=next_page)
                return redirect("human-check")
            must_reset = outcome.must_reset
            status = 429 if outcome.slow_down else 422
            form.add_error(None, _refusal(must_reset=must_reset, slow_down=outcome.slow_down))
    context = {
        "form": form,
        "next": next_page,
        "must_reset": must_reset,
        "signed_out": request.method == "GET" and SIGNED_OUT in request.GET,
        "policy": settings.PROFILE.security,
    }
    return render(request, f"{_PAGES}/sign_in.html", context, status=status)


def _refusal(*, must_reset: bool, slow_down: bool) -> str:
    if slow_down:
        return _("Trop d’essais depuis votre connexion. Attendez cinq minutes avant de recommencer.")
    if must_reset:
        return _(
            "Votre mot de passe a expiré. Choisissez-en un nouveau avec « Mot de passe oublié ou expiré ? »."
        )
    policy = settings.PROFILE.security
    return _(
        "Le numéro ou le mot de passe n’est pas le bon. Après %(tries)d essais, "
        "l’accès est bloqué pendant %(hours)d heures."
    ) % {"tries": policy.lock_attempts, "hours": policy.lock_hours}


@public
@require_http_methods(["GET", "POST"])
def human_check(request: HttpRequest) -> HttpResponse:
    """AUTH-04, X5: pictures with a question beside them, or the question alone, as the profile says."""
    state = Entering.of(request, "human")
    found = state.entrant() if state else None
    if state is None or found is None:
        return redirect("sign-in")
    status, error = 200, ""
    if request.method == "POST":
        challenge = _challenge(request)
        # A challenge serves once, right or wrong.
        request.session.pop("challenge", None)
        if challenge is not None and _passes(request, challenge):
            return _after_human_check(request, state, found)
        status, error = 422, _("Ce n’est pas la bonne réponse. En voici une autre, prenez votre temps.")
    challenge = Challenge.fresh()
    request.session["challenge"] = challenge.to_store()
    context = {
        "form": AnswerForm(),
        "challenge": challenge,
        "positions": range(len(challenge.kinds)),
        "with_pictures": settings.PROFILE.security.check_at_sign_in == "images",
        "error": error,
    }
    return render(request, f"{_PAGES}/human_check.html", context, status=status)


def _challenge(request: HttpRequest) -> Challenge | None:
    values = request.session.get("challenge")
    return Challenge.stored(values) if values else None


def _passes(request: HttpRequest, challenge: Challenge) -> bool:
    answer = request.POST.get("answer", "")
    if answer.strip():
        return challenge.answer_is_right(answer)
    return challenge.picks_are_right(request.POST.getlist("choice"))


@public
@require_safe
def picture(request: HttpRequest, position: int) -> HttpResponseBase:
    """One picture of the challenge under way, drawn for it."""
    challenge = _challenge(request)
    if challenge is None or position >= len(challenge.kinds):
        raise Http404
    drawing = draw(challenge.kinds[position], seed=f"{challenge.seed}:{position}")
    return HttpResponse(drawing, content_type="image/png")


def _after_human_check(request: HttpRequest, state: Entering, found: Entrant) -> HttpResponse:
    try:
        if found.has_mobile:
            state.go_to(request, "code")
            _send(state, found, CodePurpose.SIGN_IN)
            return redirect("sign-in-code")
        state.go_to(request, "email")
        if found.masked_email:
            _send(state, found, CodePurpose.EMAIL_PROOF)
    except DomainError as error:
        return _cannot_send(request, error)
    return redirect("sign-in-mobile")


def _send(state: Entering, found: Entrant, purpose: CodePurpose, *, mobile: str = "") -> None:
    send_code(
        account=found.account,
        attempt=state.attempt_id,
        purpose=purpose,
        mobile=mobile,
        language=language(),
        now=timezone.now(),
    )


def _cannot_send(request: HttpRequest, error: DomainError) -> HttpResponse:
    return render(request, f"{_PAGES}/no_code.html", {"message": error.message}, status=429)


@public
@require_http_methods(["GET", "POST"])
def mobile(request: HttpRequest) -> HttpResponse:
    """AUTH-06, X6: no mobile on file. A code to the e-mail on file comes first, then the mobile is proved."""
    state = Entering.of(request, "email", "mobile")
    found = state.entrant() if state else None
    if state is None or found is None or found.has_mobile:
        return redirect("sign-in")
    if state.stage == "email":
        return _prove_email(request, state, found)
    form = MobileForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _send(state, found, CodePurpose.MOBILE_PROOF, mobile=form.cleaned_data["mobile"])
            state.go_to(request, "mobile-code")
            return redirect("sign-in-code")
        except DomainError as error:
            form.add_error("mobile", error.message)
    status = 422 if form.errors else 200
    return render(request, f"{_PAGES}/mobile.html", {"form": form}, status=status)


def _prove_email(request: HttpRequest, state: Entering, found: Entrant) -> HttpResponse:
    form = EmailCodeForm(request.POST if "email_code" in request.POST else None)
    context: dict[str, Any] = {"form": form, "email": found.masked_email, "sent_again": False}
    if request.method == "POST" and "resend" in request.POST:
        return _resend(request, state, found, CodePurpose.EMAIL_PROOF, f"{_PAGES}/email_code.html", context)
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
    return render(request, f"{_PAGES}/email_code.html", context, status=422 if form.errors else 200)


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
        return _resend(request, state, found, purpose, f"{_PAGES}/code.html", context)
    if form.is_bound and form.is_valid():
        try:
            return _pass_code(request, state, found, purpose, form.cleaned_data["code"])
        except DomainError as error:
            form.add_error("code", error.message)
    return render(request, f"{_PAGES}/code.html", context, status=422 if form.errors else 200)


def _pass_code(
    request: HttpRequest, state: Entering, found: Entrant, purpose: CodePurpose, code: str
) -> HttpResponse:
    now = timezone.now()
    row = use_code(account=found.account, attempt=state.attempt_id, purpose=purpose, code=code, now=now)
    if purpose == CodePurpose.MOBILE_PROOF:
        enrol_mobile(account=found.account, proved=row, language=language(), now=now)
    return redirect(enter(request, found, next_page=state.next))


def _resend(
    request: HttpRequest,
    state: Entering,
    found: Entrant,
    purpose: CodePurpose,
    page: str,
    context: dict[str, Any],
) -> HttpResponse:
    try:
        _send(state, found, purpose)
    except DomainError as error:
        context["message"] = error.message
        return render(request, page, context, status=429)
    context["sent_again"] = True
    return render(request, page, context)


@before_terms
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """A31: the session ends here and the browser forgets what it kept of this site."""
    chosen = request.session.get("language")
    logout(request)
    if chosen:
        request.session["language"] = chosen
    # Said through the address: a message would need a session of its own.
    response = redirect(f"{reverse('sign-in')}?{SIGNED_OUT}=1")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
