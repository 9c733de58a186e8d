"""Flat contribution and deductibles, with their caps of the day and of the year in the order of care."""

from dataclasses import dataclass
from datetime import date

from entraide.reimbursement.acts import Procedure, Withheld
from entraide.reimbursement.breakdown import Movement
from entraide.reimbursement.care import Care, Exemption
from entraide.reimbursement.counters import Counters
from entraide.reimbursement.parameters.book import ParameterBook


@dataclass(frozen=True, slots=True, kw_only=True)
class Deduction:
    """What is taken off the share of health insurance; cents. `rule` says which cap bound it, if one did."""

    amount: int
    rule: str
    source: str
    movements: tuple[Movement, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """Which parameters and counters rule a kind of deduction."""

    amount: str
    cap_day: str
    cap_year: str
    year_key: str
    day_key: str


def deduction_of(
    procedure: Procedure, care: Care, gross: int, counters: Counters, book: ParameterBook
) -> Deduction:
    """What the law withholds from `gross` cents on this line (CSS art. L160-13 II and III)."""
    kind = procedure.family.contribution
    if kind is Withheld.NONE or gross <= 0:
        return Deduction(amount=0, rule="withheld.none", source="")
    if exempt := _exempt(care, book):
        return Deduction(amount=0, rule=exempt, source="CSS art. L160-13, L160-15, R160-20")
    keys = _keys(kind, care)
    row = book.row(keys.amount, care.line.on)
    amount, rule = _capped(row.value * care.line.quantity, keys, care.line.on, counters, book)
    if amount > gross:
        amount, rule = gross, "withheld.share"
    return Deduction(
        amount=amount, rule=rule, source=row.source, movements=movements_of(procedure, care, amount)
    )


def _exempt(care: Care, book: ParameterBook) -> str:
    situation = care.situation
    if situation.age_on(care.line.on) < book.value("withheld.age_from", care.line.on):
        return "withheld.exempt.minor"
    if situation.means_tested_cover:
        return "withheld.exempt.means_tested_cover"
    if situation.state_medical_aid:
        return "withheld.exempt.state_medical_aid"
    if situation.war_pension:
        return "withheld.exempt.war_pension"
    # A long-term condition is no exemption here (domain §1.3).
    return "withheld.exempt.maternity" if care.line.exemption is Exemption.MATERNITY else ""


def is_exempt(care: Care, book: ParameterBook) -> bool:
    """Whether the law withholds nothing from this person on this line."""
    return bool(_exempt(care, book))


def _keys(kind: Withheld, care: Care) -> _Kind:
    person = care.situation.person
    if kind is Withheld.PARTICIPATION:
        return _Kind(
            amount="participation.amount",
            cap_day="participation.cap_day",
            cap_year="participation.cap_year",
            year_key=f"participation:{person}",
            day_key=f"participation:{person}@{care.line.professional}",
        )
    return _Kind(
        amount=f"franchise.{kind.value}",
        cap_day=f"franchise.{kind.value}.cap_day",
        cap_year="franchise.cap_year",
        year_key=f"franchise:{person}",
        day_key=f"franchise.{kind.value}:{person}",
    )


def _capped(amount: int, keys: _Kind, on: date, counters: Counters, book: ParameterBook) -> tuple[int, str]:
    rule = "withheld"
    if book.knows(keys.cap_day):
        room = book.value(keys.cap_day, on) - counters.used(keys.day_key, on, on).amount
        if amount > room:
            amount, rule = max(0, room), "withheld.cap_day"
    used = counters.used(keys.year_key, date(on.year, 1, 1), date(on.year, 12, 31)).amount
    room = book.value(keys.cap_year, on) - used
    if amount > room:
        amount, rule = max(0, room), "withheld.cap_year"
    return amount, rule


def movements_of(procedure: Procedure, care: Care, amount: int) -> tuple[Movement, ...]:
    """What a deduction of `amount` cents uses of the caps of the year and of the day."""
    kind = procedure.family.contribution
    if not amount or kind is Withheld.NONE:
        return ()
    keys = _keys(kind, care)
    return tuple(
        Movement(key=key, on=care.line.on, amount=amount, units=care.line.quantity)
        for key in (keys.year_key, keys.day_key)
    )
