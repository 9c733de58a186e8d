"""The end of the cooling-off: the new account is put in use, or waits for the mutual, or is refused (I10)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from entraide.portal.domain.bank.deciding import has_its_approvals
from entraide.portal.domain.bank.ending import end, locked_change, refuse
from entraide.portal.domain.bank.enums import LIVE, ChangeState, RefusalReason, Scope
from entraide.portal.domain.bank.events import AccountChangeApplied, AccountChangeReady
from entraide.portal.domain.bank.models import AccountChange
from entraide.portal.domain.bank.telling import tell_other_adults
from entraide.portal.domain.members.bank_accounts import account_index, put_account_on_file
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.policies import may_change_account
from entraide.portal.domain.members.queries import as_person, as_viewer
from entraide.portal.foundation.events.facts import publish


def due_changes(*, now: datetime) -> list[UUID]:
    """Those whose cooling-off is over, the oldest first."""
    rows = AccountChange.objects.filter(state__in=LIVE, effective_at__lte=now)
    return list(rows.order_by("effective_at", "pk").values_list("pk", flat=True))


def settle(change_id: UUID, *, now: datetime) -> AccountChange | None:
    """Applies a change whose time has come and whose approvals are there; None when there is nothing to do.

    Refused when the account has changed meanwhile, or who asked may no longer. Twice is once.
    """
    with transaction.atomic():
        change = locked_change(pk=change_id)
        if change is None or not change.is_live or change.effective_at > now:
            return None
        person = Beneficiary.objects.select_for_update().get(pk=change.person_id)
        if account_index(person.iban) != change.replaced_index:
            return refuse(change, reason=RefusalReason.ACCOUNT_MOVED, actor=None, now=now)
        if not _still_allowed(change, now=now):
            return refuse(change, reason=RefusalReason.NO_LONGER_ALLOWED, actor=None, now=now)
        if not has_its_approvals(change, now=now):
            return _wait(change)
        return _apply(change, person, now=now)


def _still_allowed(change: AccountChange, *, now: datetime) -> bool:
    """A child may have come of age, or the access of who asked have been closed or frozen."""
    asker = Beneficiary.objects.select_related("account", "member").get(pk=change.asked_by_id)
    account = asker.account
    if account is None or not account.is_active or account.frozen_at is not None:
        return False
    return may_change_account(as_viewer(asker), as_person(change.person), on=timezone.localdate(now))


def _wait(change: AccountChange) -> AccountChange | None:
    if change.state == ChangeState.READY:
        return None
    AccountChange.objects.filter(pk=change.pk).update(state=ChangeState.READY)
    change.state = ChangeState.READY
    publish(AccountChangeReady(about=change.asked_by_id, change_id=change.pk, reference=change.reference))
    return change


def _apply(change: AccountChange, person: Beneficiary, *, now: datetime) -> AccountChange:
    put_account_on_file(person, iban=change.iban, bic=change.bic, holder=change.holder)
    end(change, ChangeState.APPLIED, now=now)
    tell_other_adults(change, step="applied", except_for=change.asked_by_id, now=now)
    publish(
        AccountChangeApplied(
            about=change.asked_by_id,
            change_id=change.pk,
            reference=change.reference,
            whole=change.scope == Scope.CONTRACT,
            language=change.language,
        )
    )
    return change
