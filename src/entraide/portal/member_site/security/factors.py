"""Stronger ways in: the offer, the recovery codes, and taking one off (A26)."""

import json
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from entraide.portal.domain.access.factors.adding import note_offer, remove_factor
from entraide.portal.domain.access.factors.queries import (
    FactorRow,
    factors_of,
    has_strong_factor,
    recovery_codes_left,
)
from entraide.portal.domain.access.factors.recovery import make_recovery_codes
from entraide.portal.domain.access.factors.sealing import open_for, seal_for
from entraide.portal.domain.errors import DomainError
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.web.wording import language
from entraide.portal.member_site.access.offer import forget_offer, onward
from entraide.portal.member_site.member_request import MemberRequest
from entraide.portal.member_site.step_up import needs_fresh_factor

PAGES = "member_site/security"
_CODES = "recovery_codes"


@require_http_methods(["GET", "POST"])
def offer(request: MemberRequest) -> HttpResponse:
    """What a stronger way in is and why; "later" is an answer like another."""
    if request.method == "POST":
        note_offer(account_of(request), now=timezone.now())
        return redirect(_leave_offer(request))
    return render(request, f"{PAGES}/factor_offer.html", {"policy": settings.PROFILE.security})


@require_http_methods(["GET", "POST"])
@needs_fresh_factor()
def remove(request: MemberRequest, factor_id: UUID) -> HttpResponse:
    """Asks, then takes an app or a passkey off; after the last one a code comes by SMS again."""
    account = account_of(request)
    factors = factors_of(account.pk)
    factor = next((one for one in factors if one.id == factor_id), None)
    if factor is None:
        raise Http404
    if request.method == "POST":
        _remove(request, account, factor)
        return redirect("security")
    context = {"factor": factor, "is_last": len(factors) == 1}
    return render(request, f"{PAGES}/factor_remove.html", context)


@require_http_methods(["GET", "POST"])
def recovery_codes(request: MemberRequest) -> HttpResponse:
    """Shows fresh codes until their owner has noted them, for ten minutes; makes new ones when asked."""
    account = account_of(request)
    if not has_strong_factor(account.pk):
        return redirect("factor-offer")
    if request.method == "POST" and "noted" in request.POST:
        request.session.pop(_CODES, None)
        return redirect(_leave_offer(request, otherwise=reverse("security")))
    if request.method == "POST":
        return _make_codes(request)
    sealed = request.session.get(_CODES)
    shown = open_for(account, _CODES, sealed, now=timezone.now()) if sealed else None
    if shown is not None:
        return _show_codes(request, json.loads(shown))
    request.session.pop(_CODES, None)
    return _codes_page(request, [])


def after_adding(request: MemberRequest, account: Account) -> str:
    """Where to go once a factor is stored: to the first recovery codes, or back to the list."""
    if recovery_codes_left(account.pk) == 0:
        _keep_new_codes(request, account)
        return reverse("recovery-codes")
    return _leave_offer(request, otherwise=reverse("security"))


def account_of(request: HttpRequest) -> Account:
    account = request.user
    assert isinstance(account, Account)  # the gate let a signed-in person in
    return account


@needs_fresh_factor(back_to="recovery-codes")
def _show_codes(request: MemberRequest, codes: list[str]) -> HttpResponse:
    # Whoever finds the session open an hour later must not read them (A32).
    return _codes_page(request, codes)


def _codes_page(request: MemberRequest, codes: list[str]) -> HttpResponse:
    context = {"codes": codes, "left": recovery_codes_left(account_of(request).pk)}
    return render(request, f"{PAGES}/factor_codes.html", context)


@needs_fresh_factor(back_to="recovery-codes")
def _make_codes(request: MemberRequest) -> HttpResponse:
    _keep_new_codes(request, account_of(request))
    return redirect("recovery-codes")


def _keep_new_codes(request: MemberRequest, account: Account) -> None:
    """Fresh codes, sealed in the session until the page has shown them and their owner has noted them."""
    now = timezone.now()
    codes = make_recovery_codes(account=account, language=language(), now=now)
    request.session[_CODES] = seal_for(account, _CODES, json.dumps(codes), now=now)


def _remove(request: MemberRequest, account: Account, factor: FactorRow) -> None:
    try:
        removed = remove_factor(account=account, factor_id=factor.id, language=language(), now=timezone.now())
    except DomainError as error:
        messages.error(request, error.message)
        return
    words = _("« %(name)s » est retiré.") % {"name": removed.name}
    if removed.was_last:
        words += " " + _("Désormais, un code par SMS vous sera de nouveau demandé à chaque connexion.")
    messages.success(request, words)


def _leave_offer(request: HttpRequest, *, otherwise: str = "/") -> str:
    page = onward(request) or otherwise
    forget_offer(request)
    return page
