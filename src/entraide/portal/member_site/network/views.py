"""Partners, what they grant, how to benefit from it; hospitals side by side (NET-01 to NET-05)."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from entraide.formats.phone import national
from entraide.portal.domain.facilities.queries import FacilityCard, facility_with, find_facilities
from entraide.portal.domain.hospital_cover.card import card_rule_for, whereabouts_of
from entraide.portal.foundation.web.wording import PARIS
from entraide.portal.member_site.member_request import MemberRequest
from entraide.profiles import is_open

_PAGES = "member_site/network"
_SIDE_BY_SIDE = 3
_LONGEST_QUESTION = 100


@dataclass(frozen=True, slots=True)
class _Compared:
    """One hospital of the comparison. `without`: the address of the page without it."""

    facility: FacilityCard
    card_is_enough: bool
    is_referenced: bool
    without: str


@require_safe
def network(request: MemberRequest) -> HttpResponse:
    """`/reseau/`: the networks of the member's segment."""
    networks, now = settings.PROFILE.networks, timezone.now().astimezone(PARIS)
    shown = networks.for_segment(request.viewer.segment)
    context = {
        "every": networks,
        "networks": shown,
        "open_now": {one.id: is_open(one.hours, now) for one in shown},
    }
    return render(request, f"{_PAGES}/network.html", context)


@require_safe
def hospitals(request: MemberRequest) -> HttpResponse:
    """`/reseau/hopitaux/`: up to three hospitals of the directory side by side; `choice` names each."""
    numbers = list(dict.fromkeys(one.replace("\x00", "")[:9] for one in request.GET.getlist("choice")))
    chosen = [one for number in numbers[:_SIDE_BY_SIDE] if (one := facility_with(number))]
    question = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:_LONGEST_QUESTION]
    kept = [one.finess for one in chosen]
    found = find_facilities(question)
    context = {
        "comparison": settings.PROFILE.networks.hospitals,
        "compared": [_compared(one, kept) for one in chosen],
        "kept": kept,
        "is_full": len(chosen) >= _SIDE_BY_SIDE,
        "question": question,
        "found": [one for one in found.facilities if one.finess not in kept],
        "more": found.more,
        "to_call": national,
    }
    return render(request, f"{_PAGES}/hospitals.html", context)


def _compared(facility: FacilityCard, kept: list[str]) -> _Compared:
    others = "&".join(f"choice={one}" for one in kept if one != facility.finess)
    return _Compared(
        facility=facility,
        card_is_enough=card_rule_for(whereabouts_of(facility)) is not None,
        is_referenced=facility.finess in settings.PROFILE.networks.hospitals.referenced,
        without=f"?{others}",
    )
