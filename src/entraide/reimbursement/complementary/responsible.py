"""The responsible contract, applied after the guarantee: what must not be paid, then what must be.

Rule identifiers are those of the annotated law: M for what must be paid, N for what must not
(CSS art. L871-1, R871-1, R871-2).
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from entraide.reimbursement.acts import CareBasket, Charge, Element
from entraide.reimbursement.care import Sector
from entraide.reimbursement.complementary.cover import Level
from entraide.reimbursement.complementary.guarantees import Form, Guarantee, Per
from entraide.reimbursement.complementary.renewal import is_too_early
from entraide.reimbursement.errors import CareError, CareFault
from entraide.reimbursement.money import portion

_CLINICAL = frozenset({"gp", "specialist"})
_GLASSES = frozenset({"glasses_a", "glasses_b"})
SINCE_2025 = frozenset({"wheelchair", "wig"})
"""Families that entered no-cost care by decree 2025-1131: their floor is M6."""

_OUTSIDE_SCHEME = frozenset({Sector.NON_OPTAM, Sector.UNCONTRACTED})


class Bound(NamedTuple):
    """A floor or a ceiling of this contract's payment, in cents, with the rule it comes from."""

    amount: int
    rule: str


def ceilings(level: Level, inside_scheme: int) -> Iterator[Bound]:
    """What the contract must not exceed. `inside_scheme`: what all contracts so far would pay under OPTAM."""
    family = level.procedure.family
    if level.statutory.increase and family.code in _CLINICAL:
        allowed = level.book.value("responsible.outside_pathway.excess", level.on) * level.care.line.quantity
        yield Bound(max(0, level.room - min(level.statutory.excess, allowed)), "N3")
    if family.doctor and level.care.line.sector in _OUTSIDE_SCHEME:
        yield Bound(max(0, non_optam_limit(level, inside_scheme) - level.paid), "N4")
    if family.code == "glasses_b":
        yield from _glasses(level)
    if family.code == "hearing_2":
        total = level.book.value("responsible.hearing.max", level.on)
        yield Bound(max(0, total - level.statutory.gross - level.paid), "N6")
    if is_too_early(level):
        yield Bound(level.copayment_due, "N5.renewal" if family.code in _GLASSES else "N6.renewal")


def floors(level: Level, guarantee: Guarantee | None) -> Iterator[Bound]:
    """What the contract must pay at least, whatever its table says."""
    family = level.procedure.family
    if family.charge is not Charge.NONE:
        yield Bound(level.copayment_due, "M2")
    elif not family.optional_copayment:
        yield Bound(level.copayment_due, "M1")
    if level.statutory.basket is CareBasket.NO_COST and not is_too_early(level):
        cap = level.statutory.price_cap
        if cap is None:
            fault = CareFault("price_cap", "nothing", f"the legal price limit of {level.procedure.code}")
            raise CareError(level.care.line.id, [fault])
        rule = "M6" if family.code in SINCE_2025 else "M3"
        yield Bound(max(0, min(level.care.line.fee, cap) - level.statutory.gross - level.paid), rule)
    if family.code == "glasses_b" and guarantee and not is_too_early(level) and _by_equipment(guarantee):
        least = level.book.value(f"responsible.glasses.min.{level.lenses}", level.on)
        yield Bound(max(0, min(level.room, least - _equipment_used(level) - level.paid)), "M4")


def non_optam_limit(level: Level, inside_scheme: int) -> int:
    """The most that responsible contracts together may pay to a doctor outside the fee scheme (N4).

    The co-payment, plus the smaller of the base and the excess paid under OPTAM less 20 points of the base.
    """
    base = level.statutory.base
    copayment = level.statutory.copayment - level.increase
    most = portion(base, level.book.value("responsible.non_optam.max", level.on))
    gap = portion(base, level.book.value("responsible.non_optam.gap", level.on))
    return copayment + min(most, max(0, inside_scheme - copayment - gap))


def equipment_key(level: Level) -> str:
    """The counter of everything that contracts pay on one pair of glasses."""
    equipment = level.care.line.equipment
    return f"equipment:{equipment.id}" if equipment and level.procedure.family.code == "glasses_b" else ""


def _glasses(level: Level) -> Iterator[Bound]:
    """The bounds include the co-payment but not the share of health insurance (text of art. R871-2)."""
    if level.procedure.element is Element.FRAME:
        frame = level.book.value("responsible.frame.max", level.on)
        yield Bound(max(0, frame - level.paid), "N5.frame")
    most = level.book.value(f"responsible.glasses.max.{level.lenses}", level.on)
    yield Bound(max(0, most - _equipment_used(level) - level.paid), "N5")


def _equipment_used(level: Level) -> int:
    key = equipment_key(level)
    return level.counters.used(key, date.min, date.max).amount if key else 0


def _by_equipment(guarantee: Guarantee) -> bool:
    return guarantee.form in {Form.FLAT, Form.PERCENT_OF_PMSS} and guarantee.per is Per.EQUIPMENT
