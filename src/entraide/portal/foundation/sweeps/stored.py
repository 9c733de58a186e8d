"""Files and the rows that know them: neither without the other, and each file what was kept."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zlib import crc32

import structlog
from django.db.models import QuerySet, Sum
from django.utils import timezone

from entraide.portal.foundation.sweeps.findings import Finding
from entraide.portal.foundation.vault.files import FileVault
from entraide.portal.foundation.vault.seal import SealBroken

log = structlog.get_logger()
# A file is written before its row is; whoever takes longer was killed.
SETTLED_AFTER = timedelta(hours=25)
# So much of a vault is read back in one look, about a minute's work; all of it where there is no more.
READ_BACK_BYTES = 4 * 1024**3


def rows_and_files(
    vault: FileVault, rows: QuerySet[Any], *, name: str, label: str, now: datetime
) -> Iterator[Finding]:
    """A row without its file, or with another than was kept, is told; a file without a row is removed."""
    yield from rows_without_file(vault, rows, name=name, label=label)
    yield from altered_files(vault, rows, name=name, label=label, now=now)
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


def altered_files(
    vault: FileVault, rows: QuerySet[Any], *, name: str, label: str, now: datetime
) -> Iterator[Finding]:
    """Reads files back to their end, as a disk may lie: all of them, of a large vault a part each day."""
    stored = rows.aggregate(bytes=Sum("size"))["bytes"] or 0
    parts = 1 + stored // READ_BACK_BYTES
    today = timezone.localdate(now).toordinal() % parts
    known = dict(rows.values_list("stored_name", name).iterator(chunk_size=2000))
    for stored_name, about in known.items():
        if crc32(stored_name.encode()) % parts == today and not _is_sound(vault, stored_name):
            log.error("seal.broken", place=f"stored file {stored_name}")
            yield Finding(what=f"{label}_altered", about=str(about))


def _is_sound(vault: FileVault, stored_name: str) -> bool:
    try:
        for _segment in vault.read(stored_name):
            pass
    except FileNotFoundError:
        return True  # told as a row without its file, or gone with it since
    except (SealBroken, OSError):
        return False
    return True
