"""Work that nobody will do: jobs that failed for good, or that wait long past their time."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from entraide.portal.foundation.sweeps.findings import Finding, sweep
from entraide.portal.foundation.tasks.models import Job, JobState

OVERDUE_AFTER = timedelta(hours=1)


@sweep("jobs")
def jobs_left_behind(now: datetime) -> Iterator[Finding]:
    """`failed`: tried as often as it may; `unknown`: perhaps done; `overdue`: no worker takes it."""
    rows = Job.objects.values_list("pk", "kind", "created_at", "run_at")
    for state in (JobState.FAILED, JobState.UNKNOWN):
        for pk, kind, created_at, _run_at in rows.filter(state=state).order_by("pk"):
            yield Finding(what=f"job_{state}", about=f"{kind} {pk}", since=created_at)
    late = rows.filter(state=JobState.QUEUED, run_at__lt=now - OVERDUE_AFTER)
    for pk, kind, _created_at, run_at in late.order_by("pk"):
        yield Finding(what="job_overdue", about=f"{kind} {pk}", since=run_at)
