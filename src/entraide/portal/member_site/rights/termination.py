"""Ending a contract in three pages: what the law says, what it does, the confirmation (B-12)."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from entraide.portal.domain.requests.changes import Sent
from entraide.portal.domain.termination.asking import terminate
from entraide.portal.domain.termination.policies import may_terminate
from entraide.portal.domain.termination.queries import ContractEnd, contract_end_of, contract_ends
from entraide.portal.foundation.forms import KeyedForm
from entraide.portal.member_site.asking import change_page
from entraide.portal.member_site.member_request import MemberRequest
from entraide.portal.member_site.step_up import needs_fresh_factor
from entraide.profiles import REFUND_DAYS, SECOND_THOUGHTS_DAYS

_FOLDER = "member_site/rights"


class TerminationForm(KeyedForm):
    """`last_day`: as the page told it; another one today, and the member reads it first."""

    last_day = forms.DateField(
        error_messages={
            "required": _("Relisez la date de fin du contrat, puis confirmez de nouveau."),
            "invalid": _("Relisez la date de fin du contrat, puis confirmez de nouveau."),
        }
    )


@require_safe
def termination(request: MemberRequest) -> HttpResponse:
    """`/droits/resiliation/`: what the law says of each contract, and what ending it would do."""
    ends = contract_ends(request.viewer, on=timezone.localdate())
    context = {"ends": ends, "may_terminate": may_terminate(request.viewer), **_facts()}
    return render(request, f"{_FOLDER}/termination.html", context)


@require_safe
def recap(request: MemberRequest, contract_id: UUID) -> HttpResponse:
    """`/droits/resiliation/<contract>/`: who is no longer covered, from when on."""
    context = {"end": _end(request, contract_id), **_facts()}
    return render(request, f"{_FOLDER}/termination_recap.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs_fresh_factor()
def confirm(request: MemberRequest, contract_id: UUID) -> HttpResponse:
    """`/droits/resiliation/<contract>/confirmer/`"""
    end = _end(request, contract_id)
    if request.method != "POST" and not end.may_be_asked:
        return redirect("termination-contract", contract_id=contract_id)

    def send(values: dict[str, Any], sent: Sent) -> str:
        return terminate(request.viewer, contract_id, read_last_day=values["last_day"], sent=sent)

    return change_page(request, f"{_FOLDER}/termination_confirm.html", TerminationForm, send, end=end)


def _end(request: MemberRequest, contract_id: UUID) -> ContractEnd:
    found = contract_end_of(request.viewer, contract_id, on=timezone.localdate())
    if found is None:
        raise Http404
    return found


def _facts() -> dict[str, Any]:
    return {
        "today": timezone.localdate(),
        "notice_months": settings.PROFILE.termination.notice_months,
        "claim_months": settings.PROFILE.pieces.claim_months,
        "refund_days": REFUND_DAYS,
        "second_thoughts_days": SECOND_THOUGHTS_DAYS,
    }
