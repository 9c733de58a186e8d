"""The journal of consultations in the background: written soon, forgotten after three years."""

from datetime import timedelta
from typing import Any

import structlog
from django.utils import timezone

from entraide.portal.domain.consultations.actions import NOTE_JOB, handed_over
from entraide.portal.domain.consultations.purging import forget_old
from entraide.portal.domain.consultations.watching import watch
from entraide.portal.domain.consultations.writing import write_note
from entraide.portal.foundation.tasks.models import Job, JobState
from entraide.portal.foundation.tasks.queue import job

# Long enough that the same page asks for nothing twice; there are many of them.
_JOBS_KEPT_FOR = timedelta(days=1)
log = structlog.get_logger()


@job(NOTE_JOB)
def note(payload: dict[str, Any]) -> None:
    found = handed_over(payload)
    watch(found, rows=write_note(found))


@job("consultations.forget-old", every=timedelta(hours=6))
def forget(_payload: dict[str, Any]) -> None:
    now = timezone.now()
    done = Job.objects.filter(kind=NOTE_JOB, state=JobState.DONE, created_at__lt=now - _JOBS_KEPT_FOR)
    jobs, _tables = done.delete()
    log.info("consultations.forgotten", rows=forget_old(now=now), jobs=jobs)
