"""Daily work: emergency accesses are forgotten with the journal of the people concerned."""

from datetime import timedelta
from typing import Any

import structlog
from django.utils import timezone

from entraide.portal.domain.consultations.purging import KEPT_FOR
from entraide.portal.domain.emergency.models import EmergencyAccess
from entraide.portal.foundation.tasks.queue import job

log = structlog.get_logger()


@job("emergency.forget-old", every=timedelta(days=1))
def forget(_payload: dict[str, Any]) -> None:
    """One that nobody reviewed stays until somebody has."""
    old = EmergencyAccess.objects.filter(opened_at__lt=timezone.now() - KEPT_FOR).exclude(outcome="")
    removed, _tables = old.delete()
    log.info("emergency.forgotten", removed=removed)
