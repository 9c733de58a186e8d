"""When a password expires (AUTH-09, A15): after the profile's days, unless a stronger factor ends that."""

from datetime import datetime, timedelta

from django.conf import settings

from entraide.portal.domain.access.models import Factor
from entraide.portal.foundation.accounts.models import Account


def password_ends(account: Account) -> datetime | None:
    """The moment from which the password must be set anew; None when it never expires."""
    policy = settings.PROFILE.security
    if not policy.password_max_age_days:
        return None
    if policy.strong_factor_ends_expiry and Factor.objects.filter(account=account).exists():
        return None
    return account.password_set_at + timedelta(days=policy.password_max_age_days)


def password_expired(account: Account, *, now: datetime) -> bool:
    """True when the password is too old to open anything."""
    ends = password_ends(account)
    return ends is not None and ends <= now
