"""Preparing a run: what waits is grouped by payee. Nothing is paid, and members see nothing of it yet."""
# ruff: noqa: S608 (names of our own tables only)

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import count, islice
from typing import TypeVar
from uuid import uuid4

from django.conf import settings
from django.db import connection, transaction

from entraide.portal.domain.adjudication.models import AdjudicatedLine
from entraide.portal.domain.imports import rows_of, table, tell_planner
from entraide.portal.domain.payment_runs.accounts import Account, accounts_of
from entraide.portal.domain.payment_runs.enums import HeldReason, RunState
from entraide.portal.domain.payment_runs.events import PaymentRunCancelled, PaymentRunPrepared
from entraide.portal.domain.payment_runs.models import Held, PaymentRun, RunLine, Transfer, TransferPart
from entraide.portal.domain.payment_runs.refusals import RunRefused
from entraide.portal.domain.payment_runs.waiting import Group, waiting_groups, waiting_lines
from entraide.portal.foundation.events.facts import publish
from entraide.profiles import DebtorBank

T = TypeVar("T")
_AT_ONCE = 500


def debtor() -> DebtorBank:
    """The mutual's account; the demo has one of its own. Raises RunRefused without any."""
    bank = settings.PROFILE.bank
    if bank is None and settings.ENTRAIDE.demo:
        bank = settings.PROFILE.demo.bank
    if bank is None:
        raise RunRefused("profile.toml, bank", "nothing", "the account that reimbursements leave from")
    return bank


@transaction.atomic
def prepare_run(*, pay_on: date, now: datetime) -> PaymentRun:
    """Groups everything that waits by payee; the money leaves on `pay_on` once the run is ordered.

    What cannot be paid is held, with its reason, for a later run. Publishes `PaymentRunPrepared`. Raises
    RunRefused when nothing waits, another run is prepared already, or the day is past.
    """
    debtor()
    _check(pay_on, today=now.date())
    run = PaymentRun.objects.create(number=_next_number(pay_on), pay_on=pay_on, made_at=now)
    numbers = count(1)
    for groups in _some_at_once(waiting_groups()):
        _store(run, groups, numbers)
    _claim_lines(run)
    _sum_up(run)
    held = run.held.count()
    if not run.payments and not held:
        raise RunRefused("lines", "none that waits", "lines of a feed, priced and not paid yet")
    publish(PaymentRunPrepared(number=run.number, lines=run.lines, transfers=run.transfers, held=held))
    return run


@transaction.atomic
def cancel_run(run: PaymentRun) -> None:
    """Gives a prepared run up: its lines wait again. Publishes `PaymentRunCancelled`."""
    found = PaymentRun.objects.select_for_update().get(pk=run.pk)
    if found.state != RunState.PREPARED:
        raise RunRefused(found.number, "a run that was ordered", "one that is only prepared")
    number = found.number
    found.delete()
    publish(PaymentRunCancelled(number=number))


def _check(pay_on: date, *, today: date) -> None:
    if pay_on < today:
        raise RunRefused("--on", f"{pay_on}", f"a day from {today}, today")
    other = PaymentRun.objects.filter(state=RunState.PREPARED).first()
    if other is not None:
        raise RunRefused(
            "run", f"{other.number}, prepared already", "one at a time: order or cancel it first"
        )


def _next_number(pay_on: date) -> str:
    stem = f"V{pay_on:%Y%m%d}-"
    taken = PaymentRun.objects.filter(number__startswith=stem).values_list("number", flat=True)
    return f"{stem}{max((int(number.removeprefix(stem)) for number in taken), default=0) + 1}"


def _some_at_once(groups: Iterable[T]) -> Iterator[list[T]]:
    source = iter(groups)
    while some := list(islice(source, _AT_ONCE)):
        yield some


