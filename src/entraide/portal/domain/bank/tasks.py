"""Background work on changes of account."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from entraide.portal.domain.bank.settling import due_changes, settle
from entraide.portal.foundation.tasks.queue import enqueue, job

SETTLE_JOB = "bank.settle"


@job("bank.settle-due", every=timedelta(minutes=10))
def settle_due(_payload: dict[str, Any]) -> None:
    """Asks for one job for each change whose cooling-off is over: one that fails holds no other up."""
    now = timezone.now()
    for change_id in due_changes(now=now):
        enqueue(
            SETTLE_JOB, {"change": str(change_id)}, dedup=f"{SETTLE_JOB}:{change_id}:{now:%Y-%m-%dT%H:%M}"
        )


@job(SETTLE_JOB)
def settle_one(payload: dict[str, Any]) -> None:
    settle(UUID(payload["change"]), now=timezone.now())
