"""Proving again that it is still the same person, before a sensitive act (A32)."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import check_password
from django.utils.translation import gettext as _

from entraide.portal.domain.access.factors.queries import has_strong_factor
from entraide.portal.domain.access.factors.tries import PASSWORD, take_a_try
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.accounts.models import Account

FRESH_SECONDS = 300


def sms_confirms(account_id: UUID) -> bool:
    """True when a code by SMS may stand in: no app, no passkey, and a mobile on file."""
    if has_strong_factor(account_id):
        return False
    person = Beneficiary.objects.filter(account_id=account_id).first()
    return person is not None and bool(person.mobile)


def confirm_password(*, account: Account, password: str, attempt: str, now: datetime) -> None:
    """Accepts the account's password, from an open session. Five tries an attempt, ten wrong ones a day.

    Raises DomainError(field="password"); TriesOver when the attempt is used up: the session is to end.
    """
    this_try = take_a_try(PASSWORD, account=account, attempt=attempt, field="password", now=now)
    if not check_password(password, account.password):
        raise this_try.refusal(_("Ce n’est pas votre mot de passe actuel."))
    this_try.was_right()
