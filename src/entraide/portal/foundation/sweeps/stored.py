"""Files and the rows that know them: neither without the other."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from entraide.portal.foundation.sweeps.findings import Finding
from entraide.portal.foundation.vault.files import FileVault

# A file is written before its row is; whoever takes longer was killed.
SETTLED_AFTER = timedelta(hours=25)


def rows_and_files(
    vault: FileVault, rows: QuerySet[Any], *, name: str, label: str, now: datetime
) -> Iterator[Finding]:
    """A row without its file is told; a file without a row is removed."""
    yield from rows_without_file(vault, rows, name=name, label=label)
    known = frozenset(rows.values_list("stored_name", flat=True))
    removed = vault.forget_unknown(known, before=now - SETTLED_AFTER)
    for _one in range(removed):
        yield Finding(what=f"file_without_{label}", about=label, is_repaired=True)


def rows_without_file(vault: FileVault, rows: QuerySet[Any], *, name: str, label: str) -> Iterator[Finding]:
    """`name`: the column that tells a row in the report; `rows` have a `stored_name`."""
    known = dict(rows.values_list("stored_name", name).iterator(chunk_size=2000))
    for stored_name, about in known.items():
        # Asked again: a row may have gone with its file since.
        if not vault.path_of(stored_name).exists() and rows.filter(stored_name=stored_name).exists():
            yield Finding(what=f"{label}_without_file", about=str(about))
