"""Background work on requests."""

from datetime import timedelta
from typing import Any

import structlog
from django.utils import timezone

from entraide.portal.domain.requests import storage
from entraide.portal.domain.requests.holding import KEPT_FOR, PURGE_JOB, drop
from entraide.portal.domain.requests.models import RequestFile
from entraide.portal.foundation.tasks.queue import job

log = structlog.get_logger()


@job(PURGE_JOB)
def purge_held(_payload: dict[str, Any]) -> None:
    """Forgets the files of forms left unsent for a day, and what a crash left on the disk (A50)."""
    before = timezone.now() - KEPT_FOR
    held = list(RequestFile.objects.select_for_update().filter(request=None, kept_by="", kept_at__lt=before))
    drop(held)
    known = frozenset(RequestFile.objects.values_list("stored_name", flat=True))
    removed = storage.forget_orphans(known, before=before - timedelta(hours=1))
    log.info("requests.purged", held=len(held), orphans=removed)
