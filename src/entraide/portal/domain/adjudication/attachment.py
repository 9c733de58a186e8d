"""The electronic feed of one person: does it work, what came lately, and if not, why (PROF-03, B-09)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Count

from entraide.portal.domain.adjudication.models import AdjudicatedLine
from entraide.portal.domain.claims.models import PaymentLine
from entraide.portal.domain.members.enums import ClaimFeed
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.policies import may_see_identity
from entraide.portal.domain.members.queries import as_person, people_to_send_for
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.requests.changes import feed_subject
from entraide.portal.domain.requests.queries import open_reference

_SHOWN = 6
_QUIET_MONTHS = 12


class Diagnosis(StrEnum):
    """What is the matter with a feed. `quiet`: it is on, and nothing came for a year."""

    WORKING = "working"
    WAITING = "waiting"
    QUIET = "quiet"
    RIGHTS_MISSING = "rights_missing"
    NEVER_LINKED = "never_linked"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Exchange:
    """What one statement of the fund brought."""

    received_at: datetime
    stated_on: date
    fund: str
    lines: int


@dataclass(frozen=True, slots=True)
class FeedState:
    """`open_reference`: the viewer's request about it that is not answered yet; blank when there is none."""

    person_id: UUID
    first_name: str
    full_name: str
    state: ClaimFeed
    fund: str
    diagnosis: Diagnosis
    exchanges: tuple[Exchange, ...]
    open_reference: str

    @property
    def is_on(self) -> bool:
        return self.state == ClaimFeed.ON


@dataclass(frozen=True, slots=True)
class KnownFeed:
    """Whether the feed of one person is on."""

    person_id: UUID
    first_name: str
    is_on: bool


def feeds_known_to(viewer: Viewer, *, on: date) -> list[KnownFeed]:
    """Of everyone whose identity the viewer sees, oneself first (A36). One query."""
    return [
        KnownFeed(one.pk, one.first_name, one.claim_feed == ClaimFeed.ON)
        for one in people_to_send_for(viewer, on=on)
        if may_see_identity(viewer, as_person(one), on=on)
    ]


def feed_state_of(viewer: Viewer, person_id: UUID, *, on: date) -> FeedState | None:
    """None unless the viewer sees this person's identity (A36). Four queries."""
    person = Beneficiary.objects.filter(member_id=viewer.member_id, pk=person_id).first()
    if person is None or not may_see_identity(viewer, as_person(person), on=on):
        return None
    exchanges = _exchanges(person_id)
    return FeedState(
        person_id=person.pk,
        first_name=person.first_name,
        full_name=person.full_name,
        state=ClaimFeed(person.claim_feed),
        fund="-".join(filter(None, (person.scheme_code, person.fund_code, person.office_code))),
        diagnosis=_diagnosis(person, exchanges, on=on),
        exchanges=exchanges,
        open_reference=open_reference(viewer, subject=feed_subject(person.pk)),
    )


def _exchanges(person_id: UUID) -> tuple[Exchange, ...]:
    told = ("feed__taken_in_at", "statement_date", "scheme_code", "fund_code", "office_code")
    rows = AdjudicatedLine.objects.filter(beneficiary_id=person_id).values_list(*told)
    newest = rows.annotate(lines=Count("pk")).order_by("-feed__taken_in_at", "-statement_date")[:_SHOWN]
    return tuple(Exchange(at, stated, "-".join(codes), lines) for at, stated, *codes, lines in newest)


def _diagnosis(person: Beneficiary, exchanges: tuple[Exchange, ...], *, on: date) -> Diagnosis:
    if person.claim_feed == ClaimFeed.ON:
        if not exchanges:
            # The management system may take the feed in by itself: then its payments tell.
            known = PaymentLine.objects.filter(beneficiary_id=person.pk).exists()
            return Diagnosis.WORKING if known else Diagnosis.WAITING
        age = on - exchanges[0].received_at.date()
        return Diagnosis.WORKING if age.days <= _QUIET_MONTHS * 30 else Diagnosis.QUIET
    if not person.fund_code:
        return Diagnosis.RIGHTS_MISSING
    return Diagnosis.STOPPED if person.claim_feed == ClaimFeed.OFF else Diagnosis.NEVER_LINKED
