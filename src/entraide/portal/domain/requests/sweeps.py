"""What requests promise: their files are there, an acknowledgement leaves, an answer comes in time."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from django.utils import timezone

from entraide.portal.domain.requests.enums import FINAL_STATES
from entraide.portal.domain.requests.events import DepositReceived
from entraide.portal.domain.requests.models import Request, RequestFile
from entraide.portal.domain.requests.storage import vault
from entraide.portal.foundation.events.models import Entry
from entraide.portal.foundation.sweeps.findings import Finding, sweep
from entraide.portal.foundation.sweeps.stored import rows_and_files

LOOKED_BACK = timedelta(days=40)


@sweep("requests.files")
def files(now: datetime) -> Iterator[Finding]:
    return rows_and_files(vault(), RequestFile.objects.all(), name="pk", label="request_file", now=now)


@sweep("requests.acknowledgements")
def without_acknowledgement(now: datetime) -> Iterator[Finding]:
    """The fact from which the acknowledgement comes is written with the request."""
    since = now - LOOKED_BACK
    told = set(
        Entry.objects.filter(kind=DepositReceived.__name__, at__gte=since - timedelta(days=1))
        .values_list("data__request_id", flat=True)
        .iterator(chunk_size=2000)
    )
    rows = Request.objects.filter(received_at__gte=since).values_list("pk", "reference", "received_at")
    for pk, reference, received_at in rows.order_by("received_at").iterator(chunk_size=2000):
        if str(pk) not in told:
            yield Finding(what="request_without_acknowledgement", about=reference, since=received_at)


@sweep("requests.late")
def late(now: datetime) -> Iterator[Finding]:
    """Open past the day that was promised."""
    open_ = Request.objects.exclude(state__in=FINAL_STATES).filter(promised_on__lt=timezone.localdate(now))
    for reference, promised_on in open_.order_by("promised_on").values_list("reference", "promised_on"):
        since = datetime.combine(promised_on, time(), tzinfo=UTC)
        yield Finding(what="request_late", about=reference, since=since)
