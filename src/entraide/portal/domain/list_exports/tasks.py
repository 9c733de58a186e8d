"""Exports of lists in the background."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from entraide.portal.domain.list_exports.actions import MAKE_JOB, expire_lists
from entraide.portal.domain.list_exports.making import make_list
from entraide.portal.foundation.tasks.queue import job


@job(MAKE_JOB)
def make(payload: dict[str, Any]) -> None:
    make_list(UUID(payload["export"]), now=timezone.now(), on=timezone.localdate())


@job("list_exports.expire", every=timedelta(hours=1))
def expire(_payload: dict[str, Any]) -> None:
    expire_lists(now=timezone.now())
