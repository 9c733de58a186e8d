"""Daily work of access: what has ended is forgotten, what ends soon is told."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog
from django.contrib.sessions.models import Session
from django.utils import timezone

from entraide.portal.domain.access.actions.expiry import warn_of_expiry
from entraide.portal.domain.access.browsers import KEPT_FOR as BROWSERS_KEPT_FOR
from entraide.portal.domain.access.models import KnownBrowser, OneTimeCode, PasswordLink, SafetyLink
from entraide.portal.domain.access.sessions import tidy_sessions
from entraide.portal.foundation.accounts.models import Limit
from entraide.portal.foundation.tasks.queue import enqueue, job

# Long enough to answer a member who asks what happened; the journal keeps the facts.
KEPT_FOR = timedelta(days=30)
log = structlog.get_logger()


@job("access.forget-sessions", every=timedelta(hours=1))
def forget_sessions(_payload: dict[str, Any]) -> None:
    """Forgets the sessions that have ended: strangers begin one on some pages, and come back with none."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()


@job("access.tidy", every=timedelta(days=1))
def tidy(_payload: dict[str, Any]) -> None:
    """Forgets the lines of ended sessions, ended counters, the codes and links of more than a month ago."""
    now = timezone.now()
    sessions = tidy_sessions(now=now)
    limits, _rows = Limit.objects.filter(window_ends__lt=now - timedelta(days=1)).delete()
    codes, _rows = OneTimeCode.objects.filter(expires_at__lt=now - KEPT_FOR).delete()
    # What an expired link would have put back is kept no longer; its row still tells an old link from none.
    SafetyLink.objects.filter(expires_at__lt=now).update(undo=b"")
    SafetyLink.objects.filter(expires_at__lt=now - KEPT_FOR).delete()
    links, _rows = PasswordLink.objects.filter(expires_at__lt=now - KEPT_FOR).delete()
    browsers, _rows = KnownBrowser.objects.filter(last_seen__lt=now - BROWSERS_KEPT_FOR).delete()
    log.info("access.tidied", sessions=sessions, limits=limits, codes=codes, links=links, browsers=browsers)


@job("access.warn-of-expiry", every=timedelta(days=1))
def warn(payload: dict[str, Any]) -> None:
    """Warns the people whose password expires soon; a crowd is cut into several jobs."""
    now = timezone.now()
    after = UUID(payload["after"]) if "after" in payload else None
    last = warn_of_expiry(after=after, now=now)
    if last is not None:
        enqueue("access.warn-of-expiry", {"after": str(last)}, dedup=f"warn-of-expiry:{now.date()}:{last}")
