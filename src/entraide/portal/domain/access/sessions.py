"""Open sessions: which are alive, whose they are, how they end (A27…A31).

A session is known by the fingerprint of its id (`fingerprint` of foundation/web/session_store): whoever
reads this table opens nothing. A session without its row here is over, whatever a browser still holds.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from entraide.portal.domain.access.models import OpenSession
from entraide.portal.domain.members.models import Beneficiary, Member
from entraide.portal.domain.members.queries import as_viewer
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.foundation.accounts.models import Account

# A page does not write each time that it is read.
SEEN_EVERY = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Span:
    """How long a session lasts when quiet, and at all; how many may be open at a time (A28, A29)."""

    idle: timedelta
    total: timedelta
    at_most: int


@dataclass(frozen=True, slots=True)
class Live:
    """A session that still stands: whose it is, and the insured person behind the account."""

    id: UUID
    account: Account
    viewer: Viewer | None
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One line of the list that its owner sees. `label` is for `device_words`."""

    id: UUID
    label: str
    network: str
    started_at: datetime
    seen_at: datetime
    is_this: bool


def member_span() -> Span:
    policy = settings.PROFILE.security
    return Span(
        timedelta(minutes=policy.idle_minutes), timedelta(hours=policy.session_hours), policy.max_sessions
    )


def agent_span() -> Span:
    """A29: an agent has one session at a time."""
    policy = settings.PROFILE.security
    return Span(timedelta(minutes=policy.agent_idle_minutes), timedelta(hours=policy.agent_session_hours), 1)


def open_session(
    *, account: Account, key: str, label: str, network: str, span: Span, now: datetime
) -> OpenSession:
    """Notes a session that passed every step. Over the number allowed, the oldest one ends."""
    with transaction.atomic():
        # Two sign-ins at the same moment count one after the other.
        Account.objects.select_for_update().get(pk=account.pk)
        rows = OpenSession.objects.filter(account=account)
        alive = rows.filter(_alive(span, now)).order_by("-started_at", "-seen_at")
        kept = list(alive.values_list("pk", flat=True)[: span.at_most - 1])
        _end(rows.exclude(pk__in=kept).values_list("session_key", flat=True))
        return OpenSession.objects.create(
            account=account, session_key=key, label=label, network=network, started_at=now, seen_at=now
        )


def live_session(account_id: UUID, key: str, *, span: Span, now: datetime) -> Live | None:
    """The session with this fingerprint if it still stands, in one query; None when it is over.

    Over: unknown or ended, quiet for too long, too old, or of somebody who may no longer come in (A30).
    """
    found = (
        OpenSession.objects.filter(_alive(span, now), session_key=key, account_id=account_id)
        .select_related("account__beneficiary__member", "account__agent")
        .first()
    )
    if found is None:
        return None
    person: Beneficiary | None = getattr(found.account, "beneficiary", None)
    member = person.member if person is not None else None
    if not may_come_in(found.account, member, on=timezone.localdate(now)):
        return None
    viewer = as_viewer(person) if person is not None else None
    return Live(found.pk, found.account, viewer, found.seen_at)


def may_come_in(account: Account, member: Member | None, *, on: date) -> bool:
    """A30: not closed, not frozen, and the membership, for who has one, not ended before that day."""
    if not account.is_active or account.frozen_at is not None:
        return False
    return member is None or member.left_on is None or member.left_on >= on


def note_seen(live: Live, *, now: datetime) -> None:
    """Somebody is there: the quiet time begins anew."""
    if now - live.seen_at > SEEN_EVERY:
        OpenSession.objects.filter(pk=live.id).update(seen_at=now)


def open_sessions(account_id: UUID, *, span: Span, this: str = "", now: datetime) -> list[SessionRow]:
    """Every session of the account that still stands, this one first, then the last seen first."""
    rows = OpenSession.objects.filter(_alive(span, now), account_id=account_id).order_by("-seen_at")
    found = [
        SessionRow(one.pk, one.label, one.network, one.started_at, one.seen_at, one.session_key == this)
        for one in rows
    ]
    return sorted(found, key=lambda one: not one.is_this)


def end_session(account_id: UUID, session_id: UUID) -> bool:
    """Ends one session of this account; False when there is none with this id."""
    rows = OpenSession.objects.filter(account_id=account_id, pk=session_id)
    return _end(rows.values_list("session_key", flat=True)) > 0


def end_sessions(account_id: UUID, *, but: str | None = None) -> int:
    """Ends every session of this account but the one with this fingerprint; returns how many ended."""
    rows = OpenSession.objects.filter(account_id=account_id)
    if but:
        rows = rows.exclude(session_key=but)
    return _end(rows.values_list("session_key", flat=True))


def forget_session(key: str) -> None:
    """Ends the session with this fingerprint, whoever's it is: its browser signs out."""
    _end([key])


def rename_session(old: str, new: str) -> None:
    """The session goes on under a new id (A27)."""
    OpenSession.objects.filter(session_key=old).update(session_key=new)


def tidy_sessions(*, now: datetime) -> int:
    """Forgets the rows of sessions that are over by themselves."""
    quiet = now - max(member_span().idle, agent_span().idle)
    old = now - max(member_span().total, agent_span().total)
    over = OpenSession.objects.filter(Q(seen_at__lt=quiet) | Q(started_at__lt=old))
    return _end(over.values_list("session_key", flat=True))


def _alive(span: Span, now: datetime) -> Q:
    return Q(seen_at__gte=now - span.idle, started_at__gt=now - span.total)


def _end(keys: Iterable[str]) -> int:
    """Removes the row and, with it, what the browser's id would still open."""
    ended = list(keys)
    with transaction.atomic():
        rows, _tables = OpenSession.objects.filter(session_key__in=ended).delete()
        Session.objects.filter(session_key__in=ended).delete()
    return rows
