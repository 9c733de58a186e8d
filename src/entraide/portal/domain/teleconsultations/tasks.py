"""Teleconsultations in the background."""

from datetime import timedelta
from typing import Any

import structlog
from django.utils import timezone

from entraide.portal.domain.teleconsultations.actions import forget_teleconsultations
from entraide.portal.foundation.tasks.queue import job

log = structlog.get_logger()


@job("teleconsultations.tidy", every=timedelta(days=1))
def tidy(_payload: dict[str, Any]) -> None:
    """Forgets the years that nobody counts any more."""
    log.info("teleconsultations.tidied", forgotten=forget_teleconsultations(on=timezone.localdate()))
