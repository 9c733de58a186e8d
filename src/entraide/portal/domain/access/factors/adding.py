"""What every new and every removed factor has in common: its row, the fact, the time to think it over."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from entraide.portal.domain.access.actions.safety import added_factor, publish_change
from entraide.portal.domain.access.enums import Change
from entraide.portal.domain.access.events import FactorAdded, FactorRemoved
from entraide.portal.domain.access.factors.queries import person_of
from entraide.portal.domain.access.models import Factor, RecoveryCode
from entraide.portal.domain.errors import DomainError
from entraide.portal.foundation.accounts.models import Account

AT_MOST = 10
NAME_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Removed:
    """The factor that went; `was_last`: no app and no passkey is left, a code by SMS is asked for again."""

    kind: str
    name: str
    was_last: bool


def add_factor(factor: Factor, *, language: str, now: datetime, only_if_none: bool = False) -> Factor:
    """Stores a factor that was just proved; the caller's transaction. For 72 h bank details wait.

    `only_if_none`: for whoever has proved the password alone. Refused when another factor came first, or
    when that password does not serve any more; of parallel enrolments one succeeds.
    """
    account = Account.objects.select_for_update().get(pk=factor.account_id)
    if only_if_none and (_is_guarded(account) or not _still_serves(factor.account, account)):
        raise DomainError(_("Votre accès a changé entre-temps. Recommencez la connexion."))
    if Factor.objects.filter(account=account).count() >= AT_MOST:
        raise DomainError(_("Vous avez déjà dix moyens de connexion. Retirez-en un d’abord."))
    factor.created_at = now
    factor.save(force_insert=True)
    _cool(account, now=now)
    fact = FactorAdded(
        actor=account.pk,
        about=person_of(account),
        factor_id=factor.pk,
        kind=factor.kind,
        language=language,
    )
    undo = added_factor(factor)
    publish_change(fact, account=account, change=Change.FACTOR_ADDED, undo=undo, now=now)
    return factor


def remove_factor(
    *, account: Account, factor_id: UUID, language: str, now: datetime, keep_one: bool = False
) -> Removed:
    """Takes an app or a passkey off; with the last one the recovery codes go too.

    Raises DomainError when it is not one of this account, or the last one where one must stay (`keep_one`).
    """
    with transaction.atomic():
        account = Account.objects.select_for_update().get(pk=account.pk)
        factor = Factor.objects.filter(account=account, pk=factor_id).first()
        if factor is None:
            raise DomainError(_("Ce moyen de connexion n’existe plus."))
        was_last = not Factor.objects.filter(account=account).exclude(pk=factor_id).exists()
        if was_last and keep_one:
            raise DomainError(_("C’est votre dernier moyen de connexion : ajoutez-en un autre d’abord."))
        removed = Removed(factor.kind, factor.name, was_last)
        factor.delete()
        if was_last:
            RecoveryCode.objects.filter(account=account).delete()
        _cool(account, now=now)
        fact = FactorRemoved(
            actor=account.pk,
            about=person_of(account),
            kind=removed.kind,
            was_last=was_last,
            language=language,
        )
        publish_change(fact, account=account, change=Change.FACTOR_REMOVED, now=now)
    return removed


def note_offer(account: Account, *, now: datetime) -> None:
    """Remembers that stronger factors were offered: not again before `factor_offer_days`."""
    Account.objects.filter(pk=account.pk).update(factor_offered_at=now)


def clean_name(name: str, *, otherwise: str) -> str:
    """The name that the owner gives to a factor, without control characters; `otherwise` when blank."""
    plain = " ".join("".join(one if one.isprintable() else " " for one in name).split())
    return plain[:NAME_LENGTH] or otherwise


def _is_guarded(account: Account) -> bool:
    return Factor.objects.filter(account=account).exists()


def _still_serves(before: Account, account: Account) -> bool:
    """True while the password that was proved `before` opens the account as it is now."""
    return account.password == before.password and not account.must_reset


def _cool(account: Account, *, now: datetime) -> None:
    until = now + timedelta(hours=settings.PROFILE.security.cooling_hours)
    Account.objects.filter(pk=account.pk).update(cooling_until=until)
