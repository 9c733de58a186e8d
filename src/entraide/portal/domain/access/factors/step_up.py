"""Proving again that it is still the same person, before a sensitive act (A32)."""

from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.hashers import check_password
from django.utils.translation import gettext as _

from entraide.portal.domain.access.factors.queries import has_strong_factor
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.accounts import limits
from entraide.portal.foundation.accounts.models import Account

TRIES_PER_HOUR = 5
FRESH_SECONDS = 300
_HOUR = timedelta(hours=1)


def sms_confirms(account_id: UUID) -> bool:
    """True when a code by SMS may stand in: no app, no passkey, and a mobile on file."""
    if has_strong_factor(account_id):
        return False
    person = Beneficiary.objects.filter(account_id=account_id).first()
    return person is not None and bool(person.mobile)


def confirm_password(*, account: Account, password: str, now: datetime) -> None:
    """Raises DomainError(field="password") unless it is the right one; five wrong ones an hour at most."""
    key = str(account.pk)
    if limits.count("confirm", key, per=_HOUR, now=now) > TRIES_PER_HOUR:
        raise DomainError(_("Trop d’essais. Réessayez dans une heure."), field="password")
    if not check_password(password, account.password):
        raise DomainError(_("Ce n’est pas votre mot de passe actuel."), field="password")
    limits.reset("confirm", key)
