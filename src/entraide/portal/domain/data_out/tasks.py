"""Daily work on the files for the management system."""

from datetime import timedelta
from typing import Any

import structlog
from django.utils import timezone

from entraide.portal.domain.data_out.forgetting import forget_old_files
from entraide.portal.foundation.tasks.queue import job

log = structlog.get_logger()


@job("data_out.tidy", every=timedelta(days=1))
def tidy(_payload: dict[str, Any]) -> None:
    log.info("data_out.tidied", runs=forget_old_files(now=timezone.now()))
