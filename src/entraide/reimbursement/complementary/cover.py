"""The contracts of a person, in the order in which they pay, and one of them looking at one line."""

from dataclasses import dataclass
from datetime import date

from entraide.reimbursement.acts import Charge, Procedure
from entraide.reimbursement.care import Care, Sector, Ward
from entraide.reimbursement.complementary.guarantees import Contract, Guarantee, pair_of
from entraide.reimbursement.compulsory.statutory import Statutory
from entraide.reimbursement.counters import Counters
from entraide.reimbursement.errors import CareError, CareFault
from entraide.reimbursement.parameters.book import ParameterBook


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """A person under a contract. `versions` are its tables over the years; `since` starts waiting periods.

    `waiting_waived` is for people who come from another mutual without a gap.
    """

    versions: tuple[Contract, ...]
    since: date
    until: date | None = None
    waiting_waived: bool = False

    @property
    def number(self) -> str:
        return self.versions[0].number

    def on(self, day: date) -> Contract | None:
        """The table in force for care of that day; None when the person is not covered then."""
        if day < self.since or (self.until is not None and day > self.until):
            return None
        return next((each for each in self.versions if each.in_force(day)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """Everything a person has: the first enrolment pays first. `family` shares some allowances."""

    enrolments: tuple[Enrolment, ...] = ()
    family: str = ""

    def in_order(self, care: Care) -> tuple[tuple[Enrolment, Contract], ...]:
        """The contracts in force on the day of care; `CareError` when a cover exists but not on that day."""
        found = tuple((each, table) for each in self.enrolments if (table := each.on(care.line.on)))
        if self.enrolments and not found:
            begins = min(each.since for each in self.enrolments)
            fault = CareFault("on", care.line.on.isoformat(), f"a day of cover (the first one is {begins})")
            raise CareError(care.line.id, [fault])
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One contract before one line: what is known, and `paid`, what the contracts before it pay; cents."""

    care: Care
    statutory: Statutory
    enrolment: Enrolment
    contract: Contract
    family: str
    paid: int
    counters: Counters
    book: ParameterBook

    @property
    def procedure(self) -> Procedure:
        return self.statutory.procedure

    @property
    def on(self) -> date:
        return self.care.line.on

    @property
    def bears_increase(self) -> bool:
        """Whether what leaving the pathway costs stays with the patient (art. L871-1)."""
        return self.contract.responsible or not self.contract.pays_increase

    @property
    def increase(self) -> int:
        """The part of the co-payment that this contract must not pay; cents."""
        return self.statutory.increase if self.bears_increase else 0

    @property
    def copayment_due(self) -> int:
        """What is left of the co-payment for this contract; cents."""
        return max(0, self.statutory.copayment - self.increase - self.paid)

    @property
    def room(self) -> int:
        """What is left to pay, apart from what the law withholds and the increase; cents, never negative."""
        owed = self.care.line.fee
        if self.procedure.family.charge is not Charge.NONE:
            # What a bill asks beyond a charge of the law is not owed, so nobody refunds it.
            owed = self.statutory.gross + self.statutory.copayment
        return max(0, owed - self.statutory.gross - self.increase - self.paid)

    @property
    def lenses(self) -> str:
        equipment = self.care.line.equipment
        return pair_of(equipment.right, equipment.left) if equipment else ""

    def guarantee(self, sector: Sector | None = None) -> Guarantee | None:
        """The first line of the table about this act, as if charged in `sector` when it is given."""
        stay = self.care.line.stay
        ward: Ward | None = stay.ward if stay else None
        for each in self.contract.guarantees:
            if each.applies_to(
                self.procedure,
                basket=self.statutory.basket,
                sector=sector or self.care.line.sector,
                ward=ward,
                lenses=self.lenses,
            ):
                return each
        return None
