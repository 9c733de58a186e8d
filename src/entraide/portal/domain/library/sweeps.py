"""Every document on a shelf is there."""

from collections.abc import Iterator
from datetime import datetime

from entraide.portal.domain.library.models import Document
from entraide.portal.domain.library.storage import vault
from entraide.portal.foundation.sweeps.findings import Finding, sweep
from entraide.portal.foundation.sweeps.stored import rows_and_files


@sweep("library.files")
def files(now: datetime) -> Iterator[Finding]:
    return rows_and_files(vault(), Document.objects.all(), name="reference", label="document", now=now)
