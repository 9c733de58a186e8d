"""The daily look through everything."""

import json
from datetime import timedelta
from typing import Any

import structlog
from django.db import transaction
from django.utils import timezone

from entraide.portal.foundation.events.facts import publish
from entraide.portal.foundation.sweeps import jobs
from entraide.portal.foundation.sweeps.events import Reconciled
from entraide.portal.foundation.sweeps.findings import Report, look_everywhere
from entraide.portal.foundation.sweeps.runs import DAILY_JOB, keep
from entraide.portal.foundation.tasks.queue import job

__all__ = ["jobs"]
log = structlog.get_logger()


# It removes files: nothing that a transaction could take back.
@job(DAILY_JOB, outside=True, every=timedelta(days=1))
def daily(_payload: dict[str, Any]) -> None:
    reconcile()


def reconcile() -> Report:
    """Runs every sweep, keeps what was found and leaves one fact.

    What nobody but a person can put right is an alarm in the log.
    """
    report = look_everywhere(timezone.now())
    with transaction.atomic():
        keep(report)
        publish(Reconciled(repaired=report.repaired, left=len(report.left), counts=json.dumps(report.counts)))
    if report.left:
        log.error("sweeps.left", alarm=True, left=len(report.left), **report.counts)
    else:
        log.info("sweeps.clean", repaired=report.repaired)
    return report
