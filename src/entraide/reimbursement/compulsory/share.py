"""The whole compulsory part of one line, with its steps."""

from dataclasses import dataclass

from entraide.reimbursement.acts import Charge, Procedure
from entraide.reimbursement.breakdown import Movement, Step, StepKind
from entraide.reimbursement.care import Care, CareLine
from entraide.reimbursement.compulsory.base import Base, base_of, price_cap_of
from entraide.reimbursement.compulsory.hospital import charge_of, is_major, major_part
from entraide.reimbursement.compulsory.rates import Rate, rate_of
from entraide.reimbursement.compulsory.statutory import Statutory
from entraide.reimbursement.compulsory.withheld import Deduction, deduction_of, movements_of
from entraide.reimbursement.counters import Counters
from entraide.reimbursement.errors import CareError, CareFault
from entraide.reimbursement.money import FULL, percent, portion
from entraide.reimbursement.parameters.book import ParameterBook
from entraide.reimbursement.steps import step


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gross:
    """The share before deductions: `general` and `local` layers, and what the pathway cost; cents."""

    general: int
    local: int
    increase: int
    rule: str
    movements: tuple[Movement, ...] = ()

    @property
    def total(self) -> int:
        return self.general + self.local


def statutory_of(procedure: Procedure, care: Care, counters: Counters, book: ParameterBook) -> Statutory:
    """What health insurance pays and withholds; `CareError` when an amount given by the fund is wrong."""
    if procedure.family.charge is not Charge.NONE:
        return _charge(procedure, care, book)
    base, rate = base_of(procedure, care, book), rate_of(procedure, care, book)
    gross = _gross(procedure, care, base, rate, counters, book)
    deduction = _deduction(procedure, care, gross.total, counters, book)
    return Statutory(
        procedure=procedure,
        basket=procedure.basket_on(care.line.on, care.line.tooth),
        base=base.amount,
        rate=FULL if gross.rule == "rate.major" else rate.total,
        gross=gross.total,
        copayment=base.amount - gross.total,
        increase=gross.increase,
        excess=care.line.fee - base.amount,
        withheld=deduction.amount,
        price_cap=price_cap_of(procedure, care, book),
        steps=_steps(care, base, rate, gross, deduction),
        movements=(*gross.movements, *deduction.movements),
    )


def _gross(
    procedure: Procedure, care: Care, base: Base, rate: Rate, counters: Counters, book: ParameterBook
) -> _Gross:
    if care.line.rate is None and is_major(procedure, care, base.amount, book):
        owed, movements = major_part(care, base.amount, counters, book)
        return _Gross(general=base.amount - owed, local=0, increase=0, rule="rate.major", movements=movements)
    total, general = portion(base.amount, rate.total), portion(base.amount, rate.general)
    return _Gross(
        general=general,
        local=total - general,
        increase=portion(base.amount, rate.total + rate.increase) - total,
        rule=rate.rule,
    )


def _deduction(
    procedure: Procedure, care: Care, gross: int, counters: Counters, book: ParameterBook
) -> Deduction:
    """The deduction that the engine finds, or the one of the fund, which is taken as it is."""
    found, given = deduction_of(procedure, care, gross, counters, book), _given(care.line, gross)
    if given is None or given == found.amount:
        return found
    movements = movements_of(procedure, care, given)
    return Deduction(amount=given, rule="withheld.given", source=found.source, movements=movements)


def _given(line: CareLine, gross: int) -> int | None:
    """What the fund says it withheld, checked against its net share; None when it says nothing."""
    if line.amo is None and line.withheld is None:
        return None
    withheld = gross - (line.amo or 0) if line.withheld is None else line.withheld
    if line.amo is None and withheld > gross:
        raise CareError(line.id, [CareFault("withheld", str(withheld), f"at most {gross}")])
    if line.amo is not None and (withheld < 0 or line.amo != gross - withheld):
        expected = f"{gross - max(0, withheld)}: the base at its rate, less what is withheld"
        raise CareError(line.id, [CareFault("amo", str(line.amo), expected)])
    return withheld


def _charge(procedure: Procedure, care: Care, book: ParameterBook) -> Statutory:
    due = charge_of(procedure, care, book)
    gross = due.amount if due.paid_by_fund else 0
    rule = "charge.paid" if due.paid_by_fund else due.rule
    return Statutory(
        procedure=procedure,
        basket=None,
        base=0,
        rate=0,
        gross=gross,
        copayment=due.amount - gross,
        increase=0,
        excess=care.line.fee - due.amount,
        withheld=0,
        price_cap=None,
        steps=(
            step(StepKind.COPAYMENT, due.amount, due.rule, source=due.source),
            step(StepKind.COMPULSORY, gross, rule, source=due.source),
        ),
        movements=(),
    )


def _steps(care: Care, base: Base, rate: Rate, gross: _Gross, deduction: Deduction) -> tuple[Step, ...]:
    steps = [step(StepKind.BASE, base.amount, base.rule, source=base.source)]
    detail = None if gross.rule in {"rate.major", "rate.none"} else percent(rate.general)
    steps.append(step(StepKind.COMPULSORY, gross.general, gross.rule, source=rate.source, detail=detail))
    if gross.local:
        steps.append(step(StepKind.LOCAL_SCHEME, gross.local, "local", detail=percent(rate.local)))
    if deduction.rule != "withheld.none" and deduction.rule in _TOLD:
        steps.append(step(StepKind.WITHHELD, deduction.amount, deduction.rule, source=deduction.source))
    steps.append(step(StepKind.COPAYMENT, base.amount - gross.total, "copayment"))
    if care.line.fee > base.amount:
        steps.append(step(StepKind.EXCESS, care.line.fee - base.amount, "excess"))
    return tuple(steps)


_TOLD = frozenset({"withheld", "withheld.given", "withheld.share", "withheld.cap_day", "withheld.cap_year"})
