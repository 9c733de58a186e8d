"""Charges of a stay: daily charge, major-procedure charge, emergency charge."""

from dataclasses import dataclass
from datetime import date

from entraide.reimbursement.acts import Charge, Procedure
from entraide.reimbursement.breakdown import Movement
from entraide.reimbursement.care import Care, Exemption, Scheme, Stay, StayEnd, Ward
from entraide.reimbursement.counters import Counters
from entraide.reimbursement.dates import days_between
from entraide.reimbursement.errors import CareError, CareFault
from entraide.reimbursement.money import FULL, portion
from entraide.reimbursement.parameters.book import ParameterBook

_DAILY_EXEMPT = frozenset(
    {Exemption.MATERNITY, Exemption.NEWBORN, Exemption.WORK_ACCIDENT, Exemption.DISABLED_CHILD}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A charge: what is owed in cents, and whether health insurance pays it in the patient's place."""

    amount: int
    paid_by_fund: bool
    rule: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day of a stay: its charge, and what of it the co-payment of the day already covers; cents."""

    day: date
    charge: int
    set_off: int


def charge_of(procedure: Procedure, care: Care, book: ParameterBook) -> Due:
    """What is owed for a line that is a charge; `CareError` when more was charged than the law allows."""
    charge = procedure.family.charge
    if charge is Charge.DAILY and care.line.stay is not None:
        return _daily(care, care.line.stay, book)
    if charge is Charge.MAJOR:
        row = book.row("hospital.major", care.line.on)
        return Due(
            amount=_within(care, row.value), paid_by_fund=exempt_from_major(care),
            rule="charge.major", source=row.source,
        )  # fmt: skip
    reduced = care.line.exemption is not Exemption.NONE
    row = book.row("hospital.emergency.reduced" if reduced else "hospital.emergency", care.line.on)
    rule = "charge.emergency.reduced" if reduced else "charge.emergency"
    return Due(amount=_within(care, row.value), paid_by_fund=False, rule=rule, source=row.source)


def days_of(stay: Stay, book: ParameterBook, *, rate: int = FULL) -> tuple[Day, ...]:
    """Each day that owes the charge, at its own tariff, the day of discharge included.

    No charge on the day of a death or a transfer, nor for day surgery. The co-payment on the stay, what
    `rate` leaves of its base, is set off day by day (CSS art. L174-4): the patient owes the larger one.
    """
    if stay.ward is Ward.DAY_CASE:
        return ()
    days = days_between(stay.first_day, stay.last_day)
    if stay.ended_by is not StayEnd.DISCHARGE:
        days = days[:-1]
    copayments = _copayment_by_day(stay, rate)
    return tuple(
        Day(day=day, charge=charge, set_off=min(charge, copayments.get(day, 0)))
        for day in days
        for charge in [book.value(_daily_key(stay), day)]
    )


def exempt_from_major(care: Care) -> bool:
    """Whom the major-procedure charge spares: exempt care and means-tested cover (art. R160-16)."""
    return care.line.exemption is not Exemption.NONE or care.situation.means_tested_cover


def is_major(procedure: Procedure, care: Care, base: int, book: ParameterBook) -> bool:
    """Whether an act outside a stay reaches the threshold, alone or with the acts of its consultation."""
    if not procedure.technical or care.line.stay is not None:
        return False
    reached = max(base, care.line.consultation_base or 0)
    coefficient = care.line.coefficient or 0
    return reached >= book.value("hospital.major.threshold", care.line.on) or coefficient >= book.value(
        "hospital.major.coefficient", care.line.on
    )


def major_key(care: Care) -> str:
    """One charge for a consultation: the same person, professional and day."""
    return f"major:{care.situation.person}@{care.line.professional}"


def major_part(
    care: Care, base: int, counters: Counters, book: ParameterBook
) -> tuple[int, tuple[Movement, ...]]:
    """What the patient owes of the base of a major act, once for a consultation, and its movement."""
    on, key = care.line.on, major_key(care)
    if exempt_from_major(care) or counters.used(key, on, on).units:
        return 0, ()
    owed = min(base, book.value("hospital.major", on))
    return owed, (Movement(key=key, on=on, amount=owed, units=1),)


def _daily(care: Care, stay: Stay, book: ParameterBook) -> Due:
    hospital = book.row("rate.hospital", stay.first_day)
    exempt = care.line.exemption is not Exemption.NONE or care.situation.means_tested_cover
    local = care.situation.scheme is Scheme.ALSACE_MOSELLE
    # With the flat charge, or when the stay is paid in full, there is no co-payment to set off.
    rate = FULL if stay.major_procedure or exempt or local else hospital.value
    days = days_of(stay, book, rate=rate)
    _within(care, sum(day.charge for day in days))
    owed = min(care.line.fee, sum(day.charge - day.set_off for day in days))
    paid = local or care.situation.means_tested_cover or care.line.exemption in _DAILY_EXEMPT
    rule = "charge.daily.set_off" if any(day.set_off for day in days) else "charge.daily"
    sources = dict.fromkeys(book.row(_daily_key(stay), each.day).source for each in days)
    return Due(amount=owed, paid_by_fund=paid, rule=rule, source="; ".join(sources))


def _daily_key(stay: Stay) -> str:
    return "hospital.daily.psychiatry" if stay.ward is Ward.PSYCHIATRY else "hospital.daily"


def _copayment_by_day(stay: Stay, rate: int) -> dict[date, int]:
    """The co-payment on the stay, spread over its paid days so that the sum is exact."""
    total = stay.base - portion(stay.base, rate)
    days = days_between(stay.first_day, stay.paid_until or stay.last_day)
    return {
        day: total * (number + 1) // len(days) - total * number // len(days)
        for number, day in enumerate(days)
    }


def _within(care: Care, legal: int) -> int:
    if care.line.fee > legal:
        fault = CareFault("fee", str(care.line.fee), f"at most the legal charge of {legal} cents")
        raise CareError(care.line.id, [fault])
    return care.line.fee
