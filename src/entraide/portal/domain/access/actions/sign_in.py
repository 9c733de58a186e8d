"""Number and password: counted by account and by source, the same answer for everybody (AUTH-08, X7)."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils import timezone

from entraide.portal.domain.access import locks, risk
from entraide.portal.domain.access.browsers import knows, number_knows
from entraide.portal.domain.access.events import AccountLocked, SignedIn
from entraide.portal.domain.access.expiry import password_expired
from entraide.portal.domain.access.locks import Place
from entraide.portal.domain.access.numbers import normal_number
from entraide.portal.domain.access.sessions import may_come_in
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.queries import person_by_number
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.events.facts import publish

# Stands for an unknown number in the same statements, which then find no row (A1).
_NO_ACCOUNT = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Outcome:
    """`account` when number and password are right; `must_reset`: right, but to be set again.

    `known`: this browser passed every step for the account before.
    """

    account: Account | None = None
    must_reset: bool = False
    slow_down: bool = False
    known: bool = False


def check_credentials(
    number: str, password: str, *, source: str, browser: str = "", now: datetime
) -> Outcome:
    """Checks one attempt. Unknown numbers are counted and hashed like known ones (A1).

    `browser`: the token of the browser's cookie. An attempt takes its place in the count before the password
    is looked at, so that parallel guesses cannot outrun the limit (A8): beyond it the password is not looked
    at, only as much work done. Attempts during a lock change nothing and are not told apart (A9). A closed or
    frozen account, or an ended membership, answers like a wrong password (A30).
    """
    number = normal_number(number)
    own = number_knows(number, browser)
    allowance = risk.allowance(number, source=source, browser=browser, known=own)
    if allowance.is_over(now=now):
        return Outcome(slow_down=True)
    person = person_by_number(number)
    account = _account_of(person, now=now)
    known = knows(account.pk if account is not None else _NO_ACCOUNT, browser)
    place = locks.take_place(number, browser, known=known, now=now)
    nobody = _nobody()
    right = check_password(password, account.password if account is not None and place.is_open else nobody)
    if account is None or not place.is_open or not right:
        if place.is_last:
            _lock(place, account=account, person=person, now=now)
        risk.note_failure(now=now)
        return Outcome()
    locks.forgive(place)
    allowance.give_back()
    must_reset = account.must_reset or (account.must_reset_elsewhere and not known)
    return Outcome(account=account, must_reset=must_reset or password_expired(account, now=now), known=known)


def record_sign_in(account: Account, *, person_id: object, now: datetime) -> None:
    """Notes that both security steps were passed."""
    with transaction.atomic():
        Account.objects.filter(pk=account.pk).update(last_login=now)
        publish(SignedIn(actor=account.pk, about=person_id))  # type: ignore[arg-type]


def _account_of(person: Beneficiary | None, *, now: datetime) -> Account | None:
    """The account that may come in today; None for all others."""
    if person is None or person.account is None:
        return None
    open_today = may_come_in(person.account, person.member, on=timezone.localdate(now))
    return person.account if open_today else None


def _lock(place: Place, *, account: Account | None, person: Beneficiary | None, now: datetime) -> None:
    """Closes to those who were counted, and tells the person; for nobody the same statements (A1)."""
    flag = "must_reset" if place.is_known else "must_reset_elsewhere"
    with transaction.atomic():
        if not locks.close(place, now=now):
            return
        owner = account.pk if account is not None else _NO_ACCOUNT
        Account.objects.filter(pk=owner).update(**{flag: True})
        publish(
            AccountLocked(
                about=person.pk if account is not None and person is not None else None,
                hours=settings.PROFILE.security.lock_hours,
                everywhere=place.is_known,
                language=account.language if account is not None else "fr",
            )
        )


@lru_cache(maxsize=1)
def _nobody() -> str:
    """A hash of the same cost, that no password opens for anyone."""
    return make_password("no account has this password")
