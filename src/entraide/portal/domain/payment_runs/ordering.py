"""Ordering a run: payments and statements are made, and the file for the bank with them, or nothing."""

from datetime import date, datetime

from django.db import transaction

from entraide.formats.sepa import Account as SepaAccount
from entraide.formats.sepa import (
    CreditTransfer,
    SepaRefused,
    SepaVersion,
    TransferOrder,
    credit_transfer_file,
)
from entraide.portal.domain.adjudication.enums import LineState
from entraide.portal.domain.payment_runs.accounts import Account, accounts_of
from entraide.portal.domain.payment_runs.booking import book
from entraide.portal.domain.payment_runs.enums import RunState, TransferState
from entraide.portal.domain.payment_runs.events import PaymentRunOrdered
from entraide.portal.domain.payment_runs.models import PaymentRun, RunLine, Transfer
from entraide.portal.domain.payment_runs.preparing import debtor
from entraide.portal.domain.payment_runs.refusals import RunRefused
from entraide.portal.domain.payment_runs.totals import totals_of
from entraide.portal.domain.payment_runs.waiting import PayeeKey, moved_people
from entraide.portal.foundation.events.facts import publish
from entraide.portal.foundation.tasks.queue import enqueue

ANNOUNCE_JOB = "payment_runs.announce"
_AT_ONCE = 500


@transaction.atomic
def order_run(run: PaymentRun, *, now: datetime) -> bytes | None:
    """Makes a prepared run real and returns its file for the bank; None when there is nothing to transfer.

    Publishes `PaymentRunOrdered`; members are told afterwards. Raises RunRefused, with nothing changed, when
    a line was taken back or an account changed since the run was prepared, or its day is past.
    """
    found = PaymentRun.objects.select_for_update().get(pk=run.pk)
    _check(found, today=now.date())
    found.state, found.ordered_at = RunState.ORDERED, now
    found.save(update_fields=["state", "ordered_at"])
    Transfer.objects.filter(run=found).update(state=TransferState.ORDERED)
    book(found)
    sums = totals_of(found)
    if not sums.agree or sums.transfers != found.amount:
        raise RunRefused(found.number, f"{sums}", "the same sum everywhere; nothing was paid")
    content = order_file(found)
    publish(
        PaymentRunOrdered(
            number=found.number, lines=found.lines, payments=found.payments, transfers=found.transfers
        )
    )
    enqueue(ANNOUNCE_JOB, {"run": found.pk, "after": ""}, dedup=f"{ANNOUNCE_JOB}:{found.number}:")
    return content


def order_file(run: PaymentRun) -> bytes | None:
    """The file of an ordered run, always the same bytes; raises RunRefused when the form refuses it."""
    if run.ordered_at is None:
        raise RunRefused(run.number, "a run that is not ordered", "one that is")
    if not run.transfers:
        return None
    bank = debtor()
    order = TransferOrder(
        message_id=run.number,
        made_at=run.ordered_at,
        execute_on=run.pay_on,
        debtor=SepaAccount(name=bank.holder, iban=bank.iban, bic=bank.bic or ""),
        transfers=[_credit(one, run) for one in _in_order(run)],
    )
    try:
        return credit_transfer_file(order, version=SepaVersion(bank.order_form))
    except SepaRefused as refusal:
        fault = refusal.faults[0]
        raise RunRefused(fault.place.en, fault.found, fault.expected.en) from None


def _in_order(run: PaymentRun) -> list[Transfer]:
    found = Transfer.objects.filter(run=run)
    return sorted(found, key=lambda one: int(one.end_to_end_id.rpartition("-")[2]))


def _credit(one: Transfer, run: PaymentRun) -> CreditTransfer:
    return CreditTransfer(
        end_to_end_id=one.end_to_end_id,
        amount=one.amount,
        creditor=SepaAccount(name=one.holder, iban=one.iban, bic=one.bic),
        # The bank prints it on the account: it tells of no care.
        remittance=f"REMBOURSEMENT {run.number}",
    )


def _check(run: PaymentRun, *, today: date) -> None:
    if run.state != RunState.PREPARED:
        raise RunRefused(run.number, "a run that was ordered already", "a prepared one")
    if run.pay_on < today:
        raise RunRefused(
            run.number, f"to pay on {run.pay_on}", f"a day from {today}: cancel and prepare again"
        )
    gone = RunLine.objects.filter(part__run=run).exclude(line__state=LineState.PRICED).count()
    if gone:
        found = f"{gone} lines that were taken back since"
        raise RunRefused(run.number, found, "lines as they were: cancel and prepare again")
    changed = sum(_changed(some) for some in _some_at_once(run)) + moved_people(run)
    if changed:
        found = f"{changed} accounts that changed since"
        raise RunRefused(run.number, found, "accounts as they were: cancel and prepare again")


def _some_at_once(run: PaymentRun) -> list[list[Transfer]]:
    found = list(Transfer.objects.filter(run=run).select_related("professional"))
    return [found[start : start + _AT_ONCE] for start in range(0, len(found), _AT_ONCE)]


def _changed(transfers: list[Transfer]) -> int:
    keys = {one.pk: _key_of(one) for one in transfers}
    today = accounts_of(keys.values())
    found = [(one, today[keys[one.pk]]) for one in transfers]
    return sum(not isinstance(now, Account) or now.index != one.account_index for one, now in found)


def _key_of(one: Transfer) -> PayeeKey:
    if one.professional is not None:
        return PayeeKey("professional", None, one.professional.number, "")
    return PayeeKey("member", one.beneficiary_id, "", "")
