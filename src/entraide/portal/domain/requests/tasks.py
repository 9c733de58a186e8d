"""Background work on requests."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog
from django.db.models import Q
from django.utils import timezone

from entraide.portal.domain.requests.enums import FINAL_STATES
from entraide.portal.domain.requests.holding import KEPT_FOR, PURGE_JOB, drop
from entraide.portal.domain.requests.models import ENCLOSED, RequestFile
from entraide.portal.domain.requests.scanning import SCAN_JOB, scan, watch
from entraide.portal.foundation.tasks.queue import job

log = structlog.get_logger()


@job(SCAN_JOB, outside=True)
def scan_one(payload: dict[str, Any]) -> None:
    scan(UUID(payload["file"]), now=timezone.now())


@job("requests.watch-scans", every=timedelta(minutes=5))
def watch_scans(_payload: dict[str, Any]) -> None:
    watch(now=timezone.now())


@job(PURGE_JOB)
def purge_held(_payload: dict[str, Any]) -> None:
    """Forgets the files of forms left unsent for a day (A50); what a crash left on the disk: `sweeps.py`.

    And those of a proposed answer to a request that ended without it.
    """
    before = timezone.now() - KEPT_FOR
    never_left = Q(ENCLOSED, message=None, request__state__in=FINAL_STATES)
    rows = RequestFile.objects.select_for_update(of=("self",)).filter(kept_by="", kept_at__lt=before)
    held = list(rows.filter(Q(request=None) | never_left))
    drop(held)
    log.info("requests.purged", held=len(held))
