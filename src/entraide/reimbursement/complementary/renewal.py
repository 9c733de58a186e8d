"""When glasses and hearing aids may be renewed, counted from the last delivery of each element."""

from datetime import date

from entraide.reimbursement.acts import Element
from entraide.reimbursement.breakdown import Movement
from entraide.reimbursement.care import Care
from entraide.reimbursement.complementary.cover import Level
from entraide.reimbursement.dates import add_months
from entraide.reimbursement.parameters.book import ParameterBook

_GLASSES = frozenset({"glasses_a", "glasses_b"})
_HEARING = frozenset({"hearing_1", "hearing_2"})
RENEWED = _GLASSES | _HEARING
"""Families whose deliveries are counted."""


def renewal_key(level: Level) -> str:
    """The counter of the element: the frame, each lens, each ear; empty for anything else."""
    family, line = level.procedure.family.code, level.care.line
    side = line.side.value if line.side else ""
    if family in _GLASSES and level.procedure.element is not Element.NONE:
        return f"glasses:{level.care.situation.person}:{level.procedure.element.value}:{side}"
    return f"hearing:{level.care.situation.person}:{side}" if family in _HEARING else ""


def is_too_early(level: Level) -> bool:
    """Whether the same element was delivered less than a renewal period before."""
    key = renewal_key(level)
    last = level.counters.latest(key, until=level.on) if key else None
    if last is None:
        return False
    return level.on < add_months(
        last, months_between(level.care, level.book, hearing=key.startswith("hearing"))
    )


def months_between(care: Care, book: ParameterBook, *, hearing: bool) -> int:
    """Months from one delivery to the next, for the age on the day of care."""
    return book.value(_rule_of(care, hearing=hearing), care.line.on)


def next_renewal(last: date, care: Care, book: ParameterBook, *, hearing: bool) -> date:
    """The first day on which the next delivery is covered: what a counter shows."""
    return add_months(last, months_between(care, book, hearing=hearing))


def renewal_movements(level: Level) -> tuple[Movement, ...]:
    key = renewal_key(level)
    return (Movement(key=key, on=level.on, amount=0, units=1),) if key else ()


def _rule_of(care: Care, *, hearing: bool) -> str:
    if hearing:
        return "renewal.hearing"
    age, equipment = care.situation.age_on(care.line.on), care.line.equipment
    if age < 6:
        return "renewal.glasses.infant"
    if age < 16:
        return "renewal.glasses.child"
    changed = equipment is not None and equipment.sight_changed
    return "renewal.glasses.sight_changed" if changed else "renewal.glasses"
