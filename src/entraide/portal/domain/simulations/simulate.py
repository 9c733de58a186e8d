"""One everyday case for one person: the result, the cheaper way beside it, the other levels of cover."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.simulations.answers import Answers, Fees, Setting
from entraide.portal.domain.simulations.cases import Care, Case
from entraide.portal.domain.simulations.levels import CoverLevel
from entraide.portal.domain.simulations.quotes import Quote, quote_lines
from entraide.portal.domain.simulations.refusals import refusing
from entraide.portal.domain.simulations.results import ReadingBook, Result, left_under, priced_result
from entraide.portal.domain.simulations.subjects import Subject
from entraide.reimbursement import CareBasket, CareError, CareLine, ParameterGap, Words, load_parameters
from entraide.reimbursement.complementary.remaining import renewals_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A result under one answer about fees."""

    fees: Fees
    result: Result


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What would be left under another level of cover, for each scenario in order; cents."""

    label: Words
    left: tuple[int, ...]
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """One scenario, or two when nobody knows what the doctor charges: first the one that leaves less.

    `supposes_base`: nobody said what health insurance takes as the price, and it counts.
    `due_from`: the day from which glasses or hearing aids are due again, when these come too early.
    """

    scenarios: tuple[Scenario, ...]
    other_way: Result | None
    levels: tuple[Compared, ...]
    supposes_base: bool = False
    due_from: date | None = None

    @property
    def main(self) -> Result:
        return self.scenarios[0].result

    @property
    def left_least(self) -> int:
        """What is left in the scenario that leaves less; cents."""
        return self.scenarios[0].result.left

    @property
    def left_most(self) -> int:
        return self.scenarios[-1].result.left

    @property
    def cheaper_way(self) -> Result | None:
        """The other way where it leaves less to pay than the dearest scenario; nothing to save: none."""
        most = max(each.result.left for each in self.scenarios)
        return self.other_way if self.other_way and self.other_way.left < most else None

    @property
    def is_no_cost(self) -> bool:
        """Whether every line is no-cost care already, at a price that the law allows."""
        return all(line.basket is CareBasket.NO_COST and not line.is_over_cap for line in self.main.lines)


def simulate(case: Case, answers: Answers, subject: Subject, levels: tuple[CoverLevel, ...]) -> Simulation:
    """Amounts as the engine that pays would find them; `DomainError` names the answer to put right."""

    def lines(fees: Fees) -> tuple[CareLine, ...]:
        return case.lines(replace(answers, fees=fees), _setting(subject))

    fees = _to_try(answers.fees) if "fees" in case.asks else (Fees.NONE,)
    with refusing():
        scenarios = _different(tuple(_scenario(each, lines, subject) for each in fees))
        compared = _compared([lines(each.fees) for each in scenarios], subject, levels, on=answers.on)
    other = _other_way(case.other_way, answers, subject) if case.other_way else None
    due_from = _due_from(scenarios[0].result, subject, on=answers.on)
    return Simulation(
        scenarios=scenarios,
        other_way=other,
        levels=compared,
        supposes_base="base" in case.asks and answers.base is None and scenarios[0].result.supposes_base,
        due_from=due_from,
    )


def simulate_quote(quote: Quote, subject: Subject, levels: tuple[CoverLevel, ...]) -> Simulation:
    """Every line of a quote in its order; `DomainError` names the field to put right."""

    def lines(fees: Fees) -> tuple[CareLine, ...]:
        return quote_lines(replace(quote, fees=fees), _setting(subject))

    with refusing():
        scenarios = _different(tuple(_scenario(each, lines, subject) for each in _to_try(quote.fees)))
        compared = _compared([lines(each.fees) for each in scenarios], subject, levels, on=quote.on)
    return Simulation(
        scenarios=scenarios,
        other_way=None,
        levels=compared,
        supposes_base=any(each.supposes_base for each in quote.lines),
        due_from=_due_from(scenarios[0].result, subject, on=quote.on),
    )


def _due_from(result: Result, subject: Subject, *, on: date) -> date | None:
    rules = {step.rule for line in result.lines for step in line.steps}
    if not rules & {"N5.renewal", "N6.renewal"}:
        return None
    hearing = "N6.renewal" in rules
    renewals = renewals_of(subject.situation, subject.counters, load_parameters(), on)
    return next((each.on for each in renewals if each.hearing == hearing), None)


def _setting(subject: Subject) -> Setting:
    return Setting(situation=subject.situation, book=load_parameters())


def _to_try(fees: Fees) -> tuple[Fees, ...]:
    return (Fees.MODERATE, Fees.FREE) if fees is Fees.UNKNOWN else (fees,)


def _scenario(fees: Fees, lines: Callable[[Fees], tuple[CareLine, ...]], subject: Subject) -> Scenario:
    book = ReadingBook(load_parameters())
    return Scenario(fees=fees, result=priced_result(lines(fees), subject, book))


def _different(scenarios: tuple[Scenario, ...]) -> tuple[Scenario, ...]:
    """One scenario when both give the same figures."""
    figures = {(each.result.total.amo, each.result.total.shares) for each in scenarios}
    found = scenarios if len(figures) > 1 else scenarios[:1]
    return tuple(sorted(found, key=lambda each: each.result.left))


def _other_way(care: Care, answers: Answers, subject: Subject) -> Result | None:
    """None where there is none, or where its price is not public."""
    try:
        lines = care(answers, _setting(subject))
        return priced_result(lines, subject, ReadingBook(load_parameters())) if lines else None
    except (DomainError, CareError, ParameterGap):
        return None


def _compared(
    variants: list[tuple[CareLine, ...]], subject: Subject, levels: tuple[CoverLevel, ...], *, on: date
) -> tuple[Compared, ...]:
    """The levels of the same kind, group or individual, as the person's own; nothing to compare: none."""
    own = frozenset(subject.level_id(on).split(","))
    kinds = {level.group for level in levels if level.numbers & own}
    found = tuple(
        _under(level, variants, subject, is_current=level.numbers == own)
        for level in levels
        if not kinds or level.group in kinds
    )
    return found if len(found) > 1 else ()


def _under(
    level: CoverLevel, variants: list[tuple[CareLine, ...]], subject: Subject, *, is_current: bool
) -> Compared:
    """One's own level as it is, waiting periods included; the others as if they had been held for long."""
    cover = subject.cover if is_current else level.cover(subject.cover.family)
    left = tuple(left_under(lines, subject, cover, load_parameters()) for lines in variants)
    return Compared(label=level.label, left=left, is_current=is_current)
