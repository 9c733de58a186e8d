"""Hand-overs in the background."""

from datetime import timedelta
from typing import Any

import structlog
from django.utils import timezone

from entraide.portal.domain.handover.actions import forget_hand_overs
from entraide.portal.foundation.tasks.queue import job

log = structlog.get_logger()


@job("handover.tidy", every=timedelta(days=1))
def tidy(_payload: dict[str, Any]) -> None:
    """Forgets when somebody left, long ago."""
    log.info("handover.tidied", forgotten=forget_hand_overs(now=timezone.now()))