def _store(run: PaymentRun, groups: list[Group], numbers: "count[int]") -> None:
    accounts = accounts_of([group.key for group in groups if group.amount > 0])
    transfers: list[Transfer] = []
    parts: list[TransferPart] = []
    held: list[Held] = []
    for group in groups:
        found = accounts.get(group.key) if group.amount >= 0 else HeldReason.DEBT
        if isinstance(found, HeldReason):
            held.append(_held(run, group, found))
            continue
        transfer = None
        if found is not None:
            transfer = _transfer(run, group, found, next(numbers))
            transfers.append(transfer)
        parts += _parts(run, group, transfer)
    Transfer.objects.bulk_create(transfers)
    TransferPart.objects.bulk_create(parts)
    Held.objects.bulk_create(held)


def _transfer(run: PaymentRun, group: Group, account: Account, number: int) -> Transfer:
    return Transfer(
        run=run,
        end_to_end_id=f"{run.number}-{number}",
        beneficiary_id=group.key.account_id,
        professional_id=account.professional_id,
        iban=account.iban,
        bic=account.bic,
        holder=account.holder,
        account_index=account.index,
        amount=group.amount,
    )


def _parts(run: PaymentRun, group: Group, transfer: Transfer | None) -> Iterator[TransferPart]:
    for share in group.shares:
        key = uuid4()
        yield TransferPart(
            id=key,
            run=run,
            transfer=transfer,
            member_id=share.member_id,
            payee=group.key.payee,
            payee_name=group.name,
            beneficiary_id=group.key.account_id,
            professional_number=group.key.number,
            payment_id=share.repays or key,
            repays=share.repays is not None,
            amount=share.amount,
            lines=share.lines,
        )


def _held(run: PaymentRun, group: Group, reason: HeldReason) -> Held:
    return Held(
        run=run,
        reason=reason,
        payee=group.key.payee,
        beneficiary_id=group.key.account_id,
        professional_number=group.key.number,
        payee_name=group.name,
        lines=group.lines,
        amount=group.amount,
    )


def _claim_lines(run: PaymentRun) -> None:
    """Each line to its part, in one statement; raises when that is not what was summed."""
    parts = table(TransferPart)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table(RunLine)} (line_id, part_id) SELECT w.line_id, p.id "
            f"FROM ({waiting_lines()}) w JOIN {parts} p ON p.run_id = %s AND p.member_id = w.member_id "
            "AND NOT p.repays AND p.payee = w.payee AND p.professional_number = w.number "
            "AND (p.beneficiary_id = w.account_id OR w.account_id IS NULL) "
            "AND (p.payee_name = w.nameless OR w.nameless = '')",
            [run.pk],
        )
        tell_planner(RunLine, written=cursor.rowcount)
    of_lines = (
        f"SELECT r.part_id, COUNT(*) AS lines, SUM(l.amc) AS amount FROM {table(RunLine)} r "
        f"JOIN {table(AdjudicatedLine)} l ON l.id = r.line_id GROUP BY r.part_id"
    )
    other = rows_of(
        f"SELECT COUNT(*) FROM {parts} p LEFT JOIN ({of_lines}) f ON f.part_id = p.id "
        "WHERE p.run_id = %s AND NOT p.repays "
        "AND (f.part_id IS NULL OR f.lines <> p.lines OR f.amount <> p.amount)",
        [run.pk],
    )
    if other[0][0]:
        raise RunRefused("lines", "some that changed meanwhile", "nobody else at work; prepare the run again")


def _sum_up(run: PaymentRun) -> None:
    sums = rows_of(
        f"SELECT COALESCE(SUM(lines), 0), COUNT(*) FROM {table(TransferPart)} WHERE run_id = %s", [run.pk]
    )
    money = rows_of(
        f"SELECT COUNT(*), COALESCE(SUM(amount), 0) FROM {table(Transfer)} WHERE run_id = %s", [run.pk]
    )
    run.lines, run.payments = map(int, sums[0])
    run.transfers, run.amount = map(int, money[0])
    run.save(update_fields=["lines", "payments", "transfers", "amount"])
