"""Guarantees as data: what a contract promises, in every form a mutual writes it (docs/guarantees.md)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from entraide.reimbursement.acts import CareBasket, Procedure
from entraide.reimbursement.care import LensClass, Sector, Ward
from entraide.reimbursement.money import Words


class Form(StrEnum):
    """How a benefit is counted."""

    PERCENT_OF_BASE = "percent_of_base"
    PERCENT_OF_COPAYMENT = "percent_of_copayment"
    FLAT = "flat"
    PERCENT_OF_PMSS = "percent_of_pmss"
    ACTUAL_COST = "actual_cost"
    BASE_PLUS = "base_plus"


class Per(StrEnum):
    """What a flat amount is for."""

    ACT = "act"
    DAY = "day"
    NIGHT = "night"
    SESSION = "session"
    SEMESTER = "semester"
    EAR = "ear"
    EYE = "eye"
    EQUIPMENT = "equipment"
    YEAR = "year"


class Scope(StrEnum):
    """Payments that a level already includes: health insurance, the contracts before this one."""

    AMO = "amo"
    PREVIOUS = "previous"


class Period(StrEnum):
    """The years of an allowance: civil, of the contract, or the months before the care."""

    CALENDAR = "calendar"
    CONTRACT = "contract"
    ROLLING = "rolling"


class SharedBy(StrEnum):
    BENEFICIARY = "beneficiary"
    FAMILY = "family"


class Counts(StrEnum):
    """What uses an allowance: only what goes beyond the co-payment, or everything that is paid."""

    EXCESS = "excess"
    ALL = "all"


class CoverageTier(StrEnum):
    BASE = "base"
    OPTION = "option"
    TOP_UP = "top_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """A limit over a period: cents, acts, or both. Guarantees of one `name` share it.

    `first_year` replaces the amount during the first twelve months of the contract.
    """

    name: str
    amount: int | None
    acts: int | None
    months: int
    period: Period
    shared_by: SharedBy
    counts: Counts
    first_year: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarantee:
    """One line of the table. Empty selections mean: whatever it is."""

    id: str
    label: Words
    families: frozenset[str]
    acts: frozenset[str]
    baskets: frozenset[CareBasket]
    sectors: frozenset[Sector]
    wards: frozenset[Ward]
    lenses: frozenset[str]
    form: Form
    rate: int
    amount: int
    per: Per
    includes: frozenset[Scope]
    allowance: Allowance | None
    waiting_months: int

    def applies_to(
        self,
        procedure: Procedure,
        *,
        basket: CareBasket | None,
        sector: Sector,
        ward: Ward | None,
        lenses: str,
    ) -> bool:
        """Whether this line of the table is about such an act."""
        return (
            (procedure.code in self.acts or procedure.family.code in self.families)
            and (not self.baskets or basket in self.baskets)
            and (not self.sectors or sector in self.sectors)
            and (not self.wards or ward in self.wards)
            and (not self.lenses or lenses in self.lenses)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """A contract's table for some years. `pays_increase` covers what leaving the pathway costs."""

    number: str
    label: Words
    tier: CoverageTier
    responsible: bool
    group: bool
    third_party_payment: bool
    pays_increase: bool
    valid_from: date
    valid_until: date | None
    guarantees: tuple[Guarantee, ...]
    file: str = ""

    def in_force(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)


_PAIRS = {
    (LensClass.SIMPLE, LensClass.SIMPLE): "a",
    (LensClass.COMPLEX, LensClass.SIMPLE): "b",
    (LensClass.COMPLEX, LensClass.COMPLEX): "c",
    (LensClass.SIMPLE, LensClass.VERY_COMPLEX): "d",
    (LensClass.COMPLEX, LensClass.VERY_COMPLEX): "e",
    (LensClass.VERY_COMPLEX, LensClass.VERY_COMPLEX): "f",
}


def pair_of(right: LensClass, left: LensClass) -> str:
    """The class of a pair of glasses, `a` to `f` (art. R871-2 3°)."""
    first, second = sorted((right, left))
    return _PAIRS[first, second]
