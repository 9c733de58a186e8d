"""What requests promise: their files are there, an acknowledgement leaves, an answer comes in time."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from entraide.portal.domain.requests.enums import FINAL_STATES, RequestState, ScanState
from entraide.portal.domain.requests.events import DepositReceived
from entraide.portal.domain.requests.models import ENCLOSED, Request, RequestFile
from entraide.portal.domain.requests.scanning import waiting_too_long
from entraide.portal.domain.requests.storage import quarantine, vault
from entraide.portal.foundation.events.models import Entry
from entraide.portal.foundation.sweeps.findings import Finding, sweep
from entraide.portal.foundation.sweeps.stored import rows_and_files

LOOKED_BACK = timedelta(days=40)


@sweep("requests.files")
def files(now: datetime) -> Iterator[Finding]:
    """Where each belongs: what the antivirus set apart in the quarantine, until its bytes are erased.

    Of an enclosure that was taken back nothing is left.
    """
    apart = Q(scan_state=ScanState.INFECTED)
    kept, sealed = (
        RequestFile.objects.exclude(apart).exclude(scan_state=ScanState.WITHDRAWN),
        RequestFile.objects.filter(apart).exclude(stored_name=""),
    )
    yield from rows_and_files(vault(), kept, name="pk", label="request_file", now=now)
    yield from rows_and_files(quarantine(), sealed, name="pk", label="sealed_file", now=now)


@sweep("requests.enclosures")
def infected_enclosures(now: datetime) -> Iterator[Finding]:
    """The member was told of a paper and has none: until another one stands in its place, for 40 days."""
    since = now - LOOKED_BACK
    left = RequestFile.objects.filter(ENCLOSED, message__isnull=False)
    infected = left.filter(scan_state=ScanState.INFECTED, scanned_at__gte=since)
    instead = left.filter(message=OuterRef("message"), kept_at__gt=OuterRef("kept_at"))
    for reference, at in (
        infected.exclude(Exists(instead.exclude(scan_state=ScanState.INFECTED)))
        .order_by("scanned_at")
        .values_list("request__reference", "scanned_at")
    ):
        yield Finding(what="enclosure_infected", about=reference, since=at)


@sweep("requests.scans")
def without_verdict(now: datetime) -> Iterator[Finding]:
    """Closed to everybody until the antivirus has spoken; `scanning.watch` asks it again by itself."""
    for pk, since in waiting_too_long(now=now):
        yield Finding(what="scan_pending", about=str(pk), since=since)


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
    """Open past its day; while it waits for its member the clock stands still."""
    open_ = Request.objects.exclude(state__in=(*FINAL_STATES, RequestState.WAITING_FOR_MEMBER))
    late_ = open_.filter(due_on__lt=timezone.localdate(now)).order_by("due_on")
    for reference, due_on in late_.values_list("reference", "due_on"):
        since = datetime.combine(due_on, time(), tzinfo=UTC)
        yield Finding(what="request_late", about=reference, since=since)
