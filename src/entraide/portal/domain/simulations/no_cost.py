"""The three examples with which 100 % Santé was announced, at the figures of then and now (INFO-02…04)."""

from dataclasses import dataclass
from datetime import date

from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.simulations.answers import Answers, Setting
from entraide.portal.domain.simulations.cases import CASES, Care
from entraide.portal.domain.simulations.levels import CoverLevel
from entraide.portal.domain.simulations.lines import hearing_aids, no_cost_glasses
from entraide.portal.domain.simulations.results import ReadingBook, Result, priced_result
from entraide.portal.domain.simulations.subjects import VISITOR_AGE, visitor
from entraide.reimbursement import CareError, ParameterGap, load_parameters

COMPLETE_SINCE = date(2021, 1, 1)
"""The first day on which glasses, teeth and hearing aids were all in the reform."""

_EXAMPLES: tuple[tuple[str, str, Care], ...] = (
    ("lunettes", "", no_cost_glasses),
    ("couronne", "", CASES["couronne"].lines),
    ("aides-auditives", "AU1", hearing_aids),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoCostExample:
    """One kind of equipment, named by its case: what was paid in 2021, and what is today."""

    case: str
    then: Result
    now: Result


def no_cost_examples(levels: tuple[CoverLevel, ...], *, on: date) -> tuple[NoCostExample, ...]:
    """An adult under the first of these levels; nothing where its table was not in force then."""
    if not levels:
        return ()
    try:
        return tuple(
            NoCostExample(
                case=case,
                then=_priced(act, care, levels[0], on=COMPLETE_SINCE),
                now=_priced(act, care, levels[0], on=on),
            )
            for case, act, care in _EXAMPLES
        )
    except (DomainError, CareError, ParameterGap):
        return ()


def _priced(act: str, care: Care, level: CoverLevel, *, on: date) -> Result:
    subject = visitor(age=VISITOR_AGE, level=level, today=on)
    setting = Setting(situation=subject.situation, book=load_parameters())
    return priced_result(care(Answers(on=on, act=act), setting), subject, ReadingBook(load_parameters()))
