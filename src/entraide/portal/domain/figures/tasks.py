"""Background work on figures."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from entraide.portal.domain.figures.counting import count_delays
from entraide.portal.foundation.tasks.queue import job


@job("figures.delays", every=timedelta(days=1))
def count(_payload: dict[str, Any]) -> None:
    count_delays(now=timezone.now())
