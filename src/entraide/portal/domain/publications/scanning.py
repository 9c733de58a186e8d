"""What the antivirus says of a PDF to publish: until it was read to its end nobody opens it (A47, A48)."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction

from entraide.portal.domain.publications import storage
from entraide.portal.domain.publications.events import EditionInfected
from entraide.portal.domain.publications.models import Edition
from entraide.portal.domain.requests.antivirus import NoVerdict, virus_scanner
from entraide.portal.domain.requests.enums import PENDING_SCANS, ScanState
from entraide.portal.domain.requests.scanning import LATE
from entraide.portal.foundation.events.facts import publish
from entraide.portal.foundation.tasks.queue import enqueue

SCAN_JOB = "publications.scan"


def ask_for_scan(edition: Edition) -> None:
    """Puts the scan of an edition's file on the queue, where one is due. Inside a transaction."""
    if edition.scan_state in PENDING_SCANS:
        enqueue(SCAN_JOB, {"edition": str(edition.pk)}, dedup=f"{SCAN_JOB}:{edition.pk}")


def scan(edition_id: UUID) -> None:
    """Gives a file that waits to the antivirus and notes the verdict; raises NoVerdict to be tried again.

    Editions that share the file share the verdict. An infected file is erased: it is ours, not a member's.
    """
    row = Edition.objects.filter(pk=edition_id, scan_state__in=PENDING_SCANS).first()
    if row is None:
        return
    scanner = virus_scanner()
    if scanner is None:
        raise NoVerdict("no antivirus is set up any more")
    verdict = scanner.scan(storage.vault().read(row.stored_name))
    waiting = Edition.objects.filter(stored_name=row.stored_name, scan_state__in=PENDING_SCANS)
    if verdict.is_clean:
        waiting.update(scan_state=ScanState.CLEAN)
        return
    with transaction.atomic():
        if waiting.update(scan_state=ScanState.INFECTED, stored_name=""):
            publish(
                EditionInfected(
                    publication=row.publication_id, number=row.number, finding=verdict.finding[:100]
                )
            )
        transaction.on_commit(lambda: storage.vault().forget(row.stored_name))


def is_late(edition: Edition, *, now: datetime) -> bool:
    """Whether its file has had no verdict for longer than the alarm allows (A48)."""
    return edition.scan_state in PENDING_SCANS and edition.at <= now - LATE


def waiting_too_long(*, now: datetime) -> Iterator[tuple[UUID, datetime]]:
    """The editions of which `is_late` is true, the oldest first, and since when they wait."""
    late = Edition.objects.filter(scan_state__in=PENDING_SCANS, at__lte=now - LATE).order_by("at", "pk")
    return late.values_list("pk", "at").iterator(chunk_size=2000)
