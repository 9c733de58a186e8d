"""One line of care, priced and explained."""

from itertools import chain

from entraide.reimbursement.acts import Vocabulary, load_vocabulary
from entraide.reimbursement.breakdown import Breakdown, Step, StepKind
from entraide.reimbursement.care import Care
from entraide.reimbursement.check import checked
from entraide.reimbursement.complementary.cover import Cover
from entraide.reimbursement.complementary.stacking import Stacked, stack
from entraide.reimbursement.compulsory.share import statutory_of
from entraide.reimbursement.compulsory.statutory import Statutory
from entraide.reimbursement.counters import Counters
from entraide.reimbursement.parameters.book import ParameterBook
from entraide.reimbursement.steps import step


def reimburse(
    care: Care,
    cover: Cover,
    counters: Counters,
    parameters: ParameterBook,
    *,
    vocabulary: Vocabulary | None = None,
) -> Breakdown:
    """Who pays what on one line, in cents: health insurance, each contract in order, what is left.

    `fee = amo + amc + left` always holds. Counters are only read: `counters.record(breakdown)` moves them.
    Raises `CareError` for a line that cannot be priced and `ParameterGap` where no public value is known.
    """
    procedure = checked(care, vocabulary or load_vocabulary())
    statutory = statutory_of(procedure, care, counters, parameters)
    stacked = stack(statutory, care, cover, counters, parameters)
    amo = statutory.gross - statutory.withheld
    left = care.line.fee - amo - sum(share.amount for share in stacked.shares)
    return Breakdown(
        line=care.line.id,
        on=care.line.on,
        fee=care.line.fee,
        base=statutory.base,
        rate=statutory.rate,
        gross=statutory.gross,
        withheld=statutory.withheld,
        amo=amo,
        shares=stacked.shares,
        left=left,
        steps=_story(care, cover, statutory, stacked, left),
        movements=(*statutory.movements, *stacked.movements),
    )


def price_in_order(
    cares: list[Care], cover: Cover, counters: Counters, parameters: ParameterBook
) -> tuple[list[Breakdown], Counters]:
    """Lines of one person in the order of care (day, then id), each seeing what those before it used."""
    breakdowns = []
    for care in sorted(cares, key=lambda each: (each.line.on, each.line.id)):
        breakdown = reimburse(care, cover, counters, parameters)
        counters = counters.record(breakdown)
        breakdowns.append(breakdown)
    return breakdowns, counters


def _story(care: Care, cover: Cover, statutory: Statutory, stacked: Stacked, left: int) -> tuple[Step, ...]:
    """Price, compulsory part, contracts, what is left: the order in which a member reads it."""
    middle: list[Step] = []
    if statutory.withheld and any(table.responsible for _, table in cover.in_order(care)):
        middle.append(step(StepKind.POLICY, statutory.withheld, "N1"))
    return tuple(
        chain(
            [step(StepKind.SPEND, care.line.fee, "spend", detail=statutory.procedure.label)],
            statutory.steps,
            stacked.steps,
            middle,
            [step(StepKind.LEFT, left, "left")],
        )
    )
