"""How many codes may leave, and how many wrong ones close the channel (A17, A19). Passwords count apart."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction

from entraide.portal.domain.access.events import CodeChannelStopped, SendingBudgetSpent
from entraide.portal.foundation.accounts import limits
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.events.facts import publish

WRONG_PER_DAY = 10
WRONG_IN_ALL = 100
# One mobile may serve a family, where each may ask for as many codes as an account may.
FAMILY = 2
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
# Longer than any account lives: this count never starts again by itself.
_FOR_GOOD = timedelta(days=36_500)
_WRONG, _IN_ALL, _PAUSE = "code wrong", "code wrong in all", "code pause"
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Wrong:
    """The wrong codes of an account: those of a day, and all since the mutual last reopened its channel."""

    today: int
    in_all: int

    @property
    def stops_today(self) -> bool:
        return self.today >= WRONG_PER_DAY

    @property
    def stops_for_good(self) -> bool:
        return self.in_all >= WRONG_IN_ALL


def wrong_codes(account: Account, *, now: datetime) -> Wrong:
    key = str(account.pk)
    return Wrong(limits.counted(_WRONG, key, now=now), limits.counted(_IN_ALL, key, now=now))


def take_a_guess(account: Account, *, now: datetime) -> Wrong:
    """Counts one guess before it is looked at (A8); returns what was counted before it.

    Other guesses of the account wait until the caller commits.
    """
    key = str(account.pk)
    today = limits.count(_WRONG, key, per=_DAY, now=now)
    return Wrong(today - 1, limits.count(_IN_ALL, key, per=_FOR_GOOD, now=now) - 1)


def give_guess_back(account: Account) -> None:
    """The guess was right, or was not looked at: it is no wrong code."""
    for scope in (_WRONG, _IN_ALL):
        limits.give_back(scope, str(account.pk))


def note_wrong(account: Account, before: Wrong, *, person_id: UUID) -> Wrong:
    """The guess was wrong and stays counted; the one that stops the channel tells the person."""
    after = Wrong(before.today + 1, before.in_all + 1)
    for_good = after.in_all == WRONG_IN_ALL
    if for_good or after.today == WRONG_PER_DAY:
        publish(CodeChannelStopped(about=person_id, for_good=for_good, language=account.language))
    return after


def reopen(account: Account, *, now: datetime) -> bool:
    """Forgets the wrong codes; False when they had not closed the channel for good."""
    closed = wrong_codes(account, now=now).stops_for_good
    for scope in (_WRONG, _IN_ALL):
        limits.reset(scope, str(account.pk))
    return closed


def too_soon(key: str, *, now: datetime) -> bool:
    """Counts one sending of an attempt; True within `resend_seconds` of the one before."""
    per = timedelta(seconds=settings.PROFILE.security.resend_seconds)
    return limits.count(_PAUSE, key, per=per, now=now) > 1


def take_no_pause(key: str) -> None:
    """Nothing left after all: the next sending need not wait."""
    limits.reset(_PAUSE, key)


def too_many_for_account(account: Account, *, now: datetime) -> bool:
    """Counts one sending of the account; True when it has had its codes of the hour."""
    allowed = settings.PROFILE.security.sends_per_hour
    return limits.count("code sends", str(account.pk), per=_HOUR, now=now) > allowed


def too_many_for_number(index: str, *, now: datetime) -> bool:
    """Counts one sending to a mobile (its blind index), for whomever; True when it has had its codes."""
    allowed = FAMILY * settings.PROFILE.security.sends_per_hour
    return limits.count("code sends to", index, per=_HOUR, now=now) > allowed


def budget_is_spent(*, now: datetime) -> bool:
    """Counts one SMS of the deployment; over `codes_per_hour` (toll fraud) True, an alarm once an hour."""
    allowed = settings.PROFILE.security.codes_per_hour
    sent = limits.count("code sends in all", "all", per=_HOUR, now=now)
    if sent == allowed + 1:
        log.error("codes.budget_spent", codes=allowed)
        with transaction.atomic():
            publish(SendingBudgetSpent(codes=allowed))
    return sent > allowed
