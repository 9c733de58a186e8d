"""Sample lines on which a table is judged: what it promises by itself, before the law corrects it."""

from dataclasses import dataclass, replace
from datetime import date

from entraide.reimbursement.acts import Charge, Procedure
from entraide.reimbursement.breakdown import Movement
from entraide.reimbursement.care import (
    Care,
    CareLine,
    Equipment,
    LensClass,
    Sector,
    Side,
    Situation,
    Stay,
    Ward,
)
from entraide.reimbursement.complementary.cover import Enrolment, Level
from entraide.reimbursement.complementary.guarantees import Contract
from entraide.reimbursement.complementary.stacking import settle
from entraide.reimbursement.compulsory.base import price_cap_of
from entraide.reimbursement.compulsory.share import statutory_of
from entraide.reimbursement.counters import Counters
from entraide.reimbursement.dates import add_months, days_between
from entraide.reimbursement.parameters.book import ParameterBook

BASE = 10_000
"""The base of sample acts, 100.00: shares of it read like percents."""

ADULT_AGE, CHILD_AGE = 40, 10
PAIRS = {
    "a": (LensClass.SIMPLE, LensClass.SIMPLE),
    "b": (LensClass.SIMPLE, LensClass.COMPLEX),
    "c": (LensClass.COMPLEX, LensClass.COMPLEX),
    "d": (LensClass.SIMPLE, LensClass.VERY_COMPLEX),
    "e": (LensClass.COMPLEX, LensClass.VERY_COMPLEX),
    "f": (LensClass.VERY_COMPLEX, LensClass.VERY_COMPLEX),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What tables promise together on a sample line; cents."""

    amount: int
    gross: int
    copayment: int
    price_cap: int | None


class Bench:
    """Asks contracts, in their order, what their tables say of a sample line on one day."""

    def __init__(self, contracts: tuple[Contract, ...], book: ParameterBook, on: date) -> None:
        self._contracts, self._book, self._on = contracts, book, on
        self._counters = Counters()

    def ask(self, procedure: Procedure, line: CareLine, *, age: int = ADULT_AGE) -> Promise:
        """The promise on this line; glasses of one pair share its budget from line to line."""
        born = add_months(self._on, -12 * age)
        care = Care(line=line, situation=Situation(person="sample", born_on=born))
        statutory = statutory_of(procedure, care, Counters(), self._book)
        paid, movements = 0, list[Movement]()
        for contract in self._contracts:
            # As if no law corrected it: the table alone.
            alone = replace(contract, responsible=False, pays_increase=True)
            enrolment = Enrolment(versions=(alone,), since=date(1900, 1, 1))
            level = Level(
                care=care,
                statutory=statutory,
                enrolment=enrolment,
                contract=alone,
                family="sample",
                paid=paid,
                counters=self._counters,
                book=self._book,
            )
            settled = settle(level, 0)
            movements += settled.movements
            paid += settled.amount
        if line.equipment is not None:
            self._counters = self._counters.add(movements, line=line.id)
        return Promise(
            amount=paid,
            gross=statutory.gross,
            copayment=statutory.copayment,
            price_cap=statutory.price_cap,
        )

    def ordinary(
        self, procedure: Procedure, *, sector: Sector = Sector.REGULATED, fee: int = BASE
    ) -> CareLine:
        """A line of the act with a base of 100.00 and what the act needs to be priced."""
        charge = procedure.family.charge is not Charge.NONE
        stay = Stay(id="sample", first_day=self._on, last_day=add_months(self._on, 1), ward=Ward.GENERAL)
        return CareLine(
            id=procedure.code,
            act=procedure.code,
            on=self._on,
            fee=self._legal_charge(procedure, stay) if charge else fee,
            base=None if charge else BASE,
            sector=sector,
            side=Side.LEFT,
            equipment=pair("a", "ordinary") if procedure.family.code.startswith("glasses") else None,
            stay=stay if charge else None,
        )

    def at_cap(self, procedure: Procedure) -> CareLine:
        """A line of no-cost care at its price limit; 500.00 on a base of 100.00 when no figure is known."""
        line = self.ordinary(procedure, fee=5 * BASE)
        care = Care(
            line=line, situation=Situation(person="sample", born_on=add_months(self._on, -12 * ADULT_AGE))
        )
        cap = price_cap_of(procedure, care, self._book)
        if cap is None:
            return replace(line, price_cap=5 * BASE)
        return replace(line, fee=cap, base=None if procedure.base else min(BASE, cap))

    def _legal_charge(self, procedure: Procedure, stay: Stay) -> int:
        if procedure.family.charge is Charge.DAILY:
            days = days_between(stay.first_day, stay.last_day)
            return sum(self._book.value("hospital.daily", day) for day in days)
        return self._book.value(f"hospital.{procedure.family.charge.value}", self._on)


def pair(name: str, equipment: str) -> Equipment:
    """A pair of glasses of the class `a` to `f`."""
    right, left = PAIRS[name]
    return Equipment(id=f"{equipment}-{name}", right=right, left=left)
