"""What was stored of a person before a feed, and what it has used of every cap and allowance."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from entraide.portal.domain.adjudication.enums import RecordKind
from entraide.portal.domain.adjudication.models import AdjudicatedLine
from entraide.portal.domain.claims.models import PaymentLine
from entraide.portal.domain.claims.pricing import Reckoning, lines_until, used_by
from entraide.portal.domain.contracts.benefits import Insured, insured, insured_people
from entraide.reimbursement import Counters

# A line of a feed that was paid is a payment line of the same id: it counts once.
_FROM_ELSEWHERE = Q(~Exists(AdjudicatedLine.objects.filter(pk=OuterRef("pk"))))

# The mark stands on the payment line of the same id.
_OPEN_IN_FEED = Q(~Exists(PaymentLine.objects.filter(pk=OuterRef("pk"), confidential=True)))


@dataclass(frozen=True, slots=True)
class History:
    """`payments` came from the management system, `lines` from feeds; both in the order of care."""

    insured: Insured
    payments: list[PaymentLine] = field(default_factory=list)
    lines: list[AdjudicatedLine] = field(default_factory=list)

    @property
    def standing(self) -> list[AdjudicatedLine]:
        """Care that nothing took back."""
        return [row for row in self.lines if _is_care(row) and row.taken_back_in_id is None]


def histories_of(people: Collection[UUID]) -> dict[UUID, History]:
    """Everything stored of these people. Four queries, whatever their number."""
    found = {key: History(each) for key, each in insured_people(people).items()}
    payments = PaymentLine.objects.filter(_FROM_ELSEWHERE, beneficiary_id__in=people)
    for payment in payments.order_by("care_date", "claim_number", "reference"):
        found[payment.beneficiary_id].payments.append(payment)
    for line in _in_order(people):
        found[line.beneficiary_id].lines.append(line)
    return found


def history_before(line: AdjudicatedLine) -> History:
    """What was stored when the feed of this line was priced, as far as feeds are concerned. Four queries.

    Payments of the management system carry no date of storing: all of them count.
    """
    whole = histories_of([line.beneficiary_id])[line.beneficiary_id]
    earlier = [row for row in whole.lines if row.feed_id < line.feed_id]
    for row in earlier:
        if row.taken_back_in_id is not None and row.taken_back_in_id > line.feed_id:
            row.taken_back_in_id = None
    return History(whole.insured, whole.payments, earlier)


def counters_of(person_id: UUID, *, until: date, confidential: bool = True) -> Counters:
    """The engine's counters after payments and standing lines of feeds up to that day.

    Without `confidential`: as if that care had never been, for whoever is not the patient.

    Since they are computed from stored lines, a reversal restores each of them. A line that the engine cannot
    price counts for nothing. Four queries; the caller has checked who asks.
    """
    return used_by_person(person_id, insured(person_id), until=until, confidential=confidential)


def used_by_person(
    person_id: UUID, person: Insured, *, until: date, only: Q | None = None, confidential: bool = True
) -> Counters:
    """The same, of lines cut down to `only`. Two queries."""
    wanted = only or Q()
    paid = wanted if confidential else wanted & Q(confidential=False)
    counters = used_by(lines_until(person_id, until=until, only=_FROM_ELSEWHERE & paid), person)
    fed = wanted if confidential else wanted & _OPEN_IN_FEED
    rows = _in_order([person_id], fed & Q(care_date__lte=until))
    standing = History(person, lines=rows).standing
    reckoning = Reckoning(standing, person, counters=counters)
    for row in standing:
        reckoning.meet(row)
    return reckoning.counters


def _in_order(people: Collection[UUID], only: Q | None = None) -> list[AdjudicatedLine]:
    found: dict[UUID, list[AdjudicatedLine]] = defaultdict(list)
    for row in AdjudicatedLine.objects.filter(only or Q(), beneficiary_id__in=people):
        found[row.beneficiary_id].append(row)
    return [row for rows in found.values() for row in sorted(rows, key=order_of_care)]


def order_of_care(row: AdjudicatedLine) -> tuple[date, str, str, str]:
    """The order in which lines use allowances; the same as that of a feed."""
    return row.care_date, row.claim_number, row.statement_number, row.reference


def _is_care(row: AdjudicatedLine) -> bool:
    return row.record != RecordKind.REVERSAL
