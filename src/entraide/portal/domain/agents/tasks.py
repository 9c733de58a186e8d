"""Daily work: invitations that are over are forgotten."""

from datetime import timedelta
from typing import Any

import structlog
from django.utils import timezone

from entraide.portal.domain.agents.models import Invitation
from entraide.portal.foundation.tasks.queue import job

# As long as the links of members; the journal keeps the facts.
KEPT_FOR = timedelta(days=30)
log = structlog.get_logger()


@job("agents.tidy", every=timedelta(days=1))
def tidy(_payload: dict[str, Any]) -> None:
    removed, _rows = Invitation.objects.filter(expires_at__lt=timezone.now() - KEPT_FOR).delete()
    log.info("agents.tidied", removed=removed)
