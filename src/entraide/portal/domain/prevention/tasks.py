"""Prevention in the background."""

from datetime import timedelta
from typing import Any

import structlog
from django.utils import timezone

from entraide.portal.domain.prevention.reminding import forget_registrations, tell_registered
from entraide.portal.foundation.tasks.queue import job

log = structlog.get_logger()


@job("prevention.remind", every=timedelta(minutes=5))
def remind(_payload: dict[str, Any]) -> None:
    """In one transaction with its own end: nobody is told twice."""
    tell_registered(now=timezone.now())


@job("prevention.tidy", every=timedelta(days=1))
def tidy(_payload: dict[str, Any]) -> None:
    log.info("prevention.tidied", forgotten=forget_registrations(now=timezone.now()))
