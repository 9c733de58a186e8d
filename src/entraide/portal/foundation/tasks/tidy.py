"""Ended jobs are forgotten after a month; those that failed or are unknown wait for a person."""

from datetime import timedelta
from typing import Any

import structlog
from django.utils import timezone

from entraide.portal.foundation.tasks.models import Job, JobState
from entraide.portal.foundation.tasks.queue import job

KEPT_FOR = timedelta(days=30)
log = structlog.get_logger()


@job("tasks.tidy", every=timedelta(days=1))
def tidy(_payload: dict[str, Any]) -> None:
    removed, _rows = Job.objects.filter(
        state=JobState.DONE, created_at__lt=timezone.now() - KEPT_FOR
    ).delete()
    log.info("tasks.tidied", removed=removed)
