"""Contracts in order, each on what is left: base, option, second contract."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from entraide.reimbursement.breakdown import Movement, Share, Step, StepKind
from entraide.reimbursement.care import Care, Sector
from entraide.reimbursement.complementary.cover import Cover, Level
from entraide.reimbursement.complementary.guarantees import Form, Guarantee
from entraide.reimbursement.complementary.limits import Limited, after_allowance, after_waiting, movements_of
from entraide.reimbursement.complementary.offers import UNLIMITED, offer_of
from entraide.reimbursement.complementary.renewal import renewal_movements
from entraide.reimbursement.complementary.responsible import Bound, ceilings, equipment_key, floors
from entraide.reimbursement.compulsory.statutory import Statutory
from entraide.reimbursement.counters import Counters
from entraide.reimbursement.money import Words, percent
from entraide.reimbursement.parameters.book import ParameterBook
from entraide.reimbursement.steps import step


@dataclass(frozen=True, slots=True, kw_only=True)
class Stacked:
    """What the contracts pay, in their order, with the steps and what the counters must record."""

    shares: tuple[Share, ...]
    steps: tuple[Step, ...]
    movements: tuple[Movement, ...]


def stack(statutory: Statutory, care: Care, cover: Cover, counters: Counters, book: ParameterBook) -> Stacked:
    """Each contract in its turn; together they never pay more than what is left (art. L224-8)."""
    shares: list[Share] = []
    steps: list[Step] = []
    movements: dict[Movement, None] = {}
    paid = inside_scheme = 0
    for enrolment, contract in cover.in_order(care):
        level = Level(
            care=care, statutory=statutory, enrolment=enrolment, contract=contract,
            family=cover.family, paid=paid, counters=counters, book=book,
        )  # fmt: skip
        inside_scheme += _inside_scheme(level, inside_scheme)
        settled = settle(level, inside_scheme)
        shares.append(Share(contract=contract.number, amount=settled.amount))
        steps += settled.steps
        movements |= dict.fromkeys(settled.movements)
        paid += settled.amount
    return Stacked(shares=tuple(shares), steps=tuple(steps), movements=tuple(movements))


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What one contract pays on one line."""

    amount: int
    steps: tuple[Step, ...]
    movements: tuple[Movement, ...]


def settle(level: Level, inside_scheme: int) -> Settled:
    """The guarantee, then the contract's own limits, then the law."""
    guarantee = level.guarantee()
    telling = _Telling(level, guarantee)
    amount, acts = 0, level.care.line.quantity
    if guarantee is None:
        telling.add(StepKind.GUARANTEE, 0, "guarantee.none")
    else:
        limited = _within_contract(guarantee, level, telling)
        amount, acts = limited.amount, limited.acts
    amount = _within_law(amount, guarantee, level, inside_scheme, telling)
    telling.add(StepKind.PAID, amount, "paid")
    return Settled(
        amount=amount, steps=tuple(telling.steps), movements=_movements(amount, acts, guarantee, level)
    )


def _within_contract(guarantee: Guarantee, level: Level, telling: "_Telling") -> Limited:
    offer = offer_of(guarantee, level)
    amount = min(offer, level.room)
    telling.add(StepKind.GUARANTEE, amount if offer >= UNLIMITED else offer, "guarantee")
    if amount < offer < UNLIMITED:
        telling.add(StepKind.LIMIT, amount, "room")
    waited = after_waiting(amount, guarantee, level)
    if waited.rule:
        telling.add(StepKind.LIMIT, waited.amount, waited.rule)
    limited = after_allowance(waited.amount, guarantee, level)
    if limited.rule:
        telling.add(StepKind.LIMIT, limited.amount, limited.rule)
    return limited


def _within_law(
    amount: int, guarantee: Guarantee | None, level: Level, inside_scheme: int, telling: "_Telling"
) -> int:
    """Ceilings first, floors last: what must be paid is never above a ceiling of the law."""
    if level.statutory.increase and level.bears_increase:
        telling.add(StepKind.POLICY, level.increase, "N2" if level.contract.responsible else "increase")
    if not level.contract.responsible:
        return amount
    for bound in ceilings(level, inside_scheme):
        if amount > bound.amount:
            amount = bound.amount
            telling.add(StepKind.POLICY, amount, bound.rule)
    least = _highest(floors(level, guarantee))
    if least is not None and amount < min(least.amount, level.room):
        amount = min(least.amount, level.room)
        telling.add(StepKind.POLICY, amount, least.rule)
    return amount


def _highest(bounds: Iterable[Bound]) -> Bound | None:
    return max(bounds, key=lambda bound: bound.amount, default=None)


def _inside_scheme(level: Level, inside_scheme: int) -> int:
    """What this contract would add for the same act charged under OPTAM, whatever the price (for N4)."""
    if not level.contract.responsible or not level.procedure.family.doctor:
        return 0
    guarantee = level.guarantee(Sector.OPTAM)
    return 0 if guarantee is None else offer_of(guarantee, replace(level, paid=inside_scheme))


def _movements(amount: int, acts: int, guarantee: Guarantee | None, level: Level) -> tuple[Movement, ...]:
    found = list(renewal_movements(level))
    if guarantee is not None:
        found += movements_of(amount, acts, guarantee, level)
    if amount and (key := equipment_key(level)) and level.contract.responsible:
        found.append(Movement(key=key, on=level.on, amount=amount, units=0))
    return tuple(found)


class _Telling:
    """Collects the steps of one contract."""

    def __init__(self, level: Level, guarantee: Guarantee | None) -> None:
        self.steps: list[Step] = []
        self._contract = level.contract
        self._guarantee = guarantee

    def add(self, kind: StepKind, amount: int, rule: str) -> None:
        detail = self._detail() if kind is StepKind.GUARANTEE else None
        if kind is StepKind.PAID:
            detail = self._contract.label
        self.steps.append(step(kind, amount, rule, detail=detail, contract=self._contract.number))

    def _detail(self) -> Words | None:
        if self._guarantee is None:
            return self._contract.label
        label = self._guarantee.label
        if self._guarantee.form in {Form.FLAT, Form.ACTUAL_COST}:
            return label
        rate = percent(self._guarantee.rate)
        return Words(f"{label.fr} ({rate.fr})", f"{label.en} ({rate.en})")
