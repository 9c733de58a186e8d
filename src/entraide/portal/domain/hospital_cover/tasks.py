"""Background work on hospital cover."""

from typing import Any
from uuid import UUID

import structlog
from django.utils import timezone

from entraide.portal.domain.hospital_cover.asking import ACCEPT_JOB
from entraide.portal.domain.hospital_cover.deciding import accept_automatically
from entraide.portal.foundation.tasks.queue import job

log = structlog.get_logger()


@job(ACCEPT_JOB)
def accept(payload: dict[str, Any]) -> None:
    """Answers a request that needs no agent; any other one is left to them."""
    decision = accept_automatically(UUID(payload["request"]), now=timezone.now())
    log.info("hospital_cover.automatic", accepted=decision is not None)
