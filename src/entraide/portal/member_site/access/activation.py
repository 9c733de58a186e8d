"""First sign-in, lost identifier, forgotten or expired password, and the page behind the link."""

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from entraide.portal.domain.access.actions.links import Claimed, ask_activation, ask_reset, open_link
from entraide.portal.domain.access.actions.passwords import set_password as store_password
from entraide.portal.domain.access.queries import password_criteria
from entraide.portal.domain.errors import DomainError
from entraide.portal.foundation.accounts.human import Challenge
from entraide.portal.foundation.web.public import public
from entraide.portal.foundation.web.wording import language
from entraide.portal.member_site.access.flow import source_of
from entraide.portal.member_site.access.forms import ActivationForm, ForgottenForm, SetPasswordForm

_PAGES = "member_site/access"


@public
@require_http_methods(["GET", "POST"])
def activate(request: HttpRequest) -> HttpResponse:
    """ACT-01, ACT-03: the answer is the same whether or not we know the person."""
    form = ActivationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ask_activation(
            Claimed(**form.cleaned_data), source=source_of(request), language=language(), now=timezone.now()
        )
        return render(request, f"{_PAGES}/link_sent.html", {"is_activation": True, **_minutes()})
    return render(request, f"{_PAGES}/activate.html", {"form": form}, status=422 if form.errors else 200)


@public
@require_http_methods(["GET", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """PWD-01, PWD-02: the number and a small question; a neutral confirmation."""
    form = ForgottenForm(request.POST or None)
    if request.method == "POST":
        values = request.session.pop("reset_challenge", None)
        right = values is not None and Challenge.stored(values).answer_is_right(
            request.POST.get("answer", "")
        )
        if form.is_valid() and right:
            ask_reset(
                form.cleaned_data["member_number"],
                source=source_of(request),
                language=language(),
                now=timezone.now(),
            )
            return render(request, f"{_PAGES}/link_sent.html", {"is_activation": False, **_minutes()})
        if not right and not form.has_error("answer"):
            form.add_error("answer", _("Ce n’est pas le bon résultat. Voici une nouvelle question."))
    challenge = Challenge.fresh()
    request.session["reset_challenge"] = challenge.to_store()
    context = {"form": form, "question": challenge.question}
    return render(request, f"{_PAGES}/forgotten.html", context, status=422 if form.errors else 200)


@public
@sensitive_post_parameters("new_password1", "new_password2")
@require_http_methods(["GET", "POST"])
def set_password(request: HttpRequest, token: str) -> HttpResponse:
    """PWD-04, PWD-05: opening the page uses nothing up; only the form does (A5, A6)."""
    now = timezone.now()
    try:
        open_link(token, now=now)
    except DomainError as error:
        return _without_referrer(
            render(request, f"{_PAGES}/link_over.html", {"message": error.message}, status=404)
        )
    form = SetPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            store_password(
                token=token,
                birth_date=form.cleaned_data["birth_date"],
                password=form.cleaned_data["new_password1"],
                language=language(),
                now=now,
            )
            if request.user.is_authenticated:
                logout(request)
            return _without_referrer(redirect("password-stored"))
        except DomainError as error:
            form.add_error(error.field, error.message)
    context = {"form": form, "criteria": password_criteria(), **_minutes()}
    page = render(request, f"{_PAGES}/set_password.html", context, status=422 if form.errors else 200)
    return _without_referrer(page)


@public
@require_http_methods(["GET"])
def stored(request: HttpRequest) -> HttpResponse:
    """PWD-05: saved, and a confirmation mail is on its way."""
    return render(request, f"{_PAGES}/password_stored.html")


def _minutes() -> dict[str, int]:
    return {"minutes": settings.PROFILE.security.link_minutes}


def _without_referrer(response: HttpResponse) -> HttpResponse:
    # `no-referrer` would make browsers send `Origin: null` with the form, which the CSRF check refuses.
    response.headers["Referrer-Policy"] = "strict-origin"
    return response
