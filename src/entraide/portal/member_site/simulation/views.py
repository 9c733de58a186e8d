"""The out-of-pocket simulator (B-03, REMB-05, X12): open to anyone, on the engine that pays."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.simulations.cases import CASES, Case
from entraide.portal.domain.simulations.levels import CoverLevel, cover_levels
from entraide.portal.domain.simulations.no_cost import COMPLETE_SINCE, no_cost_examples
from entraide.portal.domain.simulations.simulate import Simulation, simulate, simulate_quote
from entraide.portal.domain.simulations.subjects import Subject, people_to_simulate_for, subject_of, visitor
from entraide.portal.foundation.web.public import public
from entraide.portal.foundation.web.sessions import TERMS
from entraide.portal.foundation.web.wording import language
from entraide.portal.member_site.member_request import MemberRequest
from entraide.portal.member_site.simulation.estimate import Around, estimate_paper
from entraide.portal.member_site.simulation.forms import UNKNOWN, CaseForm, SubjectForm
from entraide.portal.member_site.simulation.labels import (
    CASE_WORDS,
    SCENARIO_HEADS,
    SCENARIOS,
    figure_value,
    story_of_line,
)
from entraide.portal.member_site.simulation.quote_form import QuoteForm
from entraide.portal.member_site.simulation.reserves import (
    beside_amount,
    left_words,
    reserves,
    when_words,
)
from entraide.portal.member_site.why import said

_FOLDER = "member_site/simulation"
Price = Callable[[Subject, tuple[CoverLevel, ...]], Simulation]


@public
@require_safe
def index(request: MemberRequest) -> HttpResponse:
    """`/simulation/`: which care?"""
    today = timezone.localdate()
    levels = cover_levels(settings.PROFILE.guarantees, on=today)
    context = {
        "cases": CASES.values(),
        "words": CASE_WORDS,
        "is_open": bool(levels),
        "viewer": _viewer(request),
        "examples": no_cost_examples(levels, on=today),
        "since": COMPLETE_SINCE,
        "today": today,
    }
    return render(request, f"{_FOLDER}/index.html", context)


@public
@require_safe
def case(request: MemberRequest, case_id: str) -> HttpResponse:
    """`/simulation/<case>/`: the questions of one case, and the result above them once they are answered."""
    found = _case(case_id)
    if not settings.PROFILE.guarantees:
        return redirect("simulator")
    form, result = _of_case(request, found)
    context = {"case": found, "words": CASE_WORDS[found.id]}
    return _answer(request, f"{_FOLDER}/case.html", form, result, context)


@public
@require_safe
def quote(request: MemberRequest) -> HttpResponse:
    """`/simulation/devis/`: the lines of a quote, and what is left of each."""
    if not settings.PROFILE.guarantees:
        return redirect("simulator")
    form, result = _of_quote(request)
    return _answer(request, f"{_FOLDER}/quote.html", form, result, {})


@require_safe
def case_paper(request: MemberRequest, case_id: str) -> HttpResponse:
    """`/simulation/<case>/estimation.pdf`: the same answers on paper."""
    found = _case(case_id)
    care = str(CASE_WORDS[found.id].title)
    back = reverse("simulator-case", kwargs={"case_id": found.id})
    return _paper(request, *_of_case(request, found), care=care, name=found.id, back=back)


@require_safe
def quote_paper(request: MemberRequest) -> HttpResponse:
    """`/simulation/devis/estimation.pdf`"""
    back = reverse("simulator-quote")
    return _paper(request, *_of_quote(request), care=_("Mon devis"), name="devis", back=back)


def _case(case_id: str) -> Case:
    found = CASES.get(case_id)
    if found is None:
        raise Http404
    return found


def _of_case(request: MemberRequest, found: Case) -> tuple[CaseForm, dict[str, Any]]:
    form = CaseForm(request.GET, case=found, **_around(request))
    result = _result(request, form, lambda subject, levels: simulate(found, form.answers, subject, levels))
    return form, result | {"way": found.way}


def _of_quote(request: MemberRequest) -> tuple[QuoteForm, dict[str, Any]]:
    form = QuoteForm(request.GET, **_around(request))
    result = _result(request, form, lambda subject, levels: simulate_quote(form.quote, subject, levels))
    return form, result | {"way": None}


def _paper(
    request: MemberRequest,
    form: CaseForm | QuoteForm,
    result: dict[str, Any],
    *,
    care: str,
    name: str,
    back: str,
) -> HttpResponse:
    """The PDF of a result; answers that give none go back to their page."""
    if "found" not in result:
        return redirect(f"{back}?{request.GET.urlencode()}")
    around = Around(
        whom=result["whom"],
        subject=result["subject"],
        answers=tuple(form.told()),
        way=result["way"],
        on=timezone.localdate(),
    )
    document = estimate_paper(result["found"], around, care=care, language=language())
    response = HttpResponse(document, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="estimation-{name}.pdf"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _viewer(request: MemberRequest) -> Viewer | None:
    """Who is signed in and has accepted the terms; for all others the page knows nobody."""
    accepted = request.session.get(TERMS) == settings.PROFILE.terms.digest
    return request.viewer if accepted and request.viewer else None


def _around(request: MemberRequest) -> dict[str, Any]:
    today, viewer = timezone.localdate(), _viewer(request)
    return {
        "people": people_to_simulate_for(viewer, on=today) if viewer else [],
        "levels": cover_levels(settings.PROFILE.guarantees, on=today),
        "today": today,
    }


def _result(request: MemberRequest, form: SubjectForm, price: Price) -> dict[str, Any]:
    """What the page shows of a form that can be priced; what cannot goes to its field."""
    if not form.is_bound or not form.is_valid():
        return {}
    today = timezone.localdate()
    levels = cover_levels(settings.PROFILE.guarantees, on=form.cleaned_data["on"])
    subject = _subject(request, form, levels, today=today)
    if subject is None:
        form.add_error(None, UNKNOWN)
        return {}
    if not subject.cover.enrolments:
        return {"no_table": True}
    try:
        found = price(subject, levels)
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
        return {}
    return {"found": found, "subject": subject, "whom": _whom(form, levels)}


def _whom(form: SubjectForm, levels: tuple[CoverLevel, ...]) -> str:
    """For whom the result is, in words."""
    if form.person:
        return _("Pour %(person)s") % {"person": form.person.full_name}
    label = next(said(each.label) for each in levels if each.id == form.cleaned_data["level"])
    age: int = form.cleaned_data["age"]
    words = ngettext("À %(age)s an, avec %(level)s", "À %(age)s ans, avec %(level)s", age)
    return words % {"age": age, "level": label}


def _subject(
    request: MemberRequest, form: SubjectForm, levels: tuple[CoverLevel, ...], *, today: date
) -> Subject | None:
    viewer = _viewer(request)
    if viewer and form.person:
        return subject_of(viewer, form.person.id, today=today)
    level = next((each for each in levels if each.id == form.cleaned_data.get("level")), None)
    # The age that was said is that of the day of care: caps and shares are looked up on it.
    on = form.cleaned_data["on"]
    return visitor(age=form.cleaned_data["age"], level=level, today=on) if level else None


def _answer(
    request: MemberRequest, page: str, form: SubjectForm, result: dict[str, Any], context: dict[str, Any]
) -> HttpResponse:
    wrong = form.is_bound and not form.is_valid()
    found, subject = result.get("found"), result.get("subject")
    said_of = (
        {
            "left_words": left_words(found),
            "when_words": when_words(found, today=timezone.localdate()),
            "beside_amount": beside_amount(found, subject),
            "reserves": reserves(found, subject),
        }
        if found and subject
        else {}
    )
    around = {
        "form": form,
        "found": found,
        "whom": result.get("whom", ""),
        "no_table": result.get("no_table", False),
        "viewer": _viewer(request),
        "paper": f"estimation.pdf?{request.GET.urlencode()}",
        "contracts": settings.PROFILE.guarantees,
        "said": said,
        "story_of": story_of_line,
        "figure_value": figure_value,
        "scenario_words": SCENARIOS,
        "scenario_heads": SCENARIO_HEADS,
    }
    return render(request, page, around | said_of | context, status=422 if wrong else 200)
