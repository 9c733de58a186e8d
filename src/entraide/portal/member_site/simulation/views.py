"""The out-of-pocket simulator (B-03, REMB-05, X12): open to anyone, on the engine that pays."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from entraide.portal.domain.simulations.cases import CASES
from entraide.portal.domain.simulations.levels import cover_levels
from entraide.portal.domain.simulations.no_cost import COMPLETE_SINCE, no_cost_examples
from entraide.portal.domain.simulations.queries import saved_simulations_of
from entraide.portal.foundation.web.public import public
from entraide.portal.foundation.web.wording import language
from entraide.portal.member_site.member_request import MemberRequest
from entraide.portal.member_site.simulation.asked import QUOTE, asked_by, case_named, title_of
from entraide.portal.member_site.simulation.estimate import estimate_of
from entraide.portal.member_site.simulation.labels import CASE_WORDS
from entraide.portal.member_site.simulation.page import FOLDER, address_of, note_subject, simulation_page
from entraide.portal.member_site.simulation.reserves import left_between
from entraide.portal.member_site.visitor import viewer_of


@public
@require_safe
def index(request: MemberRequest) -> HttpResponse:
    """`/simulation/`: which care? And, signed in, the simulations that one keeps."""
    today, viewer = timezone.localdate(), viewer_of(request)
    levels = cover_levels(settings.PROFILE.guarantees, on=today)
    context = {
        "cases": CASES.values(),
        "words": CASE_WORDS,
        "is_open": bool(levels),
        "viewer": viewer,
        "saved": saved_simulations_of(viewer) if viewer else [],
        "title_of": title_of,
        "left_between": left_between,
        "examples": no_cost_examples(levels, on=today),
        "since": COMPLETE_SINCE,
        "today": today,
    }
    return render(request, f"{FOLDER}/index.html", context)


@public
@require_safe
def case(request: MemberRequest, case_id: str) -> HttpResponse:
    """`/simulation/<case>/`: the questions of one case, and the result above them once they are answered."""
    case_named(case_id)
    return _questions(request, case_id)


@public
@require_safe
def quote(request: MemberRequest) -> HttpResponse:
    """`/simulation/devis/`: the lines of a quote, and what is left of each."""
    return _questions(request, QUOTE)


def _questions(request: MemberRequest, kind: str) -> HttpResponse:
    if not settings.PROFILE.guarantees:
        return redirect("simulator")
    viewer = viewer_of(request)
    return simulation_page(request, asked_by(viewer, kind, request.GET), viewer=viewer)


@require_safe
def case_paper(request: MemberRequest, case_id: str) -> HttpResponse:
    """`/simulation/<case>/estimation.pdf`: the same answers on paper; those without result go back."""
    asked = asked_by(request.viewer, case_id, request.GET)
    if asked.found is None:
        return redirect(f"{address_of(case_id)}?{request.GET.urlencode()}")
    note_subject(request, asked)
    document = estimate_of(asked, on=timezone.localdate(), language=language())
    response = HttpResponse(document, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="estimation-{case_id}.pdf"'
    response.headers["Cache-Control"] = "no-store"
    return response


@require_safe
def quote_paper(request: MemberRequest) -> HttpResponse:
    """`/simulation/devis/estimation.pdf`"""
    return case_paper(request, QUOTE)
