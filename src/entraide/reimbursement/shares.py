"""The contracts' part of a plan: small functions of integers, and the running counters of one person."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from entraide.reimbursement.acts import CareBasket, Procedure
from entraide.reimbursement.care import Care
from entraide.reimbursement.complementary.cover import Enrolment
from entraide.reimbursement.complementary.guarantees import (
    Allowance,
    Contract,
    Counts,
    Form,
    Guarantee,
    Per,
    Period,
    Scope,
    SharedBy,
)
from entraide.reimbursement.complementary.offers import UNLIMITED
from entraide.reimbursement.dates import add_months
from entraide.reimbursement.money import FULL, portion
from entraide.reimbursement.parameters.book import ParameterBook


class Beyond(Exception):
    """A case that integers alone do not say exactly: the engine prices the folder instead."""


class State:
    """What one person has used since the first of January, and today; cents and units."""

    __slots__ = ("amounts", "franchise", "participation", "today", "units", "year")

    def __init__(self) -> None:
        self.today: dict[object, int] = {}
        self.amounts: dict[str, int] = {}
        self.units: dict[str, int] = {}
        self.participation = self.franchise = self.year = 0

    def start(self, year: int) -> None:
        """A new year, or another person: nothing has been used."""
        self.year = year
        self.participation = self.franchise = 0
        if self.amounts:
            self.amounts.clear()
            self.units.clear()


Share = Callable[[int, int, int, int, State], tuple[int, ...]]
"""`(fee, base, gross, quantity, state)` to what is left before deductions, then each contract's share."""


@dataclass(frozen=True, slots=True)
class Payer:
    """One contract before one kind of line."""

    procedure: Procedure
    care: Care
    enrolment: Enrolment
    contract: Contract
    book: ParameterBook
    price_cap: int | None


@dataclass(frozen=True, slots=True)
class _Terms:
    """A guarantee as integers: the target is `rate` of the base and `flat` for each unit.

    `copayment` is a rate of the co-payment instead. `slot` names the counter; `size` and `acts` limit it
    (-1: no limit); `yearly` says that `flat` itself is the limit. `floor` asks for the co-payment, `cap`
    for no-cost care.
    """

    rate: int = 0
    flat: int = 0
    copayment: int = 0
    with_amo: bool = False
    with_previous: bool = False
    floor: bool = False
    cap: int = -1
    slot: str = ""
    size: int = -1
    acts: int = -1
    excess_only: bool = False
    yearly: bool = False


def share_of(payers: Sequence[Payer]) -> Share:
    """The function of these contracts in their order; `Beyond` when one of them has terms of another kind."""
    terms = [_terms(payer) for payer in payers]
    if not terms:
        return _nothing
    if len(terms) == 1 and not terms[0].slot and terms[0].cap < 0:
        return _single(terms[0])
    return _several(terms)


def _nothing(fee: int, base: int, gross: int, quantity: int, state: State) -> tuple[int, ...]:
    return (fee - gross,)


def _single(terms: _Terms) -> Share:
    """One contract without counters, by far the most frequent: no loop."""
    rate, flat, copayment, floor = terms.rate, terms.flat, terms.copayment, terms.floor
    included = 1 if terms.with_amo else 0

    def share(fee: int, base: int, gross: int, quantity: int, state: State) -> tuple[int, ...]:
        left = base - gross
        if copayment:
            paid = (left * copayment + 5_000) // FULL
        else:
            paid = (base * rate + 5_000) // FULL + flat * quantity - gross * included
        least = left if floor else 0
        if paid < least:
            paid = least
        room = fee - gross
        return (room - paid, paid) if paid < room else (0, room)

    return share


def _several(terms: Sequence[_Terms]) -> Share:
    def share(fee: int, base: int, gross: int, quantity: int, state: State) -> tuple[int, ...]:
        paid = 0
        shares = []
        for each in terms:
            amount = _pay(each, fee, base, gross, quantity, paid, state)
            shares.append(amount)
            paid += amount
        return (fee - gross - paid, *shares)

    return share


def _pay(terms: _Terms, fee: int, base: int, gross: int, quantity: int, previous: int, state: State) -> int:
    """What one contract pays after `previous`; moves its counter."""
    due = base - gross - previous
    if due < 0:
        due = 0
    room = fee - gross - previous
    amount = _offer(terms, base, gross, quantity, previous, state)
    if amount > room:
        amount = room
    units = quantity
    if terms.slot and not terms.yearly:
        amount, units = _within(terms, amount, due, quantity, state)
    least = due if terms.floor else 0
    if terms.cap >= 0:
        least = max(least, min(fee, terms.cap * quantity) - gross - previous)
    if amount < least:
        amount = least if least < room else room
    if terms.slot:
        _use(terms, amount, due, units, state)
    return amount


