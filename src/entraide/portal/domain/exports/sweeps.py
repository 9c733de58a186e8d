"""Every export that is ready is there. What a crash left, `tasks.tidy` removes sooner: it is sensitive."""

from collections.abc import Iterator
from datetime import datetime

from entraide.portal.domain.exports.models import DataExport
from entraide.portal.domain.exports.storage import vault
from entraide.portal.foundation.sweeps.findings import Finding, sweep
from entraide.portal.foundation.sweeps.stored import rows_without_file


@sweep("exports.files")
def files(_now: datetime) -> Iterator[Finding]:
    rows = DataExport.objects.exclude(stored_name="")
    return rows_without_file(vault(), rows, name="pk", label="export")
