"""Background work of payment runs."""

from typing import Any

from django.utils import timezone

from entraide.portal.domain.payment_runs.models import PaymentRun
from entraide.portal.domain.payment_runs.ordering import ANNOUNCE_JOB
from entraide.portal.domain.payment_runs.telling import tell_some
from entraide.portal.foundation.tasks.queue import enqueue, job


@job(ANNOUNCE_JOB)
def announce(payload: dict[str, Any]) -> None:
    """Tells some memberships and asks for the next in one transaction: nobody is told twice."""
    run = PaymentRun.objects.get(pk=payload["run"])
    last = tell_some(run, after=payload["after"], on=timezone.localdate())
    if last:
        dedup = f"{ANNOUNCE_JOB}:{run.number}:{last}"
        enqueue(ANNOUNCE_JOB, {"run": run.pk, "after": last}, dedup=dedup)
