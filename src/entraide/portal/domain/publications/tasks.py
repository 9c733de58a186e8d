"""Background work on publications."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from entraide.portal.domain.publications.mailing import (
    MAILING_JOB,
    PAUSE_SECONDS,
    ask_for_lot,
    open_mailing,
    tell_some,
)
from entraide.portal.domain.publications.scanning import SCAN_JOB, scan
from entraide.portal.foundation.tasks.queue import job


@job(SCAN_JOB, outside=True)
def scan_one(payload: dict[str, Any]) -> None:
    scan(UUID(payload["edition"]))


@job("publications.open-mailing", every=timedelta(minutes=30))
def open_todays(_payload: dict[str, Any]) -> None:
    open_mailing(now=timezone.now())


@job(MAILING_JOB)
def tell(payload: dict[str, Any]) -> None:
    """Tells some people and asks for the next in one transaction: nobody is told twice."""
    mailing = UUID(payload["mailing"])
    last = tell_some(mailing, after=payload["after"], now=timezone.now())
    if last:
        ask_for_lot(mailing, after=last, pause=PAUSE_SECONDS)
