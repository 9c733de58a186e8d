"""The page of a simulation: its questions, its result, what can be done with it."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.simulations.advice import advice_type
from entraide.portal.member_site.consulting import Reading, Seen, note_readings
from entraide.portal.member_site.member_request import MemberRequest
from entraide.portal.member_site.public_figures import figure_value
from entraide.portal.member_site.simulation.asked import QUOTE, QUOTE_FILE, Asked, case_named, quote_file_of
from entraide.portal.member_site.simulation.labels import (
    CASE_WORDS,
    SCENARIO_HEADS,
    SCENARIOS,
    story_of_line,
)
from entraide.portal.member_site.simulation.reserves import (
    beside_amount,
    left_words,
    reserves,
    when_words,
)
from entraide.portal.member_site.why import said

FOLDER = "member_site/simulation"


def simulation_page(
    request: MemberRequest, asked: Asked, *, viewer: Viewer | None, status: int | None = None, **more: Any
) -> HttpResponse:
    """422 where an answer is wrong; `more` adds to what the template knows."""
    form = asked.form
    wrong = form.is_bound and not form.is_valid()
    context: dict[str, Any] = {
        "form": form,
        "found": asked.found,
        "whom": asked.whom,
        "no_table": asked.no_table,
        "viewer": viewer,
        "contracts": settings.PROFILE.guarantees,
        "said": said,
        "story_of": story_of_line,
        "figure_value": figure_value,
        "scenario_words": SCENARIOS,
        "scenario_heads": SCENARIO_HEADS,
        "quote_file": quote_file_of(request.GET) or "",
        "saved": None,
        "reading": None,
        "has_room_for_files": advice_type(None) is not None,
    }
    if asked.is_quote:
        page = f"{FOLDER}/quote.html"
    else:
        page = f"{FOLDER}/case.html"
        context |= {"case": case_named(asked.kind), "words": CASE_WORDS[asked.kind]}
    return render(
        request, page, context | _result(request, asked) | more, status=status or (422 if wrong else 200)
    )


def address_of(kind: str) -> str:
    """Where the questions of a case, or of a quote, are asked."""
    if kind == QUOTE:
        return reverse("simulator-quote")
    return reverse("simulator-case", kwargs={"case_id": kind})


def _result(request: MemberRequest, asked: Asked) -> dict[str, Any]:
    """What is said of a result, and where it can be taken to."""
    if asked.found is None or asked.subject is None:
        return {}
    note_subject(request, asked)
    page, answers = address_of(asked.kind), asked.answers
    kept = quote_file_of(request.GET)
    with_file = f"{answers}&{urlencode({QUOTE_FILE: str(kept)})}" if kept else answers
    offered = advice_type(asked.care_kind) is not None
    return {
        "left_words": left_words(asked.found),
        "when_words": when_words(asked.found, today=timezone.localdate()),
        "beside_amount": beside_amount(asked.found, asked.subject),
        "reserves": reserves(asked.found, asked.subject),
        "paper": f"{page}estimation.pdf?{answers}",
        "keep": f"{page}garder/?{answers}",
        "adviser": f"{page}conseiller/?{with_file}" if offered else "",
    }


def note_subject(request: MemberRequest, asked: Asked) -> None:
    """A result for somebody else rests on what their care has used: they may read who asked (A68)."""
    person = asked.form.person
    if person is not None and asked.subject is not None and asked.subject.knows_past:
        note_readings(request, [Reading(person.id, Seen.ALLOWANCES)])
