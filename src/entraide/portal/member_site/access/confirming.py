"""The page that asks to prove again who is there: app, passkey, recovery code, or password and SMS (A32)."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from entraide.portal.domain.access.actions.codes import send_code, use_code
from entraide.portal.domain.access.enums import CodePurpose
from entraide.portal.domain.access.factors.passkeys import sign_in_options, use_passkey
from entraide.portal.domain.access.factors.queries import (
    has_app,
    has_passkey,
    has_strong_factor,
    recovery_codes_left,
)
from entraide.portal.domain.access.factors.recovery import use_recovery_code
from entraide.portal.domain.access.factors.step_up import confirm_password, sms_confirms
from entraide.portal.domain.access.factors.totp import use_totp
from entraide.portal.domain.access.factors.tries import TriesOver
from entraide.portal.domain.access.queries import entrant
from entraide.portal.domain.errors import DomainError
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.web.json_body import json_object
from entraide.portal.foundation.web.wording import clock, language
from entraide.portal.member_site.access.credentials import ask, asked_of, credential_of, refused, text_of
from entraide.portal.member_site.access.factor_forms import AppCodeForm, PasswordForm, RecoveryCodeForm
from entraide.portal.member_site.access.flow import PAGES, leave, safe_next
from entraide.portal.member_site.access.forms import CodeForm
from entraide.portal.member_site.member_request import MemberRequest
from entraide.portal.member_site.step_up import make_fresh

_KEY = "step_up"


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def confirm(request: MemberRequest) -> HttpResponse:
    """Asks for the strongest proof that the account has; an SMS only where there is no other."""
    account = _account(request)
    next_page = safe_next(request.POST.get("next") or request.GET.get("next", ""))
    if has_strong_factor(account.pk):
        return _with_factor(request, account, next_page)
    if _is_waiting(request):
        return _with_sms(request, account, next_page)
    return _with_password(request, account, next_page)


@require_POST
def options(request: MemberRequest) -> HttpResponse:
    return ask(request, sign_in_options(_account(request), now=timezone.now()))


@require_POST
def passkey(request: MemberRequest) -> HttpResponse:
    body = json_object(request)
    try:
        use_passkey(
            state=asked_of(request),
            response=credential_of(body),
            account=_account(request),
            now=timezone.now(),
        )
    except DomainError as error:
        return refused(error)
    _proved(request)
    return JsonResponse({"next": safe_next(text_of(body, "next"))})


def _with_factor(request: MemberRequest, account: Account, next_page: str) -> HttpResponse:
    with_app, with_recovery = has_app(account.pk), recovery_codes_left(account.pk) > 0
    app = AppCodeForm(request.POST if with_app and "code" in request.POST else None)
    recovery = RecoveryCodeForm(request.POST if with_recovery and "recovery_code" in request.POST else None)
    form = recovery if recovery.is_bound else app
    if form.is_bound and form.is_valid():
        try:
            _use(request, account, **form.cleaned_data)
            _proved(request)
            return redirect(next_page)
        except TriesOver as over:
            return _end(request, over)
        except DomainError as error:
            form.add_error(error.field, error.message)
    context = {
        "form": form,
        "app": app,
        "recovery": recovery,
        "with_app": with_app,
        "with_passkey": has_passkey(account.pk),
        "with_recovery": with_recovery,
        "next": next_page,
    }
    return render(request, f"{PAGES}/confirm_factor.html", context, status=422 if form.errors else 200)


def _use(request: HttpRequest, account: Account, *, code: str = "", recovery_code: str = "") -> None:
    attempt, now = str(_attempt(request)), timezone.now()
    if recovery_code:
        use_recovery_code(account=account, code=recovery_code, attempt=attempt, language=language(), now=now)
    else:
        use_totp(account=account, code=code, attempt=attempt, now=now)


def _end(request: HttpRequest, over: DomainError) -> HttpResponse:
    """Five wrong codes or passwords inside an open session: it ends."""
    leave(request)
    request.viewer = None  # type: ignore[attr-defined]
    return render(request, f"{PAGES}/tries_over.html", {"message": over.message}, status=422)


def _with_password(request: MemberRequest, account: Account, next_page: str) -> HttpResponse:
    form = PasswordForm(request.POST if "password" in request.POST else None)
    if form.is_bound and form.is_valid():
        try:
            _check_password(request, account, form.cleaned_data["password"])
            if sms_confirms(account.pk):
                _send(request, account)
                return redirect(f"{reverse('step-up')}?{urlencode({'next': next_page})}")
            _proved(request)
            return redirect(next_page)
        except TriesOver as over:
            return _end(request, over)
        except DomainError as error:
            form.add_error(error.field, error.message)
    context = {"form": form, "next": next_page, "with_sms": sms_confirms(account.pk)}
    return render(request, f"{PAGES}/confirm_password.html", context, status=422 if form.errors else 200)


def _check_password(request: HttpRequest, account: Account, password: str) -> None:
    attempt, now = str(_attempt(request)), timezone.now()
    confirm_password(account=account, password=password, attempt=attempt, now=now)


def _with_sms(request: MemberRequest, account: Account, next_page: str) -> HttpResponse:
    form = CodeForm(request.POST if "code" in request.POST else None)
    found = entrant(account.pk, on=timezone.localdate())
    context: dict[str, Any] = {
        "form": form,
        "next": next_page,
        "mobile": found.masked_mobile if found else "",
        "sent_again": False,
    }
    status = 200
    if request.method == "POST" and "resend" in request.POST:
        try:
            _send(request, account)
            context["sent_again"] = True
        except DomainError as error:
            context["message"], status = error.message, 429
    elif form.is_bound and form.is_valid():
        try:
            use_code(
                account=account,
                attempt=_attempt(request),
                purpose=CodePurpose.STEP_UP,
                code=form.cleaned_data["code"],
                now=timezone.now(),
            )
            _proved(request)
            return redirect(next_page)
        except DomainError as error:
            form.add_error("code", error.message)
    context["sent_at"] = clock(datetime.fromtimestamp(request.session[_KEY]["sent_at"], UTC))
    status = 422 if form.errors else status
    return render(request, f"{PAGES}/confirm_code.html", context, status=status)


def _send(request: HttpRequest, account: Account) -> None:
    """Sends the code, and notes that the password was right: the next question is the code."""
    send_code(
        account=account,
        attempt=_attempt(request),
        purpose=CodePurpose.STEP_UP,
        language=language(),
        now=timezone.now(),
    )
    request.session[_KEY] = {**request.session[_KEY], "sent_at": int(timezone.now().timestamp())}


def _is_waiting(request: HttpRequest) -> bool:
    """The password was right and a code left, not so long ago that both are forgotten."""
    sent_at: int = request.session.get(_KEY, {}).get("sent_at", 0)
    return 0 <= timezone.now().timestamp() - sent_at < 30 * 60


def _proved(request: HttpRequest) -> None:
    """Five minutes begin; what was tried for this proof does not count for the next one."""
    request.session.pop(_KEY, None)
    make_fresh(request)


def _attempt(request: HttpRequest) -> UUID:
    """What tries and codes of this session's proofs are counted for."""
    kept = request.session.setdefault(_KEY, {"attempt": str(uuid4())})
    return UUID(kept["attempt"])


def _account(request: MemberRequest) -> Account:
    account = request.user
    assert isinstance(account, Account)  # the gate let a signed-in person in
    return account
