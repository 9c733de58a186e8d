"""The health insurance number in full, after a fresh proof (X10, A63)."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from entraide.formats import nir
from entraide.portal.domain.members.actions import reveal_health_number
from entraide.portal.member_site.consulting import Reading, Seen, note_readings
from entraide.portal.member_site.family.forms import FOLDER
from entraide.portal.member_site.member_request import MemberRequest
from entraide.portal.member_site.step_up import needs_fresh_factor


@needs_fresh_factor()
@require_http_methods(["GET", "HEAD", "POST"])
def health_number(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """`/beneficiaires/<id>/numero/`: asked for with a button, so that looking at an address shows nothing."""
    shown = request.method == "POST"
    found = reveal_health_number(request.viewer, person_id, on=timezone.localdate(), tell=shown)
    if found is None:
        raise Http404
    note_readings(request, [Reading(person_id, Seen.IDENTITY)])
    number = nir.reveal(found.number) if shown and found.number else ""
    context = {"found": found, "number": number, "masked": nir.mask(found.number) if found.number else ""}
    return render(request, f"{FOLDER}/health_number.html", context)
