"""What the bank says of transfers: carried out, refused, sent back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from entraide.formats.money import format_cents
from entraide.formats.sepa import AnswerItem, AnswerKind, BankAnswer, GroupStatus
from entraide.portal.domain.claims.models import Payment
from entraide.portal.domain.payment_runs.accounts import ACCOUNT_REASONS
from entraide.portal.domain.payment_runs.enums import TransferState
from entraide.portal.domain.payment_runs.events import BankAnswerRecorded, PaymentSentBack
from entraide.portal.domain.payment_runs.models import Transfer
from entraide.portal.foundation.events.facts import publish

_STATES = {
    AnswerKind.ACCEPTED: TransferState.ACCEPTED,
    AnswerKind.REFUSED: TransferState.REFUSED,
    AnswerKind.RETURNED: TransferState.RETURNED,
}
# What may follow what: a transfer that was carried out can still come back, one that came back is over.
_OPEN = {
    TransferState.ACCEPTED: (TransferState.ORDERED,),
    TransferState.REFUSED: (TransferState.ORDERED, TransferState.ACCEPTED),
    TransferState.RETURNED: (TransferState.ORDERED, TransferState.ACCEPTED),
}
_WHOLE = {GroupStatus.ACCEPTED: AnswerKind.ACCEPTED, GroupStatus.REFUSED: AnswerKind.REFUSED}
_AT_ONCE = 500


@dataclass(slots=True)
class Recorded:
    """How many transfers changed, and what in the message is about none of ours (`unknown`)."""

    accepted: int = 0
    refused: int = 0
    returned: int = 0
    unchanged: int = 0
    unknown: list[str] = field(default_factory=list)

    @property
    def changed(self) -> int:
        return self.accepted + self.refused + self.returned


@transaction.atomic
def record_answer(answer: BankAnswer, *, today: date) -> Recorded:
    """Notes what became of transfers; the same message twice is no change.

    A payment that was refused or sent back is owed again, and a later run pays it. Publishes
    `BankAnswerRecorded`, and `PaymentSentBack` for each person concerned.
    """
    done = Recorded()
    items = [*answer.items, *_of_the_rest(answer)]
    for start in range(0, len(items), _AT_ONCE):
        _record_some(items[start : start + _AT_ONCE], done, today=today)
    if done.changed:
        publish(
            BankAnswerRecorded(
                message=answer.message_id,
                accepted=done.accepted,
                refused=done.refused,
                returned=done.returned,
            )
        )
    return done


def _of_the_rest(answer: BankAnswer) -> list[AnswerItem]:
    """What the bank says of the whole file holds for the transfers that it does not name."""
    kind = _WHOLE.get(answer.group) if answer.group is not None else None
    if kind is None or answer.original_message_id is None:
        return []
    named = {item.end_to_end_id for item in answer.items}
    ids = Transfer.objects.filter(run__number=answer.original_message_id).order_by("pk")
    return [
        AnswerItem(end_to_end_id=one, kind=kind, reason=answer.group_reason)
        for one in ids.values_list("end_to_end_id", flat=True)
        if one not in named
    ]


def _record_some(items: Sequence[AnswerItem], done: Recorded, *, today: date) -> None:
    ids = [item.end_to_end_id for item in items]
    ours = Transfer.objects.select_for_update(of=("self",)).select_related("beneficiary__account")
    known = {one.end_to_end_id: one for one in ours.filter(end_to_end_id__in=ids)}
    for item in items:
        transfer = known.get(item.end_to_end_id)
        if transfer is None:
            done.unknown.append(item.end_to_end_id)
        elif item.amount is not None and item.amount != transfer.amount:
            found, ours_is = format_cents(item.amount), format_cents(transfer.amount)
            done.unknown.append(f"{item.end_to_end_id}, {found} in place of {ours_is}")
        elif transfer.state not in _OPEN[_STATES[item.kind]]:
            done.unchanged += 1
        else:
            _record(transfer, item, done, today=today)


def _record(transfer: Transfer, item: AnswerItem, done: Recorded, *, today: date) -> None:
    transfer.state, transfer.reason = _STATES[item.kind], item.reason[:4]
    transfer.answered_on = item.on or today
    transfer.save(update_fields=["state", "reason", "answered_on"])
    setattr(done, item.kind.value, getattr(done, item.kind.value) + 1)
    if item.kind is AnswerKind.ACCEPTED:
        return
    payments = transfer.parts.values("payment_id")
    Payment.objects.filter(pk__in=payments).update(returned_on=transfer.answered_on)
    person = transfer.beneficiary
    if person is not None:
        language = person.account.language if person.account is not None else "fr"
        publish(
            PaymentSentBack(
                about=person.pk,
                reason=transfer.reason,
                account=transfer.reason in ACCOUNT_REASONS,
                language=language,
            )
        )
