"""Seeing a doctor from afar: who, by which way, when, and how many times a year (TELE-01…03, B-06)."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from entraide.portal.domain.handover.queries import Way, consultants
from entraide.portal.domain.teleconsultations.queries import counters_of
from entraide.portal.foundation.web.opening import opening_now
from entraide.portal.member_site.consulting import Reading, Seen, note_readings
from entraide.portal.member_site.member_request import MemberRequest
from entraide.profiles import partner_of_kind


@require_safe
def people(request: MemberRequest) -> HttpResponse:
    """`/teleconsultation/`: 404 where the mutual offers none to this segment."""
    partner = partner_of_kind(settings.PROFILE.partners, "teleconsultation", segment=request.viewer.segment)
    if partner is None or partner.teleconsultations is None:
        raise Http404
    today = timezone.localdate()
    rows = consultants(request.viewer, on=today)
    counters = counters_of(request.viewer, partner, on=today)
    counted = counters.told_of if counters else frozenset()
    read = [Reading(one.person_id, Seen.IDENTITY) for one in rows if one.identity]
    note_readings(request, [*read, *(Reading(one, Seen.ALLOWANCES) for one in counted)])
    context = {
        "partner": partner,
        "rules": partner.teleconsultations,
        "opening": opening_now(partner.hours, timezone.now()),
        "people": rows,
        "counters": counters,
        "uncounted": any(one.person_id not in counted and one.way is not Way.NONE for one in rows),
        "urgent": settings.PROFILE.contacts.urgent[:2],
    }
    return render(request, "member_site/partners/teleconsultation.html", context)
