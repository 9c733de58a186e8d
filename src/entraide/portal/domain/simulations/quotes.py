"""A quote as it is typed: its acts in their order, and the care that they stand for."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from django.utils.translation import gettext as _

from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.simulations.answers import SECTORS, Fees, Setting
from entraide.portal.domain.simulations.limits import base_wanted, within_cap, without_hidden_excess
from entraide.portal.domain.simulations.lines import DAYS_BETWEEN_SESSIONS
from entraide.portal.domain.simulations.prices import with_base
from entraide.reimbursement import (
    CareBasket,
    CareLine,
    Equipment,
    Kind,
    LensClass,
    Side,
    Stay,
    Words,
    load_vocabulary,
)
from entraide.reimbursement.acts import Charge, Element, Organ, Procedure, Withheld

MOST_LINES = 8
_SIDES = (Side.RIGHT, Side.LEFT)
_LENSES = {
    LensClass.SIMPLE: Words("simple", "simple"),
    LensClass.COMPLEX: Words("complexe", "complex"),
    LensClass.VERY_COMPLEX: Words("très complexe", "very complex"),
}
# What a stay costs by day is a case of its own; what the law withholds is no care.
_LEFT_OUT = frozenset({"hospital_stay", "withheld"})


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedAct:
    """An act that may stand in a quote. `value` is its code, and for a lens its class too: `VERB.simple`."""

    value: str
    label: Words
    kind: Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteLine:
    """One line of a quote: the price of all its units, in cents; `base` only when the quote says it.

    `number` is the one it was typed under: a refusal names the fields of that line.
    """

    act: str
    price: int
    quantity: int = 1
    base: int | None = None
    tooth: int | None = None
    number: int = 1

    @property
    def supposes_base(self) -> bool:
        """Whether the price stands in for the base; what medicines cost is their base."""
        procedure = load_vocabulary().procedures[self.act.split(".")[0]]
        refunded = bool(procedure.rate) and procedure.family.kind is not Kind.PHARMACY
        return self.base is None and refunded and not procedure.base


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    on: date
    fees: Fees
    lines: tuple[QuoteLine, ...]


@lru_cache(maxsize=4)
def offered_acts(on: date) -> Mapping[str, OfferedAct]:
    """What a quote of that day may hold, in the order of the vocabulary."""
    found: dict[str, OfferedAct] = {}
    for procedure in load_vocabulary().procedures.values():
        if not _can_be_priced(procedure, on):
            continue
        kind = procedure.family.kind
        if procedure.element is Element.LENS:
            for lens, words in _LENSES.items():
                if procedure.family.code == "glasses_a" and lens is not LensClass.SIMPLE:
                    continue
                label = (
                    Words(f"{procedure.label.fr}, {words.fr}", f"{procedure.label.en}, {words.en}")
                    if procedure.family.code == "glasses_b"
                    else procedure.label
                )
                value = f"{procedure.code}.{lens.value}"
                found[value] = OfferedAct(value=value, label=label, kind=kind)
        else:
            found[procedure.code] = OfferedAct(value=procedure.code, label=procedure.label, kind=kind)
    return found


def quote_lines(quote: Quote, setting: Setting) -> tuple[CareLine, ...]:
    """The care of a quote. Two of what is worn on a side are one for each side; lenses make one pair."""
    found: list[CareLine] = []
    _check_worn(quote)
    equipment = _equipment(quote)
    worn: dict[str, int] = {}
    for position, each in enumerate(quote.lines):
        code = each.act.split(".")[0]
        procedure = load_vocabulary().procedures[code]
        line = CareLine(
            id=f"{position:02d}", act=code, on=quote.on, fee=each.price, quantity=each.quantity,
            sector=SECTORS[quote.fees], tooth=each.tooth,
            equipment=equipment if procedure.element is not Element.NONE else None,
            stay=_stay(quote) if procedure.needs_stay else None,
        )  # fmt: skip
        line = base_wanted(line, quote.fees, base=each.base, field=f"base_{each.number}")
        if each.base is not None or (procedure.rate and not procedure.base):
            line = with_base(line, base=each.base)
        line = within_cap(line, setting, field=f"price_{each.number}")
        line = without_hidden_excess(line, quote.fees, setting)
        if procedure.organ is not Organ.NONE or procedure.element is Element.LENS:
            found += _by_side(line, worn)
        elif _is_by_day(procedure):
            found += _by_day(line)
        else:
            found.append(line)
    return tuple(found)


def _check_worn(quote: Quote) -> None:
    """Nobody wears more than two hearing aids or lenses, nor two frames at once; `DomainError`."""
    counts: dict[str, int] = {}
    for each in quote.lines:
        procedure = load_vocabulary().procedures[each.act.split(".")[0]]
        if not (procedure.organ is Organ.EAR or procedure.element is not Element.NONE):
            continue
        place = procedure.element.value if procedure.element is not Element.NONE else procedure.organ.value
        most = 1 if procedure.element is Element.FRAME else 2
        counts[place] = counts.get(place, 0) + each.quantity
        if counts[place] > most:
            message = _("C’est plus qu’une personne n’en porte : faites un calcul par équipement.")
            raise DomainError(message, field=f"quantity_{each.number}")


def _by_side(line: CareLine, worn: dict[str, int]) -> list[CareLine]:
    """One line for each side, right first; what was bought before in the same quote counts."""
    found = []
    for number in range(line.quantity):
        rank = worn.get(line.act, 0)
        worn[line.act] = rank + 1
        found.append(
            replace(
                line,
                id=f"{line.id}.{number}",
                fee=_part(line.fee, number, line.quantity),
                base=None if line.base is None else _part(line.base, number, line.quantity),
                quantity=1,
                side=_SIDES[rank % 2],
            )
        )
    return found


def _is_by_day(procedure: Procedure) -> bool:
    """Whether each unit is a day of its own: visits, sessions, trips; deductions are limited by the day."""
    family = procedure.family
    limited = family.contribution in {Withheld.SESSION, Withheld.TRIP} or (
        family.doctor and not procedure.needs_stay
    )
    return limited or family.code in {"alternative", "prevention"}


def _by_day(line: CareLine) -> list[CareLine]:
    """One line for each unit, on days of their own."""
    return [
        replace(
            line,
            id=f"{line.id}.{number:02d}",
            on=line.on + timedelta(days=DAYS_BETWEEN_SESSIONS * number),
            fee=_part(line.fee, number, line.quantity),
            base=None if line.base is None else _part(line.base, number, line.quantity),
            quantity=1,
        )
        for number in range(line.quantity)
    ]


def _part(cents: int, number: int, of: int) -> int:
    return cents * (number + 1) // of - cents * number // of


def _equipment(quote: Quote) -> Equipment:
    lenses = [
        LensClass(each.act.split(".")[1])
        for each in quote.lines
        if "." in each.act
        for _unit in range(each.quantity)
    ] or [LensClass.SIMPLE]
    return Equipment(id="quote", right=lenses[0], left=lenses[min(1, len(lenses) - 1)])


def _stay(quote: Quote) -> Stay:
    return Stay(id="quote", first_day=quote.on, last_day=quote.on)


def _can_be_priced(procedure: Procedure, on: date) -> bool:
    """Acts whose figures are public, or stand in the quote; the limits of no-cost care must be known."""
    family = procedure.family
    if family.code in _LEFT_OUT or family.charge is not Charge.NONE:
        return False
    baskets = {period.basket for period in procedure.baskets if period.first <= on}
    return CareBasket.NO_COST not in baskets or bool(procedure.base and procedure.cap)
