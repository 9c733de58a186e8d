"""Housekeeping of access: what has ended is forgotten."""

from datetime import timedelta
from typing import Any

import structlog
from django.contrib.sessions.models import Session
from django.utils import timezone

from entraide.portal.domain.access.models import OneTimeCode, PasswordLink
from entraide.portal.foundation.accounts.models import Limit
from entraide.portal.foundation.tasks.queue import job

# Long enough to answer a member who asks what happened; the journal keeps the facts.
KEPT_FOR = timedelta(days=30)
log = structlog.get_logger()


@job("access.tidy", every=timedelta(days=1))
def tidy(_payload: dict[str, Any]) -> None:
    """Forgets ended sessions and counters, and the codes and links of more than a month ago."""
    now = timezone.now()
    sessions, _rows = Session.objects.filter(expire_date__lt=now).delete()
    limits, _rows = Limit.objects.filter(window_ends__lt=now - timedelta(days=1)).delete()
    codes, _rows = OneTimeCode.objects.filter(expires_at__lt=now - KEPT_FOR).delete()
    links, _rows = PasswordLink.objects.filter(expires_at__lt=now - KEPT_FOR).delete()
    log.info("access.tidied", sessions=sessions, limits=limits, codes=codes, links=links)
