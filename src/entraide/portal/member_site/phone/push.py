"""A browser that rings when an answer waits: added by the page's script, taken off by a form (MOB-01)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.push.actions import Subscription, add_push_device, remove_push_device
from entraide.portal.foundation.web.browsers import device_of
from entraide.portal.foundation.web.json_body import json_object
from entraide.portal.member_site.member_request import MemberRequest


@require_POST
def add(request: MemberRequest) -> HttpResponse:
    """JSON of the page's script: `endpoint`, `keys` with `p256dh` and `auth`, as browsers write them."""
    body = json_object(request)
    keys = body.get("keys")
    asked = Subscription(
        endpoint=_text(body, "endpoint"), point=_text(keys, "p256dh"), secret=_text(keys, "auth")
    )
    label = device_of(request.headers.get("User-Agent", ""))
    try:
        add_push_device(request.viewer, asked, label=label, now=timezone.now())
    except DomainError as refusal:
        return JsonResponse({"error": refusal.message}, status=422)
    messages.success(request, _("C’est noté : cet appareil vous préviendra quand une réponse vous attend."))
    return JsonResponse({"next": reverse("phone")})


@require_POST
def remove(request: MemberRequest, device_id: UUID) -> HttpResponse:
    """Back to the list, which says what was done."""
    try:
        remove_push_device(request.viewer, device_id)
    except DomainError as refusal:
        messages.info(request, refusal.message)
    else:
        messages.success(request, _("Cet appareil ne vous préviendra plus."))
    return redirect("phone")


def _text(values: Any, name: str) -> str:
    """What stands there, when it is a text of a sensible length."""
    found = values.get(name) if isinstance(values, dict) else None
    return found if isinstance(found, str) and len(found) <= 1000 else ""
