"""Every PDF of an edition is there, and no other; the antivirus reads each."""

from collections.abc import Iterator
from datetime import datetime

from entraide.portal.domain.publications.models import Edition
from entraide.portal.domain.publications.scanning import waiting_too_long
from entraide.portal.domain.publications.storage import vault
from entraide.portal.foundation.sweeps.findings import Finding, sweep
from entraide.portal.foundation.sweeps.stored import rows_and_files


@sweep("publications.files")
def files(now: datetime) -> Iterator[Finding]:
    rows = Edition.objects.exclude(stored_name="")
    return rows_and_files(vault(), rows, name="id", label="edition", now=now)


@sweep("publications.scans")
def without_verdict(now: datetime) -> Iterator[Finding]:
    """Nobody publishes it and no member reads it until the antivirus has spoken."""
    for pk, since in waiting_too_long(now=now):
        yield Finding(what="edition_scan_pending", about=str(pk), since=since)
