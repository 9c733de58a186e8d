"""Where what a person received comes from: each source reads the tables of one app as they are.

A source gives rows of one shape (`rows.Branch`), already cut to what this reader may see. Another source is
another function here and its place in `SOURCES`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.conf import settings
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value, Window
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Greatest, Left, RowNumber
from django.utils import timezone

from entraide.portal.domain.bank.enums import LIVE, ChangeState
from entraide.portal.domain.bank.models import AccountChange
from entraide.portal.domain.claims.models import Statement
from entraide.portal.domain.claims.sight import family_among
from entraide.portal.domain.contracts.models import Contract
from entraide.portal.domain.contracts.queries import contracts_seen_by
from entraide.portal.domain.correspondence.enums import ReceivedKind
from entraide.portal.domain.correspondence.rows import Branch, counts_of
from entraide.portal.domain.exports.enums import ExportState
from entraide.portal.domain.exports.models import DataExport
from entraide.portal.domain.library.queries import own_documents
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.policies import may_see_identity
from entraide.portal.domain.members.queries import as_person
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.requests.enums import ANSWERED_STATES, READABLE, RequestState
from entraide.portal.domain.requests.models import ENCLOSED, LEFT, Request, RequestFile, Step
from entraide.portal.domain.requests.sight import read_by
from entraide.portal.domain.social_fund.models import AidDecision


@dataclass(frozen=True)
class Recipient:
    """Who received: the viewer, and the people of the contract whom they may read of, loaded once."""

    viewer: Viewer
    people: tuple[Beneficiary, ...]
    now: datetime

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    @cached_property
    def accounts(self) -> frozenset[UUID]:
        """Whose bank account the viewer may open today."""
        seen = (one for one in self.people if may_see_identity(self.viewer, as_person(one), on=self.today))
        return frozenset(one.pk for one in seen)

    @cached_property
    def asked_by_others(self) -> list[UUID]:
        """The requests about the viewer that somebody else sent, and that are theirs to read. One query."""
        theirs = read_by(self.viewer).exclude(sender_id=self.viewer.person_id)
        return list(theirs.values_list("pk", flat=True))

    @cached_property
    def branches(self) -> list[Branch]:
        """What every source gives for this reader, not asked yet."""
        return [branch for source in SOURCES for branch in source(self)]

    @cached_property
    def counts(self) -> list[tuple[str, int, int]]:
        """How many there are of each kind in each year: kind, year, number. One query, asked once."""
        return counts_of(self.branches)


def statements(recipient: Recipient) -> Iterator[Branch]:
    """Statements in which something is for this reader; ranks count these alone (A40)."""
    family = family_among(recipient.viewer, recipient.people, on=recipient.today)
    known = family.known_lines().filter(payment__statement_id=OuterRef("pk"))
    seen = Statement.objects.filter(Exists(known), member_id=recipient.viewer.member_id)
    # `2026-12` of an ISO day; SQLite would leave its own program for each row to cut a date.
    month = Left(Cast("issued_on", CharField()), 7)
    rank = Window(RowNumber(), partition_by=[month], order_by=["issued_on", "number"])
    yield Branch(seen, ReceivedKind.STATEMENT, on=F("issued_on"), columns={"number": rank})


def guarantees(recipient: Recipient) -> Iterator[Branch]:
    """A table of guarantees for each year in which a contract has one, from the first day that it serves."""
    contracts = contracts_seen_by(recipient.viewer).filter(subscribed_on__lte=recipient.today)
    first_days = [each.valid_from for tables in settings.PROFILE.guarantees.values() for each in tables]
    for year in range(min(first_days, default=date.max).year, recipient.today.year + 1):
        rows, first_day = _with_table(contracts, year), Value(date(year, 1, 1))
        columns: dict[str, Combinable] = {
            "title_fr": F("label_fr"),
            "title_en": F("label_en"),
            "number": Value(year),
        }
        on = Greatest(F("subscribed_on"), first_day)
        yield Branch(rows, ReceivedKind.GUARANTEES, on=on, columns=columns)


def _with_table(contracts: QuerySet[Contract], year: int) -> QuerySet[Contract]:
    """The contracts that had a table on some day of the year."""
    numbers: dict[tuple[date, date], set[str]] = {}
    for number, tables in settings.PROFILE.guarantees.items():
        for table in tables:
            first = max(table.valid_from, date(year, 1, 1))
            last = min(table.valid_until or date.max, date(year, 12, 31))
            if first <= last:
                numbers.setdefault((first, last), set()).add(number)
    wanted = Q(pk__in=())
    for (first, last), those in numbers.items():
        running = Q(ended_on=None) | Q(ended_on__gte=first)
        wanted |= Q(number__in=those, subscribed_on__lte=last) & running
    return contracts.filter(wanted)


def documents(recipient: Recipient) -> Iterator[Branch]:
    """What the mutual wrote for this member: cards, certificates, schedules."""
    rows = own_documents(recipient.viewer).filter(published_on__lte=recipient.today)
    columns = {name: F(name) for name in ("title_fr", "title_en", "size")} | {"type": F("kind")}
    yield Branch(rows, ReceivedKind.DOCUMENT, on=F("published_on"), columns=columns)


def receipts(recipient: Recipient) -> Iterator[Branch]:
    """A receipt for each request, to who sent it."""
    rows = Request.objects.filter(sender_id=recipient.viewer.person_id)
    columns = {name: F(name) for name in ("reference", "category", "type")}
    yield Branch(rows, ReceivedKind.RECEIPT, on=F("received_at"), is_moment=True, columns=columns)


def answers(recipient: Recipient) -> Iterator[Branch]:
    """What the mutual answered to a request, a question back included: to who sent it, or is concerned."""
    said = (*ANSWERED_STATES, RequestState.WAITING_FOR_MEMBER)
    rows = Step.objects.filter(request__in=read_by(recipient.viewer), state__in=said)
    columns = {name: F(f"request__{name}") for name in ("id", "reference", "category", "type")}
    columns |= {"state": F("state"), "by": F("request__sender_id")}
    yield Branch(rows, ReceivedKind.ANSWER, on=F("at"), is_moment=True, columns=columns)


def enclosures(recipient: Recipient) -> Iterator[Branch]:
    """The papers that came along, once they may be opened: to who sent the request, or is concerned."""
    rows = RequestFile.objects.filter(
        ENCLOSED, LEFT, request__in=read_by(recipient.viewer), scan_state__in=READABLE
    )
    columns = {name: F(f"request__{name}") for name in ("reference", "category", "type")}
    columns |= {"size": F("size"), "by": F("request__sender_id")}
    yield Branch(rows, ReceivedKind.ENCLOSURE, on=F("message__step__at"), is_moment=True, columns=columns)


def decisions(recipient: Recipient) -> Iterator[Branch]:
    """The letters of the social fund, from the second agreement on: to who asked, and to no helper."""
    viewer = recipient.viewer
    agreed = AidDecision.objects.filter(request__sender_id=viewer.person_id, agreed_at__isnull=False)
    columns = {name: F(f"request__{name}") for name in ("id", "reference", "category", "type")}
    rows = agreed if viewer.helping is None else agreed.none()
    yield Branch(rows, ReceivedKind.DECISION, on=F("agreed_at"), is_moment=True, columns=columns)


def account_answers(recipient: Recipient) -> Iterator[Branch]:
    """How the changes of account ended that the viewer asked for, while the account is theirs to see.

    One that the viewer cancelled got no answer.
    """
    rows = AccountChange.objects.filter(
        asked_by_id=recipient.viewer.person_id, person_id__in=recipient.accounts, ended_at__isnull=False
    )
    ended = rows.exclude(state__in=(*LIVE, ChangeState.CANCELLED))
    columns = {"id": F("person_id"), "reference": F("reference"), "state": F("state")}
    yield Branch(ended, ReceivedKind.ANSWER, on=F("ended_at"), is_moment=True, columns=columns)


def exports(recipient: Recipient) -> Iterator[Branch]:
    """The copy of the viewer's data, while it can be taken."""
    ready = DataExport.objects.filter(
        person_id=recipient.viewer.person_id, state=ExportState.READY, expires_at__gt=recipient.now
    )
    columns = {"size": F("size")}
    yield Branch(ready, ReceivedKind.EXPORT, on=F("ready_at"), is_moment=True, columns=columns)


Source = Callable[[Recipient], Iterator[Branch]]

SOURCES: tuple[Source, ...] = (
    statements,
    guarantees,
    documents,
    receipts,
    answers,
    enclosures,
    decisions,
    account_answers,
    exports,
)
