"""Another e-mail or mobile, proved by a code of its own before it replaces the old (A20…A25, A32)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from entraide.formats.mobile import national
from entraide.portal.domain.access.actions.codes import CodeOver, use_code
from entraide.portal.domain.access.actions.emails import change_email, prove_email
from entraide.portal.domain.access.actions.mobiles import change_mobile, prove_mobile
from entraide.portal.domain.access.enums import CodePurpose
from entraide.portal.domain.access.queries import being_proved, why_no_change
from entraide.portal.domain.contacts.queries import contact_sheet
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.contacts import ChangedMeanwhile
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.web.wording import language, moment
from entraide.portal.member_site.access.forms import CodeForm
from entraide.portal.member_site.contacts.forms import NewEmailForm, NewMobileForm, SeenForm
from entraide.portal.member_site.member_request import MemberRequest
from entraide.portal.member_site.step_up import needs_fresh_factor

PAGES = "member_site/contacts"
_PROVING = "contact_proving"


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the two ways to reach a person that open their access: its field, its form, its actions."""

    name: str
    form: type[SeenForm]
    purpose: CodePurpose
    prove: Callable[..., None]
    change: Callable[..., datetime]


EMAIL = Kind("email", NewEmailForm, CodePurpose.NEW_EMAIL, prove_email, change_email)
MOBILE = Kind("mobile", NewMobileForm, CodePurpose.MOBILE_PROOF, prove_mobile, change_mobile)


@require_http_methods(["GET", "POST"])
@needs_fresh_factor()
def email(request: MemberRequest) -> HttpResponse:
    return _ask(request, EMAIL)


@require_http_methods(["GET", "POST"])
@needs_fresh_factor()
def email_code(request: MemberRequest) -> HttpResponse:
    return _code(request, EMAIL)


@require_http_methods(["GET", "POST"])
@needs_fresh_factor()
def mobile(request: MemberRequest) -> HttpResponse:
    return _ask(request, MOBILE)


@require_http_methods(["GET", "POST"])
@needs_fresh_factor()
def mobile_code(request: MemberRequest) -> HttpResponse:
    return _code(request, MOBILE)


def _ask(request: MemberRequest, kind: Kind) -> HttpResponse:
    """The new one, with what is on file now; then a code leaves for it."""
    form = kind.form(request.POST) if request.method == "POST" else kind.form(initial=_seen(request, kind))
    status = 200
    if form.is_bound and form.is_valid():
        try:
            _send(request, kind, form.cleaned_data[kind.name], seen=form.cleaned_data["seen"])
            return redirect(f"contacts-{kind.name}-code")
        except ChangedMeanwhile as refusal:
            form.show_anew(_seen(request, kind)["seen"])
            form.add_error(None, refusal.message)
            status = 409
        except DomainError as refusal:
            form.add_error(kind.name, refusal.message)
    context = {
        "form": form,
        "kind": kind.name,
        "on_file": _on_file(request, kind),
        "refusal": why_no_change(_account(request), now=timezone.now()),
        "policy": settings.PROFILE.security,
    }
    status = 422 if form.errors and status == 200 else status
    return render(request, f"{PAGES}/prove.html", context, status=status)


def _code(request: MemberRequest, kind: Kind) -> HttpResponse:
    """The code that the new one received; a right one puts it on file."""
    state: dict[str, str] | None = request.session.get(_PROVING, {}).get(kind.name)
    if state is None:
        return redirect("contacts")
    destination = being_proved(UUID(state["attempt"]), kind.purpose)
    form = CodeForm(request.POST if "code" in request.POST else None)
    context: dict[str, Any] = {
        "form": form,
        "kind": kind.name,
        "over": None,
        "policy": settings.PROFILE.security,
    }
    status = 200
    try:
        if request.method == "POST" and "resend" in request.POST:
            _send(request, kind, destination, seen=state["seen"])
            context["sent_again"] = True
        elif form.is_bound and form.is_valid():
            return _change(request, kind, state, form.cleaned_data["code"])
    except DomainError as error:
        if form.is_bound:
            form.add_error("code", error.message)
            context["over"] = error if isinstance(error, CodeOver) else None
        else:
            context["message"], status = error.message, 429
    context["destination"] = national(destination) if kind is MOBILE else destination
    return render(request, f"{PAGES}/code.html", context, status=422 if form.errors else status)


def _change(request: MemberRequest, kind: Kind, state: dict[str, str], code: str) -> HttpResponse:
    account, now = _account(request), timezone.now()
    attempt = UUID(state["attempt"])
    proved = use_code(account=account, attempt=attempt, purpose=kind.purpose, code=code, now=now)
    request.session[_PROVING] = {}
    try:
        until = kind.change(account=account, proved=proved, seen=state["seen"], language=language(), now=now)
    except DomainError as refusal:
        messages.warning(request, refusal.message)
        return redirect(f"contacts-{kind.name}")
    said = (
        _("Votre nouvelle adresse e-mail est enregistrée, et l’ancienne est prévenue.")
        if kind is EMAIL
        else _("Votre nouveau mobile est enregistré, et l’ancien est prévenu.")
    )
    wait = _("Par sécurité, vos coordonnées bancaires ne peuvent pas changer avant le %(until)s.")
    messages.success(request, f"{said} {wait % {'until': moment(until)}}")
    return redirect("contacts")


def _send(request: MemberRequest, kind: Kind, value: str, *, seen: str) -> None:
    """Sends the code; the attempt stays the same, so that one a minute leaves and no more."""
    waiting = request.session.get(_PROVING, {})
    attempt = waiting.get(kind.name, {}).get("attempt") or str(uuid4())
    kind.prove(
        account=_account(request),
        attempt=UUID(attempt),
        seen=seen,
        language=language(),
        now=timezone.now(),
        **{kind.name: value},
    )
    request.session[_PROVING] = {**waiting, kind.name: {"attempt": attempt, "seen": seen}}


def _seen(request: MemberRequest, kind: Kind) -> dict[str, str]:
    sheet = contact_sheet(request.viewer, request.viewer.person_id, on=timezone.localdate())
    return {"seen": sheet.seen[kind.name] if sheet else ""}


def _on_file(request: MemberRequest, kind: Kind) -> str:
    sheet = contact_sheet(request.viewer, request.viewer.person_id, on=timezone.localdate())
    value = getattr(sheet, kind.name) if sheet else ""
    return national(value) if kind is MOBILE and value else value


def _account(request: MemberRequest) -> Account:
    account = request.user
    assert isinstance(account, Account)  # the gate let a signed-in person in
    return account
