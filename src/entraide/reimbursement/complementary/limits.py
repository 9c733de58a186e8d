"""The limits that a contract sets itself: waiting periods, numbers of acts, allowances."""

from dataclasses import dataclass
from datetime import date, timedelta

from entraide.reimbursement.breakdown import Movement
from entraide.reimbursement.complementary.cover import Level
from entraide.reimbursement.complementary.guarantees import (
    Allowance,
    Counts,
    Guarantee,
    Period,
    Scope,
    SharedBy,
)
from entraide.reimbursement.complementary.offers import budget_key
from entraide.reimbursement.counters import Used
from entraide.reimbursement.dates import add_months, anniversary_before


@dataclass(frozen=True, slots=True)
class Limited:
    """An amount after a limit, in cents; `rule` is empty when it did not bind; `acts` are those paid."""

    amount: int
    rule: str = ""
    acts: int = 0


def after_waiting(amount: int, guarantee: Guarantee, level: Level) -> Limited:
    """Nothing while the waiting period runs, counted in months from the first day of the person's cover."""
    if not guarantee.waiting_months or level.enrolment.waiting_waived:
        return Limited(amount)
    if level.on < add_months(level.enrolment.since, guarantee.waiting_months):
        return Limited(0, "waiting" if amount else "")
    return Limited(amount)


def after_allowance(amount: int, guarantee: Guarantee, level: Level) -> Limited:
    """The amount within the acts and cents that are left; `counts` may put the co-payment outside."""
    allowance, quantity = guarantee.allowance, level.care.line.quantity
    if allowance is None:
        return Limited(amount, "", quantity)
    used = used_of(allowance, level)
    outside = min(amount, level.copayment_due) if allowance.counts is Counts.EXCESS else 0
    counted, rule, acts = amount - outside, "", quantity
    if allowance.acts is not None:
        acts = min(quantity, max(0, allowance.acts - used.units))
        if acts < quantity and counted:
            counted, rule = counted * acts // quantity, "count"
    size = _size(allowance, level)
    if size is not None and counted > size - used.amount:
        counted, rule = max(0, size - used.amount), "allowance"
    return Limited(outside + counted, rule, acts)


def used_of(allowance: Allowance, level: Level) -> Used:
    """What the running period has already used."""
    first, last = period_of(allowance, on=level.on, since=level.enrolment.since)
    return level.counters.used(allowance_key(allowance, level), first, last)


def period_of(allowance: Allowance, *, on: date, since: date) -> tuple[date, date]:
    """First and last day of the period that holds `on`.

    Civil years and contract years of a period of several years are counted from the start of the cover.
    """
    if allowance.period is Period.ROLLING:
        return add_months(on, -allowance.months) + timedelta(days=1), on
    start = date(since.year, 1, 1) if allowance.period is Period.CALENDAR else since
    year = anniversary_before(start, on)
    years = allowance.months // 12
    first = add_months(year, -12 * ((year.year - start.year) % years))
    return first, add_months(first, allowance.months) - timedelta(days=1)


def allowance_key(allowance: Allowance, level: Level) -> str:
    return key_of(allowance, level.contract.number, person=level.care.situation.person, family=level.family)


def key_of(allowance: Allowance, number: str, *, person: str, family: str) -> str:
    """The counter of an allowance of the contract of that number."""
    owner = family if allowance.shared_by is SharedBy.FAMILY else person
    return f"allowance:{number}:{allowance.name}:{owner}"


def movements_of(paid: int, acts: int, guarantee: Guarantee, level: Level) -> tuple[Movement, ...]:
    """What a payment uses of the guarantee's allowance and of its budget."""
    found = []
    allowance = guarantee.allowance
    if allowance is not None:
        outside = min(paid, level.copayment_due) if allowance.counts is Counts.EXCESS else 0
        if paid > outside:
            key = allowance_key(allowance, level)
            found.append(Movement(key=key, on=level.on, amount=paid - outside, units=acts))
    if (key := budget_key(guarantee, level)) and paid:
        # A budget that includes health insurance is used by its share too.
        included = level.statutory.gross if Scope.AMO in guarantee.includes else 0
        found.append(Movement(key=key, on=level.on, amount=paid + included, units=1))
    return tuple(found)


def _size(allowance: Allowance, level: Level) -> int | None:
    return size_of(allowance, on=level.on, since=level.enrolment.since)


def size_of(allowance: Allowance, *, on: date, since: date) -> int | None:
    """Cents of the allowance on that day; None when it limits acts only."""
    first_year = on < add_months(since, 12)
    if first_year and allowance.first_year is not None:
        return allowance.first_year
    return allowance.amount
