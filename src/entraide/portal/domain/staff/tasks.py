"""Hourly work: what nobody agreed to in time is over."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from entraide.portal.domain.staff.asking import lapse_changes
from entraide.portal.foundation.tasks.queue import job


@job("staff.lapse", every=timedelta(hours=1))
def lapse(_payload: dict[str, Any]) -> None:
    lapse_changes(now=timezone.now())
