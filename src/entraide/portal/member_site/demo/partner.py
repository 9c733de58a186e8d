"""A page that stands for a partner in the demo: it checks the token that came, and says what it learned.

It does what a partner does, with the public keys and one question to the portal. Only in the demo.
"""

from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from entraide.portal.domain.handover.actions import use_token
from entraide.portal.foundation.web.opening import opening_now
from entraide.portal.foundation.web.public import public
from entraide.portal.member_site.demo.views import View
from entraide.profiles import Partner

_FOLDER = "member_site/demo"


def stands_for_a_partner(view: View) -> View:
    """Public, without the proof of our own forms as any other site, and there only with ENTRAIDE_DEMO=1."""

    @public
    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.ENTRAIDE.demo:
            raise Http404
        return view(request, *args, **kwargs)

    return shown


@stands_for_a_partner
def arrive(request: HttpRequest, partner_id: str) -> HttpResponse:
    """`/demo/partenaire/<partner>/`: POST brings the `token`; GET says whence one comes."""
    partner = _partner(partner_id)
    found = None
    if request.method == "POST" and partner.hand_over is not None:
        found = use_token(
            request.POST.get("token", ""), audience=partner.hand_over.audience, now=timezone.now()
        )
    refused = found is not None and not found.is_valid
    context = {"partner": partner, "found": found}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    return render(request, f"{_FOLDER}/partner.html", context, status=status)


@stands_for_a_partner
def down(request: HttpRequest, partner_id: str) -> HttpResponse:
    """`/demo/partenaire/<partner>/panne/`: a partner whose site does not answer, and what one does then."""
    partner = _partner(partner_id)
    context = {"partner": partner, "opening": opening_now(partner.hours, timezone.now())}
    return render(request, f"{_FOLDER}/partner_down.html", context, status=HTTPStatus.SERVICE_UNAVAILABLE)


def _partner(partner_id: str) -> Partner:
    found = next((one for one in settings.PROFILE.partners if one.id == partner_id), None)
    if found is None or found.hand_over is None:
        raise Http404
    return found