def _offer(terms: _Terms, base: int, gross: int, quantity: int, previous: int, state: State) -> int:
    if terms.copayment:
        target = ((base - gross) * terms.copayment + 5_000) // FULL
    elif terms.yearly:
        target = max(0, terms.flat - state.amounts.get(terms.slot, 0))
    else:
        target = (base * terms.rate + 5_000) // FULL + terms.flat * quantity
    if terms.with_amo:
        target -= gross
    if terms.with_previous:
        target -= previous
    return target if target > 0 else 0


def _within(terms: _Terms, amount: int, due: int, quantity: int, state: State) -> tuple[int, int]:
    outside = min(amount, due) if terms.excess_only else 0
    counted, units = amount - outside, quantity
    if terms.acts >= 0:
        units = min(quantity, max(0, terms.acts - state.units.get(terms.slot, 0)))
        if units < quantity and counted:
            counted = counted * units // quantity
    if terms.size >= 0:
        room = terms.size - state.amounts.get(terms.slot, 0)
        if counted > room:
            counted = max(0, room)
    return outside + counted, units


def _use(terms: _Terms, amount: int, due: int, units: int, state: State) -> None:
    counted = amount - (min(amount, due) if terms.excess_only else 0)
    if counted > 0:
        state.amounts[terms.slot] = state.amounts.get(terms.slot, 0) + counted
        state.units[terms.slot] = state.units.get(terms.slot, 0) + units


def _terms(payer: Payer) -> _Terms:
    contract, procedure = payer.contract, payer.procedure
    basket = procedure.basket_on(payer.care.line.on, None)
    floor = contract.responsible and not procedure.family.optional_copayment
    cap = -1
    if contract.responsible and basket is CareBasket.NO_COST:
        if payer.price_cap is None:
            raise Beyond
        cap = payer.price_cap
    sector = payer.care.line.sector
    for guarantee in contract.guarantees:
        if guarantee.applies_to(procedure, basket=basket, sector=sector, ward=None, lenses=""):
            return _of_guarantee(guarantee, payer, floor=floor, cap=cap)
    return _Terms(floor=floor, cap=cap)


def _of_guarantee(guarantee: Guarantee, payer: Payer, *, floor: bool, cap: int) -> _Terms:
    yearly = guarantee.per is Per.YEAR and guarantee.form in {Form.FLAT, Form.PERCENT_OF_PMSS}
    allowance, with_amo = guarantee.allowance, Scope.AMO in guarantee.includes
    if guarantee.per is Per.EQUIPMENT or (yearly and (allowance is not None or with_amo)):
        raise Beyond
    if allowance is not None and not _is_plain(allowance):
        raise Beyond
    number = payer.contract.number
    slot = f"{number}:{guarantee.id}" if yearly else f"{number}:{allowance.name}" if allowance else ""
    rate, flat, copayment = _figures(guarantee, payer)
    return _Terms(
        rate=rate,
        flat=flat,
        copayment=copayment,
        with_amo=with_amo,
        with_previous=Scope.PREVIOUS in guarantee.includes,
        floor=floor,
        cap=cap,
        slot=slot,
        size=-1 if allowance is None or allowance.amount is None else allowance.amount,
        acts=-1 if allowance is None or allowance.acts is None else allowance.acts,
        excess_only=allowance is not None and allowance.counts is Counts.EXCESS,
        yearly=yearly,
    )


def _figures(guarantee: Guarantee, payer: Payer) -> tuple[int, int, int]:
    """Rate of the base, cents for each unit, rate of the co-payment; all zero in a waiting period."""
    form = guarantee.form
    waits = guarantee.waiting_months and not payer.enrolment.waiting_waived
    if waits and payer.care.line.on < add_months(payer.enrolment.since, guarantee.waiting_months):
        return 0, 0, 0
    if form is Form.PERCENT_OF_BASE:
        return guarantee.rate, 0, 0
    if form is Form.PERCENT_OF_COPAYMENT:
        return 0, 0, guarantee.rate
    if form is Form.PERCENT_OF_PMSS:
        return 0, portion(payer.book.value("pmss", payer.care.line.on), guarantee.rate), 0
    if form is Form.ACTUAL_COST:
        return 0, UNLIMITED, 0
    return (guarantee.rate or FULL if form is Form.BASE_PLUS else 0), guarantee.amount, 0


def _is_plain(allowance: Allowance) -> bool:
    """Whether it is one person's and starts anew on the first of January."""
    calendar = allowance.period is Period.CALENDAR and allowance.months == 12
    return calendar and allowance.shared_by is SharedBy.BENEFICIARY and allowance.first_year is None
