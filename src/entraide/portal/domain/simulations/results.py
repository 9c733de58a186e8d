"""The figures of one way to be treated: who pays what, why, and which public figures were read."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from entraide.portal.domain.simulations.subjects import Subject
from entraide.reimbursement import (
    Breakdown,
    Care,
    CareBasket,
    CareLine,
    Cover,
    ParameterBook,
    Share,
    Side,
    Step,
    StepKind,
    Words,
    euros,
    load_vocabulary,
    price_in_order,
)
from entraide.reimbursement.acts import Charge, Element, Procedure
from entraide.reimbursement.compulsory.base import price_cap_of
from entraide.reimbursement.parameters.book import Value

_EYES = {Side.RIGHT: Words("œil droit", "right eye"), Side.LEFT: Words("œil gauche", "left eye")}
_ASSUMED_BASE = "base.given"


@dataclass(frozen=True, slots=True, kw_only=True)
class PricedLine:
    """One act, or `count` acts with the same figures; the breakdown is that of one of them.

    `price_cap` is the most that may be asked for an act of a capped basket, in cents.
    """

    label: Words
    count: int
    basket: CareBasket | None
    price_cap: int | None
    breakdown: Breakdown

    @property
    def is_over_cap(self) -> bool:
        """Whether more is asked than the law allows."""
        return self.price_cap is not None and self.breakdown.fee > self.price_cap

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every step; a base that was typed or supposed does not pass for one of the fund."""
        return tuple(_supposed(each) if each.rule == _ASSUMED_BASE else each for each in self.breakdown.steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """Lines in the order of care, their total, the public figures that were read, the day of each act."""

    lines: tuple[PricedLine, ...]
    total: Breakdown
    figures: tuple[Value, ...]
    days: tuple[date, ...]

    @property
    def left(self) -> int:
        return self.total.left

    @property
    def by_year(self) -> dict[int, int]:
        """How many acts fall in each calendar year: each year has its own allowances and caps."""
        return {year: len(list(days)) for year, days in groupby(self.days, key=lambda day: day.year)}

    @property
    def is_to_confirm(self) -> bool:
        """Whether a public figure was read that nobody has read at its source yet."""
        return any(each.confirm for each in self.figures)

    @property
    def supposes_base(self) -> bool:
        return any(_ASSUMED_BASE in each.breakdown.rules for each in self.lines)


class ReadingBook(ParameterBook):
    """The same public figures; remembers which of them were read."""

    def __init__(self, book: ParameterBook) -> None:
        super().__init__(book)
        self._read: dict[tuple[str, date], Value] = {}

    def find(self, key: str, on: date) -> Value | None:
        row = super().find(key, on)
        if row is not None:
            self._read[key, row.first] = row
        return row

    @property
    def read(self) -> tuple[Value, ...]:
        return tuple(self._read[place] for place in sorted(self._read))


def priced_result(lines: Iterable[CareLine], subject: Subject, book: ReadingBook) -> Result:
    """The lines priced in order for this person, each seeing what those before it used."""
    care_lines = tuple(lines)
    breakdowns = _breakdowns(care_lines, subject, subject.cover, book)
    cares = {each.id: Care(line=each, situation=subject.situation) for each in care_lines}
    return Result(
        lines=_grouped(cares, breakdowns, book),
        total=_total(breakdowns, care_lines[0].on),
        figures=book.read,
        days=tuple(sorted(each.on for each in care_lines)),
    )


def left_under(lines: Iterable[CareLine], subject: Subject, cover: Cover, book: ParameterBook) -> int:
    """What would be left of the same lines under another cover; cents."""
    return sum(each.left for each in _breakdowns(lines, subject, cover, book))


def _breakdowns(
    lines: Iterable[CareLine], subject: Subject, cover: Cover, book: ParameterBook
) -> list[Breakdown]:
    cares = [Care(line=each, situation=subject.situation) for each in lines]
    found = price_in_order(cares, cover, subject.counters, book)[0]
    return [_within_price(each) if "charge.major" in each.rules else each for each in found]


def _within_price(charge: Breakdown) -> Breakdown:
    """The flat charge of a major procedure takes the place of the co-payment (CSS art. R160-16).

    It is a part of the price of the stay that health insurance does not pay, and no price of its own.
    """
    steps = tuple(each for each in charge.steps if each.kind is not StepKind.SPEND)
    return replace(charge, fee=0, amo=charge.amo - charge.fee, steps=steps)


def _grouped(
    cares: dict[str, Care], breakdowns: list[Breakdown], book: ParameterBook
) -> tuple[PricedLine, ...]:
    found: dict[tuple[object, ...], PricedLine] = {}
    for breakdown in breakdowns:
        care = cares[breakdown.line]
        words = tuple(step.words for step in breakdown.steps)
        key = (
            _label(load_vocabulary().procedures[care.line.act], care),
            breakdown.fee,
            breakdown.amo,
            breakdown.shares,
            words,
        )
        if key in found:
            found[key] = replace(found[key], count=found[key].count + 1)
        else:
            found[key] = _priced_line(care, breakdown, book)
    return tuple(found.values())


def _priced_line(care: Care, breakdown: Breakdown, book: ParameterBook) -> PricedLine:
    procedure = load_vocabulary().procedures[care.line.act]
    basket = procedure.basket_on(care.line.on, care.line.tooth)
    capped = basket in {CareBasket.NO_COST, CareBasket.CAPPED}
    return PricedLine(
        label=_label(procedure, care),
        count=1,
        basket=basket,
        price_cap=price_cap_of(procedure, care, book) if capped else None,
        breakdown=breakdown,
    )


def _label(procedure: Procedure, care: Care) -> Words:
    """The act; for nights, how many the amount is for."""
    words, nights = procedure.label, care.line.quantity
    if procedure.family.charge is Charge.MAJOR:
        return Words(f"{words.fr}, à la place du ticket modérateur", f"{words.en}, instead of the co-payment")
    if procedure.element is Element.LENS and care.line.side is not None:
        eye = _EYES[care.line.side]
        return Words(f"{words.fr}, {eye.fr}", f"{words.en}, {eye.en}")
    if nights > 1:
        return Words(
            words.fr.replace(", une nuit", f", {nights} nuits"),
            words.en.replace(", one night", f", {nights} nights"),
        )
    return words


def _total(breakdowns: list[Breakdown], on: date) -> Breakdown:
    shares: dict[str, int] = {}
    for share in (share for each in breakdowns for share in each.shares):
        shares[share.contract] = shares.get(share.contract, 0) + share.amount
    return Breakdown(
        line="total",
        on=on,
        fee=sum(each.fee for each in breakdowns),
        base=sum(each.base for each in breakdowns),
        rate=0,
        gross=sum(each.gross for each in breakdowns),
        withheld=sum(each.withheld for each in breakdowns),
        amo=sum(each.amo for each in breakdowns),
        shares=tuple(Share(contract=number, amount=amount) for number, amount in shares.items()),
        left=sum(each.left for each in breakdowns),
        steps=(),
        movements=(),
    )


def _supposed(step: Step) -> Step:
    shown = euros(step.amount)
    return replace(
        step,
        source="",
        words=Words(
            f"Tarif de référence retenu pour cette estimation\N{NO-BREAK SPACE}: {shown.fr}.",
            f"Reference tariff taken for this estimate: {shown.en}.",
        ),
    )
