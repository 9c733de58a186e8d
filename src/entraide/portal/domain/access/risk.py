"""What makes an attempt to sign in look unlike its owner's, and the alarm of an attack on many (A10)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import transaction

from entraide.portal.domain.access import browsers, locks
from entraide.portal.domain.access.events import SignInStorm
from entraide.portal.domain.access.numbers import normal_number, token_hash
from entraide.portal.foundation.accounts import limits
from entraide.portal.foundation.events.facts import publish

SOURCE_SCOPE = "sign-in source"
_KNOWN_SCOPE = "sign-in known browser"
SOURCE_WINDOW = timedelta(minutes=5)
SOURCE_TRIES = 30
# While many accounts are attacked, a network has fewer tries before it is asked to wait.
SOURCE_TRIES_IN_A_STORM = 10
# One slip of the finger is no risk.
RISKY_FAILURES = 2
RISKY_FAILURES_OF_A_SOURCE = 5
_HOUR = timedelta(hours=1)
_FAILURES = ("sign-in failures", "all")
log = structlog.get_logger()


def needs_check(number: str, *, source: str, browser: str, now: datetime) -> bool:
    """Whether the human check follows the password; asked before the attempt is counted.

    Always, or only on risk, as the profile says. Risk: a browser that the account does not know, wrong
    passwords shortly before, for the number or from the network, or an attack under way.
    """
    if settings.PROFILE.security.check_when == "always":
        return True
    number = normal_number(number)
    return (
        not browsers.number_knows(number, browser)
        or locks.failures(number, browser, now=now) >= RISKY_FAILURES
        or limits.counted(SOURCE_SCOPE, source, now=now) >= RISKY_FAILURES_OF_A_SOURCE
        or is_storm(now=now)
    )


@dataclass(frozen=True, slots=True)
class Allowance:
    """What an attempt uses up: the tries of its network, or those of a browser that the account knows."""

    scope: str
    key: str

    def is_over(self, *, now: datetime) -> bool:
        """Counts one attempt; True when there were too many, by whatever numbers (X7, A7).

        While many accounts are attacked networks have fewer; who is at home has as many as ever (A10).
        """
        tried = limits.count(self.scope, self.key, per=SOURCE_WINDOW, now=now)
        if tried <= SOURCE_TRIES_IN_A_STORM:
            return False
        return tried > SOURCE_TRIES or (self.scope == SOURCE_SCOPE and is_storm(now=now))

    def give_back(self) -> None:
        """The attempt was right, which is no try."""
        limits.give_back(self.scope, self.key)


def allowance(name: str, *, source: str, browser: str, known: bool) -> Allowance:
    """Whose tries an attempt uses up: others behind one address do not stop a browser that is known (A10).

    `name`: the number, or the identifier of an agent, in normal form. `browser`: the token of its cookie.
    `known`: whether the account of that name knows it.
    """
    if not known:
        return Allowance(SOURCE_SCOPE, source)
    key = settings.ENTRAIDE.keys.blind_index("allowance", f"{name}:{token_hash(browser)}")
    return Allowance(_KNOWN_SCOPE, key)


def is_storm(*, now: datetime) -> bool:
    """True when so many passwords were wrong within the hour that somebody tries many accounts."""
    return limits.counted(*_FAILURES, now=now) >= settings.PROFILE.security.storm_failures


def note_failure(*, now: datetime) -> None:
    """Counts a wrong password in the whole deployment; sounds the alarm once an hour."""
    failures = limits.count(*_FAILURES, per=_HOUR, now=now)
    if failures != settings.PROFILE.security.storm_failures:
        return
    log.error("sign_in.storm", failures=failures)
    with transaction.atomic():
        publish(SignInStorm(failures=failures))
