"""What stops a change before it is applied: its owner, another adult, a freeze, the mutual."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from entraide.portal.domain.bank.enums import LIVE, ChangeState, RefusalReason
from entraide.portal.domain.bank.events import (
    AccountChangeCancelled,
    AccountChangeFrozen,
    AccountChangeRefused,
)
from entraide.portal.domain.bank.models import AccountChange
from entraide.portal.domain.bank.policies import may_cancel
from entraide.portal.domain.bank.telling import tell_other_adults
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.events.facts import publish


def locked_change(**known: object) -> AccountChange | None:
    """The change, its row locked until the transaction ends: of cancelling, deciding and applying one wins.

    The file and the people come along unlocked.
    """
    row = AccountChange.objects.select_for_update(of=("self",)).filter(**known)
    return row.select_related("paper", "person", "asked_by").first()


def cancel_change(viewer: Viewer, *, change_id: UUID, now: datetime) -> AccountChange:
    """Takes a change back while it waits. Raises DomainError when it is not there for the viewer, or over."""
    with transaction.atomic():
        change = locked_change(pk=change_id, person__member_id=viewer.member_id)
        if change is None or not may_cancel(viewer, change, now=now):
            raise DomainError(_("Ce changement n’est pas le vôtre."))
        if not change.is_live:
            raise DomainError(_("Ce changement n’attend plus : il n’y a rien à annuler."))
        end(change, ChangeState.CANCELLED, now=now)
        tell_other_adults(change, step="cancelled", except_for=change.asked_by_id, now=now)
        publish(
            AccountChangeCancelled(
                actor=viewer.account_id,
                about=change.asked_by_id,
                change_id=change.pk,
                reference=change.reference,
                by_other=viewer.person_id != change.asked_by_id,
                language=change.language,
            )
        )
    return change


def stop_changes(account: Account, now: datetime) -> None:
    """Part of every freeze: what this person asked for, or what was asked of their account, is off (A23)."""
    theirs = Q(asked_by__account_id=account.pk) | Q(person__account_id=account.pk)
    live = AccountChange.objects.select_for_update(of=("self",)).filter(theirs, state__in=LIVE)
    for change in live.order_by("pk"):
        end(change, ChangeState.FROZEN, now=now)
        publish(
            AccountChangeFrozen(about=change.asked_by_id, change_id=change.pk, reference=change.reference)
        )


def refuse(
    change: AccountChange, *, reason: RefusalReason, actor: UUID | None, now: datetime
) -> AccountChange:
    """Ends a live, locked change with its reason, and tells who asked."""
    change.refusal = reason
    end(change, ChangeState.REFUSED, now=now)
    publish(
        AccountChangeRefused(
            actor=actor,
            about=change.asked_by_id,
            change_id=change.pk,
            reference=change.reference,
            refusal=reason.value,
            language=change.language,
        )
    )
    return change


def end(change: AccountChange, state: ChangeState, *, now: datetime) -> None:
    change.state, change.ended_at = state, now
    change.save(update_fields=["state", "refusal", "ended_at"])
