"""Finding a health professional: one search, a list with its map, a sheet (PRO-01, NET-04)."""

from dataclasses import dataclass

from django.conf import settings
from django.core.paginator import Page
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from entraide.formats.phone import national
from entraide.portal.domain.directory import queries
from entraide.portal.domain.directory.distances import Point
from entraide.portal.domain.directory.outlines import CREDIT, box_of_department
from entraide.portal.domain.directory.queries import Found, Search
from entraide.portal.domain.directory.towns import towns_inside
from entraide.portal.domain.directory.where import Place
from entraide.portal.foundation.web.headers import let_pictures_come_from, let_position_be_asked
from entraide.portal.foundation.web.paging import COUNTED, page_of
from entraide.portal.member_site.member_request import MemberRequest
from entraide.portal.member_site.professionals.ameli import ameli_address
from entraide.portal.member_site.professionals.distance_words import how_far, how_long
from entraide.portal.member_site.professionals.forms import SearchForm
from entraide.portal.member_site.professionals.labels import FACTS, PROFESSIONS, languages_of
from entraide.portal.member_site.professionals.map import HEIGHT, WIDTH, Map, drawn, frame_of
from entraide.portal.member_site.professionals.opening import hours_of, is_open_now
from entraide.profiles import Network

_PAGES = "member_site/professionals"
_PER_PAGE = 20
# A city has tens of thousands: all of them, sorted by distance, would hold a worker for seconds.
_LAST_PAGE = 50
_TOWNS_LOOKED_AT = 400


@dataclass(frozen=True, slots=True)
class _Results:
    page: Page[Found]
    map: Map | None


@require_http_methods(["GET", "HEAD", "POST"])
def professionals(request: MemberRequest) -> HttpResponse:
    """`/professionnels/`: the search and what it found. A position comes by POST, so that no log has it."""
    around = request.method == "POST"
    data = request.POST if around else request.GET
    form = SearchForm(data, networks=_networks(request), town=request.viewer.city, around=around)
    results = None
    if form.is_asked and form.is_valid() and not (form.found and form.found.choices):
        results = _results(form, page=data.get("page", "1"))
    context = {
        "form": form,
        "results": results,
        "place": form.place if form.is_bound and form.is_valid() else None,
        "ameli": _ameli(form),
        "counted": COUNTED,
        "is_filled": queries.directory_is_filled(),
        "networks": {one.id: one for one in form.networks},
        **_words(),
    }
    response = render(request, f"{_PAGES}/search.html", context, status=422 if form.errors else 200)
    return _allowed(response, with_position=True)


@require_safe
def professional(request: MemberRequest, reference: str) -> HttpResponse:
    """`/professionnels/<reference>/`: everything that is known of one entry."""
    networks = _networks(request)
    found = queries.entry_with(reference, networks=tuple(one.id for one in networks))
    if found is None:
        raise Http404
    points = [found.point] if found.point else []
    context = {
        "found": found,
        "entry": found.entry,
        "map": _map(points, points, middle=None),
        "network": next((one for one in networks if one.id == found.entry.network), None),
        "hours": hours_of(found.entry.hours),
        "open_now": is_open_now(found.entry.hours, timezone.now()),
        "languages": languages_of(found.entry.languages),
        **_words(),
    }
    return _allowed(render(request, f"{_PAGES}/sheet.html", context), with_position=False)


def _networks(request: MemberRequest) -> tuple[Network, ...]:
    return settings.PROFILE.networks.for_segment(request.viewer.segment)


def _words() -> dict[str, object]:
    return {
        "professions": PROFESSIONS,
        "facts": FACTS,
        "how_far": how_far,
        "how_long": how_long,
        "to_call": national,
        "credit": CREDIT,
        "map_width": WIDTH,
        "map_height": HEIGHT,
    }


def _ameli(form: SearchForm) -> str:
    valid = form.is_bound and form.is_valid()
    profession = form.cleaned_data["profession"] if valid else ""
    return ameli_address(profession=profession, place=form.place if valid else None)


def _results(form: SearchForm, *, page: str) -> _Results:
    search, place, within = form.search, form.place, form.cleaned_data["within"]
    shown = page_of(
        lambda most: _found(search, place, within=within, most=most),
        per_page=_PER_PAGE,
        page=page,
        last=_LAST_PAGE,
    )
    points = [one.point for one in shown.object_list if one.point]
    frame = [*points, *([place.point] if place and place.point else [])]
    if place and place.point is None and (box := box_of_department(place.department)):
        frame = [Point(box.south, box.west), Point(box.north, box.east)]
    middle = place.point if place else None
    numbered = [one.point for one in shown.object_list]
    return _Results(shown, _map(numbered, frame, middle=middle, first=shown.start_index()))


def _found(search: Search, place: Place | None, *, within: int, most: int) -> list[Found]:
    if place is None:
        return queries.anywhere(search, most=most)
    if place.point is None:
        return queries.in_department(search, department=place.department, most=most)
    return queries.nearest(search, point=place.point, within_km=within, most=most)


def _map(
    points: list[Point | None] | list[Point],
    frame_points: list[Point],
    *,
    middle: Point | None,
    first: int = 1,
) -> Map | None:
    """None where nothing that is shown has a place."""
    if not frame_points:
        return None
    frame = frame_of(frame_points)
    return drawn(
        frame,
        [(number, one) for number, one in enumerate(points, max(1, first)) if one],
        towns=towns_inside(frame.box, most=_TOWNS_LOOKED_AT),
        middle=middle,
        tiles=settings.ENTRAIDE.map_tiles,
    )


def _allowed(response: HttpResponse, *, with_position: bool) -> HttpResponse:
    if settings.ENTRAIDE.map_tiles:
        let_pictures_come_from(response, address=settings.ENTRAIDE.map_tiles)
    if with_position:
        let_position_be_asked(response)
    return response
