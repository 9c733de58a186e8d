"""Who is locked out of which access, until when (AUTH-08, X7, A8…A10).

Wrong passwords are counted for all strangers of a number together, and apart for each browser that the
account knows: strangers lock strangers out, a known browser locks everyone. Unknown numbers are
counted alike (A1). Each door counts for itself: what is typed at one locks nobody out of the other.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from entraide.portal.domain.access import browsers
from entraide.portal.domain.access.numbers import token_hash
from entraide.portal.foundation.accounts import limits

_STRANGERS = "sign-in"
_KNOWN = "sign-in known"
_EVERYONE = "sign-in closed"
# Attempts while everyone is locked out: counted nowhere else, so that they cannot make it longer (A9).
_WAITING = "sign-in waiting"
# The doors: members' and the one of the people of the mutual.
MEMBERS, AGENTS = "members", "agents"


@dataclass(frozen=True, slots=True)
class Place:
    """The place of one attempt in its count: only the first few are looked at."""

    scope: str
    key: str
    number: str
    rank: int
    door: str

    @property
    def is_open(self) -> bool:
        return self.scope != _WAITING and self.rank <= settings.PROFILE.security.lock_attempts

    @property
    def is_last(self) -> bool:
        """True for the attempt that locks when it fails."""
        return self.scope != _WAITING and self.rank == settings.PROFILE.security.lock_attempts

    @property
    def is_known(self) -> bool:
        return self.scope == _KNOWN


def take_place(number: str, token: str, *, known: bool, now: datetime, door: str = MEMBERS) -> Place:
    """Counts one attempt before its password is looked at: parallel ones cannot outrun the limit (A8).

    `token`: that of the browser, which counts apart when the account knows it. `door`: MEMBERS or AGENTS.
    """
    closed = limits.counted(_EVERYONE, _of_number(number, door), now=now) > 0
    scope = _WAITING if closed else _KNOWN if known else _STRANGERS
    key = _of_browser(number, token_hash(token), door) if scope == _KNOWN else _of_number(number, door)
    return Place(scope, key, number, limits.count(scope, key, per=_lasts(), now=now), door)


def close(place: Place, *, now: datetime) -> bool:
    """Locks out those who are counted with this attempt; False when a right password came in between."""
    attempts = settings.PROFILE.security.lock_attempts
    if not limits.extend(place.scope, place.key, until=now + _lasts(), at_least=attempts):
        return False
    if place.is_known:
        limits.count(_EVERYONE, _of_number(place.number, place.door), per=_lasts(), now=now)
    return True


def forgive(place: Place) -> None:
    """The password was right: what was counted with this attempt is forgotten."""
    limits.reset(place.scope, place.key)


def failures(number: str, token: str, *, now: datetime) -> int:
    """How many wrong passwords stand in the counts that concern this browser, at the members' door."""
    by_strangers = limits.counted(_STRANGERS, _of_number(number, MEMBERS), now=now)
    return by_strangers + limits.counted(_KNOWN, _of_browser(number, token_hash(token), MEMBERS), now=now)


def is_locked(number: str, *, now: datetime, door: str = MEMBERS) -> bool:
    """True while too many wrong passwords keep strangers, or everyone, out of this access."""
    key = _of_number(number, door)
    by_strangers = limits.counted(_STRANGERS, key, now=now)
    closed = limits.counted(_EVERYONE, key, now=now) > 0
    return closed or by_strangers >= settings.PROFILE.security.lock_attempts


def unlock(number: str, *, account_id: UUID, door: str = MEMBERS) -> None:
    """A new password ends every lock of its access, at the door where it serves."""
    for scope in (_STRANGERS, _EVERYONE, _WAITING):
        limits.reset(scope, _of_number(number, door))
    for one in browsers.hashes_of(account_id):
        limits.reset(_KNOWN, _of_browser(number, one, door))


def _lasts() -> timedelta:
    return timedelta(hours=settings.PROFILE.security.lock_hours)


def _of_number(number: str, door: str) -> str:
    return settings.ENTRAIDE.keys.blind_index(_purpose("number", door), number)


def _of_browser(number: str, hashed: str, door: str) -> str:
    return settings.ENTRAIDE.keys.blind_index(_purpose("number and browser", door), f"{number}:{hashed}")


def _purpose(what: str, door: str) -> str:
    return what if door == MEMBERS else f"{what}, {door}"
