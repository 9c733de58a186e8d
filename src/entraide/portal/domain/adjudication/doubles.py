"""Whether a care was claimed, paid or sent by the compulsory scheme already (DEP-04)."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import Value
from django.db.models.functions import TruncDate
from django.utils import timezone

from entraide.portal.domain.adjudication.enums import LineState
from entraide.portal.domain.adjudication.models import AdjudicatedLine
from entraide.portal.domain.claims.models import PaymentLine
from entraide.portal.domain.claims.sight import family_of
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.requests.enums import RequestKind, RequestState
from entraide.portal.domain.requests.models import Request

# More claims of one person in the years of one care than anybody sends.
_LATEST = 200


class DoubleKind(StrEnum):
    """Where the same care stands already: in a claim, in a payment, in the feed."""

    CLAIM = "claim"
    PAID = "paid"
    FEED = "feed"


@dataclass(frozen=True, slots=True)
class Double:
    """`day`: when it was claimed, paid or received. `reference` names a claim; `line` is the line of care."""

    kind: DoubleKind
    day: date
    reference: str = ""
    line: "KnownLine | None" = None

    @property
    def line_id(self) -> UUID | None:
        return self.line.id if self.line else None


@dataclass(frozen=True, slots=True)
class KnownLine:
    """A stored line of care, in cents; `payment` is the reference of the payment, blank for none yet."""

    id: UUID
    reference: str
    claim: str
    professional: str
    charged: int
    amo: int
    amc: int
    payment: str
    day: date


def doubles_of(viewer: Viewer, person_id: UUID, *, care_on: date, amount: int, on: date) -> list[Double]:
    """What the viewer may know of the same care: same person, same day, same amount in cents.

    The amount is what was paid: the whole price, or what the compulsory scheme left of it; of one line or of
    the lines of one claim. Lines count only for people whose care the viewer sees in full: of any other,
    finding one would tell that there was care (A36). Three queries.
    """
    # Nobody sees what somebody else sent.
    found = list(_claims(person_id, care_on=care_on, amount=amount, sender_id=viewer.person_id))
    if person_id in family_of(viewer, on=on).detailed:
        found += _lines(person_id, care_on=care_on, amount=amount)
    return found


def every_double_of(person_id: UUID, *, care_on: date, amount: int, but: str = "") -> list[Double]:
    """The same whoever sent it, for agents who read care: the caller has checked who asks. Two queries.

    `but`: the reference of the claim that is compared with the others.
    """
    claims = _claims(person_id, care_on=care_on, amount=amount)
    return [
        *(one for one in claims if one.reference != but),
        *_lines(person_id, care_on=care_on, amount=amount),
    ]


def _claims(person_id: UUID, *, care_on: date, amount: int, **sent_by: UUID) -> Iterator[Double]:
    """What was refused or withdrawn asks for nothing any more."""
    sent = Request.objects.filter(
        concerns_id=person_id, kind=RequestKind.CLAIM, received_at__date__gte=care_on, **sent_by
    ).exclude(state__in=[RequestState.REFUSED, RequestState.WITHDRAWN])
    for one in sent.defer("description").order_by("-received_at")[:_LATEST]:
        answers: Mapping[str, str] = dict(json.loads(one.answers or "[]"))
        if (answers.get("care_date"), answers.get("amount")) == (care_on.isoformat(), str(amount)):
            yield Double(DoubleKind.CLAIM, timezone.localdate(one.received_at), reference=one.reference)


def _lines(person_id: UUID, *, care_on: date, amount: int) -> list[Double]:
    """Lines of payments, then lines of the feed that wait for one: those that were paid are there already."""
    told = ("pk", "reference", "claim_number", "professional", "charged", "amo", "amc")
    here = {"beneficiary_id": person_id, "care_date": care_on}
    paid = PaymentLine.objects.filter(**here).values_list(*told, "payment__reference", "payment__paid_on")
    waiting = AdjudicatedLine.objects.filter(**here, state=LineState.PRICED, charged__gt=0)
    received = waiting.values_list(*told, Value(""), TruncDate("feed__taken_in_at"))
    rows = [KnownLine(*row) for row in paid.union(received, all=True).order_by("reference")]
    return [
        Double(kind, one.day, line=one)
        for kind in (DoubleKind.PAID, DoubleKind.FEED)
        for one in _alike((row for row in rows if bool(row.payment) == (kind is DoubleKind.PAID)), amount)
    ]


def _alike(lines: Iterable[KnownLine], amount: int) -> list[KnownLine]:
    """One line for each claim in which this amount was paid, whole or line by line."""
    claims: dict[str, list[KnownLine]] = defaultdict(list)
    for line in lines:
        claims[line.claim].append(line)
    found = []
    for together in claims.values():
        price, amo = sum(one.charged for one in together), sum(one.amo for one in together)
        whole = [together[0]] if price > 0 and amount in (price, price - amo) else []
        alone = [one for one in together if amount in (one.charged, one.charged - one.amo)]
        # Lines that were taken back add up to nothing: the care may be claimed again.
        found += (whole or alone)[:1] if price > 0 else []
    return found
