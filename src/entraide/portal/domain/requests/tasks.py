"""Background work on requests."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog
from django.utils import timezone

from entraide.portal.domain.requests.holding import KEPT_FOR, PURGE_JOB, drop
from entraide.portal.domain.requests.models import RequestFile
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
    """Forgets the files of forms left unsent for a day (A50); what a crash left on the disk: `sweeps.py`."""
    before = timezone.now() - KEPT_FOR
    held = list(RequestFile.objects.select_for_update().filter(request=None, kept_by="", kept_at__lt=before))
    drop(held)
    log.info("requests.purged", held=len(held))
