"""What waits to be paid, in SQL: one row for each line, with who is to be paid on which account."""
# ruff: noqa: S608 (names of our own tables only)

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from entraide.portal.domain.adjudication.enums import LineState
from entraide.portal.domain.adjudication.models import AdjudicatedLine
from entraide.portal.domain.claims.enums import Payee
from entraide.portal.domain.claims.models import Payment
from entraide.portal.domain.imports import rows_of, table
from entraide.portal.domain.members.enums import Relationship
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.payment_runs.enums import RunState
from entraide.portal.domain.payment_runs.models import PaymentRun, RunLine, TransferPart

_MEMBER = Payee.MEMBER.value


def waiting_lines() -> str:
    """Columns: line_id, amc, member_id, payee, account_id, number, nameless, name.

    `account_id`: the person whose account it is, their own or else the primary insured's. `nameless`: the
    name of a professional whom no number tells apart from another of that name.
    """
    to_member = f"l.payee = '{_MEMBER}'"
    return (
        "SELECT l.id AS line_id, l.amc, b.member_id, l.payee, "
        f"CASE WHEN {to_member} THEN o.id END AS account_id, "
        f"CASE WHEN {to_member} THEN '' ELSE l.professional_number END AS number, "
        f"CASE WHEN {to_member} OR l.professional_number <> '' THEN '' ELSE l.professional END AS nameless, "
        f"CASE WHEN {to_member} THEN o.first_name || ' ' || o.last_name ELSE l.professional END AS name "
        f"FROM {table(AdjudicatedLine)} l JOIN {table(Beneficiary)} b ON b.id = l.beneficiary_id "
        f"JOIN {table(Beneficiary)} o ON o.member_id = b.member_id AND CASE WHEN LENGTH(b.iban) > 0 "
        f"THEN o.id = b.id ELSE o.relationship = '{Relationship.PRIMARY_INSURED.value}' END "
        f"WHERE l.state = '{LineState.PRICED.value}' "
        f"AND NOT EXISTS (SELECT 1 FROM {table(RunLine)} r WHERE r.line_id = l.id)"
    )


def moved_people(run: PaymentRun) -> int:
    """How many parts of a prepared run would go to another person's account today."""
    own = "LENGTH(b.iban) > 0"
    found = rows_of(
        f"SELECT COUNT(DISTINCT p.id) FROM {table(TransferPart)} p "
        f"JOIN {table(RunLine)} r ON r.part_id = p.id "
        f"JOIN {table(AdjudicatedLine)} l ON l.id = r.line_id "
        f"JOIN {table(Beneficiary)} b ON b.id = l.beneficiary_id "
        f"WHERE p.run_id = %s AND p.payee = '{_MEMBER}' AND ({own}) <> (b.id = p.beneficiary_id) "
        f"AND ({own} OR b.relationship <> %s)",
        [run.pk, Relationship.PRIMARY_INSURED.value],
    )
    return int(found[0][0])


class PayeeKey(NamedTuple):
    """Who is paid together: the account of a person, or a professional by number (or only by name)."""

    payee: str
    account_id: UUID | None
    number: str
    nameless: str


@dataclass(frozen=True, slots=True)
class Share:
    """What one membership has of it; cents. `repays`: a payment that came back."""

    member_id: UUID
    amount: int
    lines: int
    repays: UUID | None = None


@dataclass(slots=True)
class Group:
    """What one payee is owed; negative when more was taken back than is due."""

    key: PayeeKey
    name: str
    shares: list[Share] = field(default_factory=list)

    @property
    def amount(self) -> int:
        return sum(share.amount for share in self.shares)

    @property
    def lines(self) -> int:
        return sum(share.lines for share in self.shares)


def waiting_groups() -> Iterator[Group]:
    """Every payee once, lines and payments that came back together."""
    back = _sent_back()
    for key, rows in groupby(_rows(), key=lambda row: row.key):
        found = list(rows)
        group = back.pop(key, Group(key, found[0].name))
        group.shares += [row.share for row in found]
        yield group
    yield from back.values()


class _Row(NamedTuple):
    key: PayeeKey
    name: str
    share: Share


def _rows() -> Iterator[_Row]:
    key = "payee, account_id, number, nameless"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {key}, member_id, MIN(name), SUM(amc), COUNT(*) FROM ({waiting_lines()}) w "
            f"GROUP BY {key}, member_id ORDER BY {key}, member_id"
        )
        rows = cursor.fetchall()
    for payee, account, number, nameless, member, name, amount, lines in rows:
        share = Share(_sure(member), int(amount), lines)
        yield _Row(PayeeKey(payee, _uuid(account), number, nameless), name, share)


def _uuid(value: Any) -> UUID | None:
    """SQLite keeps them as text."""
    return UUID(value) if isinstance(value, str) else value


def _sure(value: Any) -> UUID:
    found = _uuid(value)
    assert found is not None
    return found


def _sent_back() -> dict[PayeeKey, Group]:
    """Payments that came back and are in no prepared run, by the payee of their last transfer."""
    owed = Payment.objects.filter(returned_on__isnull=False).values("pk")
    parts = TransferPart.objects.filter(payment_id__in=owed).select_related("run").order_by("run_id")
    last = {part.payment_id: part for part in parts}
    found: dict[PayeeKey, Group] = {}
    for part in last.values():
        if part.run.state == RunState.ORDERED:
            key = PayeeKey(part.payee, part.beneficiary_id, part.professional_number, "")
            group = found.setdefault(key, Group(key, part.payee_name))
            group.shares.append(Share(part.member_id, part.amount, part.lines, repays=part.payment_id))
    return found
