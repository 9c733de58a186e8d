"""Exports in the background."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog
from django.utils import timezone

from entraide.portal.domain.exports import storage
from entraide.portal.domain.exports.actions import MAKE_JOB, expire_exports
from entraide.portal.domain.exports.making import finish_export, write_export
from entraide.portal.domain.exports.models import DataExport
from entraide.portal.foundation.tasks.queue import job

log = structlog.get_logger()
# Longer than any export takes to write: a file that is being written is no orphan.
_WRITING = timedelta(hours=2)


@job(MAKE_JOB, outside=True)
def make(payload: dict[str, Any]) -> None:
    """Outside a transaction: it takes seconds, and others write meanwhile. A lost one is made again."""
    export_id = UUID(payload["export"])
    kept = write_export(export_id, now=timezone.now())
    if kept is not None:
        ready = finish_export(export_id, kept, now=timezone.now())
        log.info("exports.made", size=kept.size, ready=ready)


@job("exports.tidy", every=timedelta(hours=1))
def tidy(_payload: dict[str, Any]) -> None:
    """Forgets what nobody took within its day, and what a crash left on the disk."""
    now = timezone.now()
    ended = expire_exports(now=now)
    known = frozenset(DataExport.objects.exclude(stored_name="").values_list("stored_name", flat=True))
    orphans = storage.forget_orphans(known, before=now - _WRITING)
    log.info("exports.tidied", ended=ended, orphans=orphans)
