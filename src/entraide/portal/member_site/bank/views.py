"""The account of the contract or of one person: see it, ask for another, stop that (BANK-01, BANK-02)."""

from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from entraide.formats import iban as iban_format
from entraide.portal.domain.bank.ending import cancel_change
from entraide.portal.domain.bank.enums import RefusalReason
from entraide.portal.domain.bank.queries import AccountPage, account_page, reveal_account
from entraide.portal.domain.bank.words import refusal_in_words
from entraide.portal.domain.errors import DomainError
from entraide.portal.member_site.bank.forms import AccountForm
from entraide.portal.member_site.bank.posting import Posted, kept_paper, posted_change
from entraide.portal.member_site.member_request import MemberRequest
from entraide.portal.member_site.step_up import is_fresh, needs_fresh_factor

CANCEL, REVEAL = "cancel", "reveal"


@sensitive_post_parameters("iban", "bic", "holder")
@require_http_methods(["GET", "HEAD", "POST"])
def contract_account(request: MemberRequest) -> HttpResponse:
    """`/banque/`: the account that the contract shares; for who is not the primary insured, their own."""
    return _answer(request, None)


@sensitive_post_parameters("iban", "bic", "holder")
@require_http_methods(["GET", "HEAD", "POST"])
def person_account(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """`/banque/<person_id>/`: one person's own account."""
    return _answer(request, person_id)


def _answer(request: MemberRequest, person_id: UUID | None) -> HttpResponse:
    page = account_page(request.viewer, person_id, now=timezone.now())
    if page is None:
        raise Http404
    if page.whole and person_id is not None:
        # The primary insured's own account is the contract's.
        return redirect("bank")
    if request.method != "POST":
        form = AccountForm(initial={"request_key": uuid4()})
        return _show(request, page, Posted(form=form, key=form.initial["request_key"]))
    action = request.POST.get("action")
    if action == CANCEL:
        return _cancel(request, page)
    if action == REVEAL:
        return _reveal(request, page)
    return _ask(request, page)


@needs_fresh_factor()
def _ask(request: MemberRequest, page: AccountPage) -> HttpResponse:
    if not page.may_change:
        raise Http404
    posted = posted_change(request, person_id=None if page.whole else page.person.id)
    if posted.status == HTTPStatus.SEE_OTHER:
        messages.success(request, _("Votre demande est bien arrivée. Nous vous la confirmons par message."))
        answer = redirect(request.path)
        answer.status_code = HTTPStatus.SEE_OTHER
        return answer
    # Another window may have asked meanwhile.
    fresh = account_page(request.viewer, page.person.id, now=timezone.now())
    return _show(request, fresh or page, posted)


@needs_fresh_factor()
def _reveal(request: MemberRequest, page: AccountPage) -> HttpResponse:
    form = AccountForm(initial={"request_key": uuid4()})
    whole = reveal_account(request.viewer, page.person.id, now=timezone.now())
    return _show(request, page, Posted(form=form, key=form.initial["request_key"]), revealed=whole)


def _cancel(request: MemberRequest, page: AccountPage) -> HttpResponse:
    try:
        cancel_change(
            request.viewer, change_id=_change_id(request.POST.get("change", "")), now=timezone.now()
        )
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(
            request, _("Le changement est annulé. Vos remboursements arrivent sur le même compte.")
        )
    answer = redirect(request.path)
    answer.status_code = HTTPStatus.SEE_OTHER
    return answer


def _change_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def _show(request: MemberRequest, page: AccountPage, posted: Posted, *, revealed: str = "") -> HttpResponse:
    shown = page.change
    context: dict[str, Any] = {
        "page": page,
        "form": posted.form,
        "held": kept_paper(request, posted) if posted.form.is_bound else None,
        "conflict": posted.status == HTTPStatus.CONFLICT,
        "may_type": is_fresh(request) or posted.form.is_bound,
        # X10: nothing unmasked reaches the page, unless it was asked for with a fresh proof.
        "iban": iban_format.reveal(revealed)
        if revealed
        else iban_format.mask(page.iban)
        if page.iban
        else "",
        "revealed": bool(revealed),
        "bic": f"{page.bic[:4]}{'•' * len(page.bic[4:])}",
        "new_iban": iban_format.mask(shown.iban) if shown is not None and shown.iban else "",
        "why": refusal_in_words(RefusalReason(shown.refusal))
        if shown is not None and shown.refusal
        else None,
        "hours": settings.PROFILE.security.cooling_hours,
        "max_mb": settings.PROFILE.deposit.max_file_mb,
    }
    return render(request, "member_site/bank/account.html", context, status=posted.status)
