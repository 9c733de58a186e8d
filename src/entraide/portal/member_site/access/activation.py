"""First sign-in, lost identifier, forgotten or expired password, and the page behind the link."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from entraide.portal.domain.access.actions.links import Claimed, ask_activation, ask_reset, open_link
from entraide.portal.domain.access.actions.passwords import set_password as store_password
from entraide.portal.domain.access.queries import password_criteria
from entraide.portal.domain.errors import DomainError
from entraide.portal.foundation.web.parameters import one_value_each
from entraide.portal.foundation.web.public import public
from entraide.portal.foundation.web.source import source_of
from entraide.portal.foundation.web.wording import language
from entraide.portal.member_site.access.flow import leave
from entraide.portal.member_site.access.forms import ActivationForm, ForgottenForm, SetPasswordForm
from entraide.portal.member_site.access.human import RESET, Verdict, ask, judge

_PAGES = "member_site/access"


@public
@require_http_methods(["GET", "POST"])
@one_value_each()
def activate(request: HttpRequest) -> HttpResponse:
    """ACT-01, ACT-03: the answer is the same whether or not we know the person."""
    form = ActivationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        ask_activation(
            Claimed(**form.cleaned_data), source=source_of(request), language=language(), now=timezone.now()
        )
        return render(request, f"{_PAGES}/link_sent.html", {"is_activation": True, **_policy()})
    context = {"form": form, **_policy()}
    return render(request, f"{_PAGES}/activate.html", context, status=422 if form.errors else 200)


@public
@require_http_methods(["GET", "POST"])
@one_value_each(but=frozenset({"choice"}))
def forgotten(request: HttpRequest) -> HttpResponse:
    """PWD-01, PWD-02: the number and the check of this place; a neutral confirmation."""
    form = ForgottenForm(request.POST if request.method == "POST" else None, kind=RESET.kind)
    # With a number missing nothing is tried yet: the challenge stays, and what was answered with it.
    answered = request.method == "POST" and not form.has_error("member_number")
    if answered and judge(request, RESET, form) is Verdict.RIGHT:
        number = form.cleaned_data["member_number"]
        ask_reset(number, source=source_of(request), language=language(), now=timezone.now())
        return render(request, f"{_PAGES}/link_sent.html", {"is_activation": False, **_policy()})
    context = {"form": form, "asked": ask(request, RESET), **_policy()}
    return render(request, f"{_PAGES}/forgotten.html", context, status=422 if form.errors else 200)


@public
@sensitive_post_parameters("new_password1", "new_password2")
@require_http_methods(["GET", "POST"])
@one_value_each()
def set_password(request: HttpRequest, token: str) -> HttpResponse:
    """PWD-04, PWD-05: opening the page uses nothing up; only the form does (A5, A6)."""
    now = timezone.now()
    try:
        open_link(token, now=now)
    except DomainError as error:
        return _link_over(request, error, status=404)
    form = SetPasswordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            store_password(
                token=token,
                birth_date=form.cleaned_data["birth_date"],
                password=form.cleaned_data["new_password1"],
                language=language(),
                now=now,
            )
            leave(request)
            return _without_referrer(redirect("password-stored"))
        except DomainError as error:
            if error.field is None:
                return _link_over(request, error, status=422)
            form.add_error(error.field, error.message)
    context = {"form": form, "criteria": password_criteria(), **_policy()}
    page = render(request, f"{_PAGES}/set_password.html", context, status=422 if form.errors else 200)
    return _without_referrer(page)


@public
@require_http_methods(["GET"])
def stored(request: HttpRequest) -> HttpResponse:
    """PWD-05: saved, and a confirmation mail is on its way."""
    return render(request, f"{_PAGES}/password_stored.html", _policy())


def _policy() -> dict[str, Any]:
    return {"policy": settings.PROFILE.security}


def _link_over(request: HttpRequest, error: DomainError, *, status: int) -> HttpResponse:
    context = {"message": error.message, **_policy()}
    return _without_referrer(render(request, f"{_PAGES}/link_over.html", context, status=status))


def _without_referrer(response: HttpResponse) -> HttpResponse:
    # `no-referrer` would make browsers send `Origin: null` with the form, which the CSRF check refuses.
    response.headers["Referrer-Policy"] = "strict-origin"
    return response
