"""Cards in the background."""

from datetime import timedelta
from typing import Any

import structlog
from django.utils import timezone

from entraide.portal.domain.card.actions.sending import forget_sendings
from entraide.portal.foundation.tasks.queue import job

log = structlog.get_logger()


@job("card.tidy", every=timedelta(days=1))
def tidy(_payload: dict[str, Any]) -> None:
    """Forgets the addresses of long ago."""
    log.info("card.tidied", forgotten=forget_sendings(now=timezone.now()))
