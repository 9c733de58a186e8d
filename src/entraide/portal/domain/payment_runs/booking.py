"""What an ordered run leaves behind: statements, payments, and the care behind each of them."""
# ruff: noqa: S608 (names of our own tables only)

from collections.abc import Iterator
from itertools import groupby, islice
from uuid import UUID, uuid4

from django.db import connection

from entraide.formats.iban import last_four
from entraide.portal.domain.adjudication.enums import LineState
from entraide.portal.domain.adjudication.models import AdjudicatedLine
from entraide.portal.domain.claims.enums import Payee, PaymentMethod
from entraide.portal.domain.claims.models import Payment, PaymentLine, Statement
from entraide.portal.domain.imports import quoted, rows_of, table, tell_planner
from entraide.portal.domain.payment_runs.models import PaymentRun, RunLine, TransferPart
from entraide.reimbursement import load_vocabulary

_MEMBERS_AT_ONCE = 500
# A payment line has the id of its line of the feed: it is there once, and both are found from either.
_COPIED = (
    "id", "beneficiary_id", "reference", "claim_number", "care_date", "act_code", "professional", "charged",
    "base", "rate", "amo", "amc", "left", "quantity", "sector", "pathway", "exemption", "withheld", "side",
    "tooth", "lens_right", "lens_left", "sight_changed", "stay_from", "stay_until", "ward",
)  # fmt: skip


def book(run: PaymentRun) -> None:
    """Writes what members will see, in the caller's transaction; the lines become paid."""
    for parts in _by_members(run):
        _store(run, parts)
    _store_lines(run)
    lines = table(AdjudicatedLine)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {lines} SET state = %s WHERE id IN (SELECT r.line_id FROM {table(RunLine)} r "
            f"JOIN {table(TransferPart)} p ON p.id = r.part_id WHERE p.run_id = %s)",
            [LineState.PAID.value, run.pk],
        )
    _pay_again(run)


def _by_members(run: PaymentRun) -> Iterator[list[list[TransferPart]]]:
    """Some hundred memberships at a time, each with its parts."""
    parts = run.parts.filter(repays=False).select_related("transfer").order_by("member_id")
    members = (list(of_one) for _, of_one in groupby(parts.iterator(2000), key=lambda part: part.member_id))
    while some := list(islice(members, _MEMBERS_AT_ONCE)):
        yield some


def _store(run: PaymentRun, members: list[list[TransferPart]]) -> None:
    statements = [
        Statement(id=uuid4(), member_id=parts[0].member_id, number=run.number, issued_on=run.pay_on)
        for parts in members
    ]
    Statement.objects.bulk_create(statements)
    Payment.objects.bulk_create(
        _payment(run, part, number, statement.pk)
        for statement, parts in zip(statements, members, strict=True)
        for number, part in enumerate(parts, start=1)
    )


def _payment(run: PaymentRun, part: TransferPart, number: int, statement: UUID) -> Payment:
    transfer = part.transfer
    reference = f"{run.number}-{number}" if transfer is None else transfer.end_to_end_id
    to_member = transfer is not None and part.payee == Payee.MEMBER
    return Payment(
        id=part.payment_id,
        member_id=part.member_id,
        statement_id=statement,
        reference=reference,
        paid_on=run.pay_on,
        amount=part.amount,
        payee=part.payee,
        payee_name=part.payee_name,
        method=PaymentMethod.TRANSFER if transfer is not None else PaymentMethod.NONE,
        iban_end=last_four(transfer.iban) if transfer is not None and to_member else "",
    )


def _store_lines(run: PaymentRun) -> None:
    """One statement for each act: its kind and its name come from the vocabulary."""
    of_run = (
        f"FROM {table(AdjudicatedLine)} l JOIN {table(RunLine)} r ON r.line_id = l.id "
        f"JOIN {table(TransferPart)} p ON p.id = r.part_id WHERE p.run_id = %s"
    )
    procedures = load_vocabulary().procedures
    told = ("payment_id", "kind", "label_fr", "label_en")
    columns = ", ".join(map(quoted, (*_COPIED, *told)))
    copied = ", ".join(f"l.{quoted(name)}" for name in _COPIED)
    written = 0
    for (code,) in rows_of(f"SELECT DISTINCT l.act_code {of_run}", [run.pk]):
        act = procedures[code]
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table(PaymentLine)} ({columns}) "
                f"SELECT {copied}, p.payment_id, %s, %s, %s {of_run} AND l.act_code = %s",
                [act.family.kind.value, act.label.fr, act.label.en, run.pk, code],
            )
            written += cursor.rowcount
    tell_planner(PaymentLine, written=written, columns=("id", "payment_id", "beneficiary_id"))


def _pay_again(run: PaymentRun) -> None:
    """Payments that had come back are paid with this run, on the account of today."""
    for part in run.parts.filter(repays=True).select_related("transfer"):
        end = last_four(part.transfer.iban) if part.transfer and part.payee == Payee.MEMBER else ""
        Payment.objects.filter(pk=part.payment_id).update(returned_on=None, paid_on=run.pay_on, iban_end=end)
