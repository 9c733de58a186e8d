"""The estimate in PDF: the figures of the page, to keep or to show to an adviser (B-03)."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from entraide.portal.domain.simulations.cases import Way
from entraide.portal.domain.simulations.results import PricedLine, Result
from entraide.portal.domain.simulations.simulate import Scenario, Simulation
from entraide.portal.domain.simulations.subjects import Subject
from entraide.portal.foundation.papers import render_pdf
from entraide.portal.foundation.web.wording import PARIS, day, money
from entraide.portal.member_site.simulation.asked import Asked
from entraide.portal.member_site.simulation.labels import SCENARIOS, story_of_line
from entraide.portal.member_site.simulation.reserves import (
    beside_amount,
    left_words,
    reserves,
    when_words,
)
from entraide.portal.member_site.why import said

_TEMPLATE = "member_site/simulation/estimate.typ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What stands with the figures: for whom, what was answered, which cheaper way, the day of the paper."""

    whom: str
    subject: Subject
    answers: tuple[tuple[str, str], ...]
    way: Way | None
    on: date


def estimate_of(asked: Asked, *, on: date, language: str) -> bytes:
    """The PDF of answers that have a result."""
    assert asked.found is not None
    assert asked.subject is not None
    around = Around(
        whom=asked.whom, subject=asked.subject, answers=tuple(asked.form.told()), way=asked.way, on=on
    )
    return estimate_paper(asked.found, around, care=asked.title, language=language)


def estimate_paper(found: Simulation, around: Around, *, care: str, language: str) -> bytes:
    """The PDF; the same answers on the same day give the same bytes."""
    with override(language):
        title = _("Reste à charge : %(care)s") % {"care": care}
        data = _data(found, around)
    at = datetime.combine(around.on, time(12), tzinfo=PARIS)
    return render_pdf(_TEMPLATE, data, language=language, title=title, at=at)


def _data(found: Simulation, around: Around) -> dict[str, Any]:
    several = len(found.scenarios) > 1
    return {
        "facts": [
            [_("Estimation"), around.whom],
            [_("Calcul"), when_words(found, today=around.on)],
            [_("Calculée le"), day(around.on)],
        ],
        "answers_title": _("Vos réponses"),
        "answers": [list(each) for each in around.answers],
        "beside": beside_amount(found, around.subject),
        "cheaper": _cheaper(found, around.way),
        "reserves_title": _("Ce qui peut changer ce montant"),
        "reserves": reserves(found, around.subject),
        "answer": _("Reste à votre charge"),
        "left": left_words(found),
        "head": [_("Qui paie quoi"), _("Montant")],
        "scenarios": [_scenario(each, several=several) for each in found.scenarios],
        "levels_title": _("Et avec un autre niveau de garanties ?") if found.levels else "",
        "levels_head": [_("Niveau"), _("Reste à votre charge")],
        "levels": [
            [said(each.label), " – ".join(dict.fromkeys(money(cents) for cents in each.left))]
            for each in found.levels
        ],
        "closing": _("C’est une estimation : seul le remboursement fait foi."),
    }


def _cheaper(found: Simulation, way: Way | None) -> list[dict[str, Any]]:
    """The cheaper way that stands beside the result, or nothing."""
    if found.cheaper_way is None:
        return []
    no_cost = _("La solution 100 %% Santé, à côté") % {}
    title = no_cost if way is Way.NO_COST else _("Avec un médecin sans dépassement")
    return [{"title": title, "shares": _shares(found.cheaper_way)}]


def _scenario(scenario: Scenario, *, several: bool) -> dict[str, Any]:
    return {
        "title": str(SCENARIOS[scenario.fees]) if several else _("Ce que vous prévoyez"),
        "shares": _shares(scenario.result),
        "lines": [_line(each) for each in scenario.result.lines],
    }


def _shares(result: Result) -> list[list[str]]:
    total = result.total.display()
    rows = [
        [_("Dépense"), money(total.spend)],
        [_("Sécurité sociale"), money(total.amo)],
        [_("Votre mutuelle"), money(total.amc)],
        [_("Reste à votre charge"), money(total.left)],
    ]
    if total.note:
        rows[-1][0] = f"{rows[-1][0]} ({said(total.note)})"
    return rows


def _line(line: PricedLine) -> dict[str, Any]:
    label = said(line.label)
    if line.count > 1:
        label = _("%(act)s, %(count)s fois (montants pour une)") % {"act": label, "count": line.count}
    return {
        "head": [label, _("Montant")],
        "steps": [
            [each.words, " · ".join(one for one in (each.rule, each.note) if one), money(each.amount)]
            for each in story_of_line(line).sentences
        ],
    }
