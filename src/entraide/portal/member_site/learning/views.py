"""100 % Santé explained, open to anyone: baskets, figures, the examples of 2021 (INFO-01…04, X16)."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from entraide.portal.domain.simulations.baskets import crowns_on, figures_on
from entraide.portal.domain.simulations.levels import CoverLevel, cover_levels
from entraide.portal.domain.simulations.no_cost import COMPLETE_SINCE, no_cost_examples
from entraide.portal.domain.simulations.subjects import VISITOR_AGE
from entraide.portal.foundation.web.public import public
from entraide.portal.member_site.learning.sectors import SECTORS, Sector
from entraide.portal.member_site.member_request import MemberRequest
from entraide.portal.member_site.public_figures import figure_value
from entraide.portal.member_site.visitor import viewer_of
from entraide.portal.member_site.why import said
from entraide.reimbursement import CareBasket

_PAGES = "member_site/learning"


@public
@require_safe
def overview(request: MemberRequest) -> HttpResponse:
    """`/cent-pour-cent-sante/`: what it is, for whom, since when, and the three sectors."""
    keys = [key for one in SECTORS.values() for key in one.figures]
    return render(request, f"{_PAGES}/overview.html", _around(keys) | {"sectors": SECTORS.values()})


@public
@require_safe
def sector(request: MemberRequest, sector_id: str) -> HttpResponse:
    """`/cent-pour-cent-sante/<sector>/`: its baskets at the figures of today, its example."""
    one = SECTORS.get(sector_id)
    if one is None:
        raise Http404
    today, around = timezone.localdate(), _around(one.figures)
    levels = cover_levels(settings.PROFILE.guarantees, on=today)
    context = around | {
        "sector": one,
        "others": [each for each in SECTORS.values() if each.id != one.id],
        "example": next((each for each in around["examples"] if each.case == one.case), None),
        "then_figures": figures_on(one.figures, COMPLETE_SINCE),
        "trials": _trials(one, None if viewer_of(request) else next(iter(levels), None), bool(levels)),
        "crowns": crowns_on(today),
        "crowns_then": crowns_on(COMPLETE_SINCE),
        "baskets": CareBasket,
    }
    return render(request, one.template, context)


def _around(keys: Any) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "figures": figures_on(keys, today),
        "figure_value": figure_value,
        "said": said,
        "today": today,
        "since": COMPLETE_SINCE,
        "examples": no_cost_examples(cover_levels(settings.PROFILE.guarantees, on=today), on=today),
    }


def _trials(one: Sector, level: CoverLevel | None, is_open: bool) -> list[tuple[str, str]]:
    """Each care to try, with the address that fills its fields in; a visitor takes a level and an age."""
    if not is_open:
        return []
    about = {"level": level.id, "age": str(VISITOR_AGE)} if level else {}
    page = reverse("simulator-case", kwargs={"case_id": one.case})
    return [(str(each.label), f"{page}?{urlencode(about | dict(each.answers))}") for each in one.trials]
