"""Number and password: counted by account and by source, the same answer for everybody (AUTH-08, X7)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from entraide.portal.domain.access.events import AccountLocked, SignedIn
from entraide.portal.domain.access.numbers import normal_number
from entraide.portal.domain.members.queries import person_by_number
from entraide.portal.foundation.accounts import limits
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.events.facts import publish

SOURCE_WINDOW = timedelta(minutes=5)
SOURCE_TRIES = 30


@dataclass(frozen=True, slots=True)
class Outcome:
    """`account` when number and password are right; `must_reset`: right, but to be set again."""

    account: Account | None = None
    must_reset: bool = False
    slow_down: bool = False


def check_credentials(number: str, password: str, *, source: str, now: datetime) -> Outcome:
    """Checks one attempt. Unknown numbers are counted and hashed like known ones (A1).

    An attempt takes its place in the count before the password is looked at, so that parallel guesses
    cannot outrun the limit (A8); attempts during a lock change nothing and are not told apart (A9).
    """
    if limits.count("sign-in source", source, per=SOURCE_WINDOW, now=now) > SOURCE_TRIES:
        return Outcome(slow_down=True)
    number = normal_number(number)
    key = settings.ENTRAIDE.keys.blind_index("number", number)
    policy = settings.PROFILE.security
    lock = timedelta(hours=policy.lock_hours)
    attempt = limits.count("sign-in", key, per=lock, now=now)
    person = person_by_number(number)
    account = person.account if person is not None else None
    right = check_password(password, account.password if account is not None else _nobody())
    if attempt > policy.lock_attempts or account is None or not account.is_active or not right:
        if attempt == policy.lock_attempts:
            _lock(account, key, until=now + lock, person_id=person.pk if person else None)
        return Outcome()
    limits.reset("sign-in", key)
    limits.give_back("sign-in source", source)
    if account.must_reset or password_expired(account, now=now):
        return Outcome(account=account, must_reset=True)
    return Outcome(account=account)


def password_expired(account: Account, *, now: datetime) -> bool:
    """AUTH-09: older than the profile's limit; 0 days means never."""
    days = settings.PROFILE.security.password_max_age_days
    return days > 0 and account.password_set_at + timedelta(days=days) <= now


def record_sign_in(account: Account, *, person_id: object, now: datetime) -> None:
    """Notes that both security steps were passed."""
    with transaction.atomic():
        Account.objects.filter(pk=account.pk).update(last_login=now)
        publish(SignedIn(actor=account.pk, about=person_id))  # type: ignore[arg-type]


def _lock(account: Account | None, key: str, *, until: datetime, person_id: object) -> None:
    with transaction.atomic():
        limits.extend("sign-in", key, until=until)
        if account is None:
            return
        Account.objects.filter(pk=account.pk).update(must_reset=True)
        publish(
            AccountLocked(
                about=person_id,  # type: ignore[arg-type]
                hours=settings.PROFILE.security.lock_hours,
                language=account.language,
            )
        )


@lru_cache(maxsize=1)
def _nobody() -> str:
    """A hash of the same cost for numbers that have no account."""
    return make_password("no account has this password")
