"""Which stronger factors an account has."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from entraide.portal.domain.access.enums import FactorKind
from entraide.portal.domain.access.models import Factor, RecoveryCode
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.accounts.models import Account


@dataclass(frozen=True, slots=True)
class FactorRow:
    """A factor as its owner sees it; `kind` is `totp` or `passkey`."""

    id: UUID
    kind: str
    name: str
    created_at: datetime
    last_used_at: datetime | None


def factors_of(account_id: UUID) -> list[FactorRow]:
    """The account's apps and passkeys, oldest first."""
    return [
        FactorRow(one.pk, one.kind, one.name, one.created_at, one.last_used_at)
        for one in Factor.objects.filter(account_id=account_id).order_by("created_at")
    ]


def has_strong_factor(account_id: UUID) -> bool:
    """True when an app or a passkey guards the account: an SMS no longer opens it then."""
    return Factor.objects.filter(account_id=account_id).exists()


def has_app(account_id: UUID) -> bool:
    return Factor.objects.filter(account_id=account_id, kind=FactorKind.TOTP).exists()


def has_passkey(account_id: UUID) -> bool:
    return Factor.objects.filter(account_id=account_id, kind=FactorKind.PASSKEY).exists()


def recovery_codes_left(account_id: UUID) -> int:
    """How many recovery codes were not used yet."""
    return RecoveryCode.objects.filter(account_id=account_id, used_at=None).count()


def person_of(account: Account) -> UUID | None:
    """Whom a fact about this account is about; None for those who are no member."""
    return Beneficiary.objects.filter(account=account).values_list("pk", flat=True).first()


def offer_is_due(account: Account, *, now: datetime) -> bool:
    """True when a stronger factor should be offered: none yet, and not offered for `factor_offer_days`."""
    offered = account.factor_offered_at
    if offered is not None and now < offered + timedelta(days=settings.PROFILE.security.factor_offer_days):
        return False
    return not has_strong_factor(account.pk)
