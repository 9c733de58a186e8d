"""Home: what needs the member first, then the shortcuts (HOME-01…03, B-06)."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from entraide.formats.mobile import national
from entraide.portal.domain.adjudication.allowances import allowances_of
from entraide.portal.domain.claims.queries import latest_of
from entraide.portal.domain.contacts.queries import for_the_person
from entraide.portal.domain.publications.queries import news_of
from entraide.portal.domain.requests.queries import open_requests_of
from entraide.portal.domain.teleconsultations.queries import counter_of
from entraide.portal.member_site.consulting import note_readings, of_care
from entraide.portal.member_site.member_request import MemberRequest
from entraide.profiles import PAGE_ADDRESSES, partner_of_kind, tiles_for


@require_safe
def home(request: MemberRequest) -> HttpResponse:
    viewer, today = request.viewer, timezone.localdate()
    profile, waiting = settings.PROFILE, for_the_person(viewer, now=timezone.now())
    doctors = partner_of_kind(profile.partners, "teleconsultation", segment=viewer.segment)
    latest = latest_of(viewer, limit=3, on=today)
    note_readings(request, of_care(latest))
    context = {
        "viewer": viewer,
        "todo": waiting.todo,
        "confirm": waiting.confirm,
        "latest": latest,
        "allowances": allowances_of(viewer, viewer.person_id, on=today),
        "counters": counter_of(viewer, doctors, viewer.person_id, on=today),
        "today": today,
        "national": national,
        "open_requests": open_requests_of(viewer, limit=3),
        "tiles": tiles_for(profile, segment=viewer.segment),
        "news": news_of(viewer, on=today),
        "addresses": PAGE_ADDRESSES,
    }
    return render(request, "member_site/home/home.html", context)
