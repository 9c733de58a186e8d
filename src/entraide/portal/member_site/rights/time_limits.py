"""Until when care can be claimed: what the portal knows of, and any other day (B-12)."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from entraide.portal.domain.requests.time_limits import care_to_claim, time_limit_of
from entraide.portal.foundation.forms.dates import PastDayField
from entraide.portal.foundation.web.parameters import one_value_each
from entraide.portal.member_site.member_request import MemberRequest


class CareDayForm(forms.Form):
    """The day of a care that the portal does not know; it lives in the address."""

    care = PastDayField(label=_("Date du soin ou de l’achat"))


@one_value_each()
@require_safe
def time_limits(request: MemberRequest) -> HttpResponse:
    """`/droits/prescription/`"""
    on = timezone.localdate()
    form = CareDayForm(request.GET if "care" in request.GET else None)
    found = time_limit_of(form.cleaned_data["care"], on=on) if form.is_valid() else None
    context: dict[str, Any] = {
        "form": form,
        "found": found,
        "known": care_to_claim(request.viewer, on=on),
        "months": settings.PROFILE.pieces.claim_months,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "member_site/rights/time_limits.html", context, status=status)
