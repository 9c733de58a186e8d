"""Why each amount of a care is what it is: the engine's story, told only when it ends where the facts do."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from entraide.portal.domain.claims.models import PaymentLine
from entraide.portal.domain.claims.payments import Line, line_of
from entraide.portal.domain.claims.pricing import Reckoning, decided, lines_until, with_base
from entraide.portal.domain.claims.sight import Family, family_of
from entraide.portal.domain.contracts.benefits import Insured, insured
from entraide.portal.domain.members.viewer import Viewer
from entraide.reimbursement import Breakdown, Cover, Step, Words, load_vocabulary
from entraide.reimbursement.complementary.remaining import counted_acts

_BASIS_POINTS = 100


@dataclass(frozen=True, slots=True)
class Explained:
    """One line of a care; without `steps` only the mutual's management system knows the reason.

    `note` tells apart what nobody may refund of what is left. `contracts` names those of the steps.
    """

    line: Line
    steps: tuple[Step, ...]
    note: Words | None
    contracts: dict[str, Words]

    @property
    def agrees(self) -> bool:
        """The engine comes to the amounts that were paid."""
        return bool(self.steps)


# Tells why a line of another source was priced as it was.
Teller = Callable[[UUID], Breakdown | None]


def explanation_of(
    viewer: Viewer, line_id: UUID, *, on: date, elsewhere: Teller | None = None
) -> tuple[Explained, ...] | None:
    """The lines of the care that this line belongs to, in the order of `queries.claim_of`.

    `elsewhere` is asked of a line to whose amounts the payments alone do not lead. None when it is not there,
    or not for this viewer (A36). At most five queries besides those of `elsewhere`.
    """
    family = family_of(viewer, on=on)
    hidden = PaymentLine.objects.filter(~family.open_lines, beneficiary_id=OuterRef("beneficiary_id"))
    asked = family.detailed_lines().annotate(is_partly_hidden=Exists(hidden)).filter(pk=line_id).first()
    if asked is None:
        return None
    person = insured(asked.beneficiary_id)
    wanted = _that_matter(asked, person) & family.open_lines
    rows = lines_until(asked.beneficiary_id, until=max(on, asked.care_date), only=wanted)
    if asked.is_partly_hidden:
        # The other story counts care of the patient's that this reader does not know of.
        elsewhere = None
    claim = [row for row in rows if _claim_of(row) == _claim_of(asked)]
    reckoning = Reckoning(rows, person)
    told: dict[UUID, Explained] = {}
    for row in rows:
        if len(told) == len(claim):
            break
        if _claim_of(row) == _claim_of(asked):
            told[row.pk] = _explained(row, reckoning, family, elsewhere)
        reckoning.meet(row)
    return tuple(told[row.pk] for row in sorted(claim, key=lambda row: (row.care_date, row.reference)))


def _that_matter(asked: PaymentLine, person: Insured) -> Q:
    """Its care, the same civil year for the caps of the law, and all that moves an allowance or a renewal."""
    same_year = Q(care_date__gte=date(asked.care_date.year, 1, 1))
    counted = Q(act_code__in=counted_acts(person.cover, load_vocabulary()))
    return Q(claim_number=asked.claim_number) | same_year | counted


def _claim_of(row: PaymentLine) -> tuple[UUID, str]:
    return row.payment_id, row.claim_number


def _explained(row: PaymentLine, reckoning: Reckoning, family: Family, elsewhere: Teller | None) -> Explained:
    line, breakdown = line_of(row, family), _story(row, reckoning)
    if breakdown is None and elsewhere is not None:
        breakdown = elsewhere(row.pk)
    if breakdown is None:
        return Explained(line, steps=(), note=None, contracts={})
    return Explained(
        line,
        steps=breakdown.steps,
        note=breakdown.display().note,
        contracts=_names(reckoning.insured.cover),
    )


def _story(row: PaymentLine, reckoning: Reckoning) -> Breakdown | None:
    """The most telling reckoning that comes to the stored amounts: by the law, then by what the fund said."""
    person = reckoning.insured
    if person.without_table or not person.cover.enrolments:
        return None
    care = reckoning.care_of(row)
    for told in (care, with_base(care, row), decided(care, row)):
        breakdown = reckoning.price(told)
        if breakdown is not None and _is_fact(breakdown, row):
            return breakdown
    return None


def _is_fact(breakdown: Breakdown, row: PaymentLine) -> bool:
    return (
        (breakdown.base, breakdown.rate) == (row.base, row.rate * _BASIS_POINTS)
        and (breakdown.amo, breakdown.amc, breakdown.left) == (row.amo, row.amc, row.left)
        and row.withheld in {None, breakdown.withheld}
    )


def _names(cover: Cover) -> dict[str, Words]:
    return {each.number: each.versions[-1].label for each in cover.enrolments}
