"""Where what a person received comes from: each source reads the tables of one app as they are.

A source gives rows of one shape (`rows.branch`), already cut to what this reader may see. Another source is
another function here and its place in `SOURCES`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import CharField, F, Q, QuerySet, Value, Window
from django.db.models.functions import Cast, Greatest, Left, RowNumber, TruncDate
from django.utils import timezone

from entraide.portal.domain.bank.enums import LIVE, ChangeState
from entraide.portal.domain.bank.models import AccountChange
from entraide.portal.domain.claims.models import Statement
from entraide.portal.domain.claims.sight import family_among
from entraide.portal.domain.contracts.models import Contract
from entraide.portal.domain.contracts.queries import contracts_seen_by
from entraide.portal.domain.correspondence.enums import ReceivedKind
from entraide.portal.domain.correspondence.rows import branch
from entraide.portal.domain.exports.enums import ExportState
from entraide.portal.domain.exports.models import DataExport
from entraide.portal.domain.library.queries import own_documents
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.policies import may_see_identity
from entraide.portal.domain.members.queries import as_person
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.requests.enums import FINAL_STATES, RequestState
from entraide.portal.domain.requests.models import Request, Step


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
    def branches(self) -> Mapping[ReceivedKind, list[QuerySet[Any]]]:
        """What every source gives for this reader, not asked yet."""
        return {
            kind: [rows for source in sources for rows in source(self)] for kind, sources in SOURCES.items()
        }


def statements(recipient: Recipient) -> Iterator[QuerySet[Any]]:
    """Statements in which something is for this reader; ranks count these alone (A40)."""
    family = family_among(recipient.viewer, recipient.people, on=recipient.today)
    seen = Statement.objects.filter(pk__in=family.known_lines().values("payment__statement_id"))
    # `2026-12` of an ISO day; SQLite would leave its own program for each row to cut a date.
    month = Left(Cast("issued_on", CharField()), 7)
    rank = Window(RowNumber(), partition_by=[month], order_by=["issued_on", "number"])
    yield branch(seen, ReceivedKind.STATEMENT, on=F("issued_on"), number=rank)


def guarantees(recipient: Recipient) -> Iterator[QuerySet[Any]]:
    """A table of guarantees for each year in which a contract has one, from the first day that it serves."""
    contracts = contracts_seen_by(recipient.viewer).filter(subscribed_on__lte=recipient.today)
    first_days = [each.valid_from for tables in settings.PROFILE.guarantees.values() for each in tables]
    for year in range(min(first_days, default=date.max).year, recipient.today.year + 1):
        rows, first_day = _with_table(contracts, year), Value(date(year, 1, 1))
        yield branch(
            rows,
            ReceivedKind.GUARANTEES,
            on=Greatest(F("subscribed_on"), first_day),
            title_fr=F("label_fr"),
            title_en=F("label_en"),
            number=Value(year),
        )


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


def documents(recipient: Recipient) -> Iterator[QuerySet[Any]]:
    """What the mutual wrote for this member: cards, certificates, schedules."""
    rows = own_documents(recipient.viewer).filter(published_on__lte=recipient.today)
    titles = {"title_fr": F("title_fr"), "title_en": F("title_en")}
    yield branch(rows, ReceivedKind.DOCUMENT, on=F("published_on"), type=F("kind"), size=F("size"), **titles)


def receipts(recipient: Recipient) -> Iterator[QuerySet[Any]]:
    """A receipt for each request, to who sent it."""
    rows = Request.objects.filter(sender_id=recipient.viewer.person_id)
    yield branch(
        rows,
        ReceivedKind.RECEIPT,
        on=TruncDate("received_at"),
        reference=F("reference"),
        category=F("category"),
        type=F("type"),
    )


def answers(recipient: Recipient) -> Iterator[QuerySet[Any]]:
    """What the mutual answered to a request, a question back included."""
    said = (*FINAL_STATES, RequestState.WAITING_FOR_MEMBER)
    rows = Step.objects.filter(request__sender_id=recipient.viewer.person_id, state__in=said)
    yield branch(
        rows,
        ReceivedKind.ANSWER,
        on=TruncDate("at"),
        id=F("request_id"),
        reference=F("request__reference"),
        state=F("state"),
        category=F("request__category"),
        type=F("request__type"),
    )


def account_answers(recipient: Recipient) -> Iterator[QuerySet[Any]]:
    """How the changes of account ended that the viewer asked for, while the account is theirs to see.

    One that the viewer cancelled got no answer.
    """
    rows = AccountChange.objects.filter(
        asked_by_id=recipient.viewer.person_id, person_id__in=recipient.accounts, ended_at__isnull=False
    )
    yield branch(
        rows.exclude(state__in=(*LIVE, ChangeState.CANCELLED)),
        ReceivedKind.ANSWER,
        on=TruncDate("ended_at"),
        id=F("person_id"),
        reference=F("reference"),
        state=F("state"),
    )


def exports(recipient: Recipient) -> Iterator[QuerySet[Any]]:
    """The copy of the viewer's data, while it can be taken."""
    ready = DataExport.objects.filter(
        person_id=recipient.viewer.person_id, state=ExportState.READY, expires_at__gt=recipient.now
    )
    yield branch(ready, ReceivedKind.EXPORT, on=TruncDate("ready_at"), size=F("size"))


Source = Callable[[Recipient], Iterator[QuerySet[Any]]]

SOURCES: Mapping[ReceivedKind, tuple[Source, ...]] = MappingProxyType(
    {
        ReceivedKind.STATEMENT: (statements,),
        ReceivedKind.GUARANTEES: (guarantees,),
        ReceivedKind.DOCUMENT: (documents,),
        ReceivedKind.RECEIPT: (receipts,),
        ReceivedKind.ANSWER: (answers, account_answers),
        ReceivedKind.EXPORT: (exports,),
    }
)
