"""Why a line of a feed was priced as it was: the engine's story, told only when it ends in what is stored."""

from uuid import UUID

from entraide.portal.domain.adjudication.enums import RecordKind
from entraide.portal.domain.adjudication.history import history_before, order_of_care
from entraide.portal.domain.adjudication.models import AdjudicatedLine
from entraide.portal.domain.adjudication.pricing import Pricer, Refused, key_of
from entraide.portal.domain.claims.pricing import decided, with_base
from entraide.reimbursement import Breakdown

_BASIS_POINTS = 100


def explanation_of(line_id: UUID) -> Breakdown | None:
    """The most telling reckoning that comes to the stored amounts: by the law, then by what the fund said.

    None for what takes a line back, and where the engine does not come to the stored amounts, or no line of
    a feed has this id. The caller has checked who asks. At most six queries.
    """
    asked = AdjudicatedLine.objects.exclude(record=RecordKind.REVERSAL).filter(pk=line_id).first()
    if asked is None:
        return None
    rows = AdjudicatedLine.objects.exclude(record=RecordKind.REVERSAL).filter(
        feed_id=asked.feed_id, beneficiary_id=asked.beneficiary_id
    )
    together = sorted(rows, key=order_of_care)
    # What this very feed took back used nothing.
    taken_back = frozenset(key_of(row) for row in together if row.taken_back_in_id == row.feed_id)
    replaced = frozenset(row.takes_back.hex for row in together if row.takes_back)
    pricer = Pricer(history_before(asked), together, taken_back | replaced)
    for row in together:
        if row.pk == asked.pk:
            return _story(asked, pricer)
        try:
            pricer.price(row)
        except Refused:
            continue
    return None


def _story(row: AdjudicatedLine, pricer: Pricer) -> Breakdown | None:
    care = pricer.care_of(row)
    for told in (care, with_base(care, row), decided(care, row)):
        breakdown = pricer.tell(told)
        if breakdown is not None and _is_fact(breakdown, row):
            return breakdown
    return None


def _is_fact(breakdown: Breakdown, row: AdjudicatedLine) -> bool:
    return (
        (breakdown.base, breakdown.rate) == (row.base, row.rate * _BASIS_POINTS)
        and (breakdown.amo, breakdown.amc, breakdown.left) == (row.amo, row.amc, row.left)
        and breakdown.withheld == row.withheld
    )
