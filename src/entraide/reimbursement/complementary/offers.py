"""What a guarantee promises on a line, before any limit: one small function for each form."""

from collections.abc import Callable
from datetime import date

from entraide.reimbursement.complementary.cover import Level
from entraide.reimbursement.complementary.guarantees import Form, Guarantee, Per, Scope
from entraide.reimbursement.money import FULL, portion

UNLIMITED = 10**12
"""More cents than any bill: what actual cost promises before it meets the price."""

# Amounts for these are one budget, used up by several lines; the others are due for each unit.
_BUDGETS = frozenset({Per.EQUIPMENT, Per.YEAR})


def offer_of(guarantee: Guarantee, level: Level) -> int:
    """Cents that the form gives, less what the level already includes; never negative."""
    target = _FORMS[guarantee.form](guarantee, level)
    return max(0, target - _included(guarantee, level))


def budget_key(guarantee: Guarantee, level: Level) -> str:
    """The counter of an amount for a pair of glasses or for a year; empty for the other forms."""
    if guarantee.per not in _BUDGETS or guarantee.form not in {Form.FLAT, Form.PERCENT_OF_PMSS}:
        return ""
    equipment = level.care.line.equipment
    owner = equipment.id if guarantee.per is Per.EQUIPMENT and equipment else level.care.situation.person
    return f"budget:{level.contract.number}:{guarantee.id}:{owner}"


def _included(guarantee: Guarantee, level: Level) -> int:
    """Payments that the level counts as its own."""
    included = 0
    if Scope.AMO in guarantee.includes:
        # As if the pathway had been followed, or the contract would pay the increase.
        included += level.statutory.gross + level.increase
    if Scope.PREVIOUS in guarantee.includes:
        included += level.paid
    return included


def _percent_of_base(guarantee: Guarantee, level: Level) -> int:
    return portion(level.statutory.base, guarantee.rate)


def _percent_of_copayment(guarantee: Guarantee, level: Level) -> int:
    return portion(level.statutory.copayment - level.increase, guarantee.rate)


def _flat(guarantee: Guarantee, level: Level) -> int:
    return _for_units(guarantee.amount, guarantee, level)


def _percent_of_pmss(guarantee: Guarantee, level: Level) -> int:
    return _for_units(portion(level.book.value("pmss", level.on), guarantee.rate), guarantee, level)


def _actual_cost(guarantee: Guarantee, level: Level) -> int:
    return UNLIMITED


def _base_plus(guarantee: Guarantee, level: Level) -> int:
    rate = guarantee.rate or FULL
    return portion(level.statutory.base, rate) + guarantee.amount * level.care.line.quantity


def _for_units(amount: int, guarantee: Guarantee, level: Level) -> int:
    key = budget_key(guarantee, level)
    if not key:
        return amount * level.care.line.quantity
    on = level.on
    # A pair of glasses has one budget, whenever its parts are billed; a yearly one follows the civil year.
    first, last = (
        (date.min, date.max)
        if guarantee.per is Per.EQUIPMENT
        else (date(on.year, 1, 1), date(on.year, 12, 31))
    )
    return max(0, amount - level.counters.used(key, first, last).amount)


_FORMS: dict[Form, Callable[[Guarantee, Level], int]] = {
    Form.PERCENT_OF_BASE: _percent_of_base,
    Form.PERCENT_OF_COPAYMENT: _percent_of_copayment,
    Form.FLAT: _flat,
    Form.PERCENT_OF_PMSS: _percent_of_pmss,
    Form.ACTUAL_COST: _actual_cost,
    Form.BASE_PLUS: _base_plus,
}
