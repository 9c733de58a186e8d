"""Documents as the management system sends them: rows, and PDFs kept in the vault."""
# ruff: noqa: S608 (names of our own tables only)

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection

from entraide.portal.domain.imports import (
    Counts,
    Finding,
    Findings,
    Refused,
    Upsert,
    find_repeated,
    rows_of,
    table,
)
from entraide.portal.domain.library.models import Document
from entraide.portal.domain.library.storage import vault
from entraide.portal.domain.members.imports import find_unknown_members
from entraide.portal.domain.members.models import Member
from entraide.portal.foundation.vault.files import FileVault

DOCUMENTS = "import_documents"
_BATCH = 200
_CHUNK = 256 * 1024
_CLAIM = ".claim"


def check_documents(findings: Findings) -> None:
    find_repeated(findings, DOCUMENTS, key=["document_reference"], column="document_reference")
    find_unknown_members(findings, DOCUMENTS)


def keep_files(folder: Path) -> None:
    """Copies into the vault the PDFs that are new or changed; raises Refused if one changed since its check.

    Done before the transaction, which then stays short. Until `settle` each file is only claimed.
    """
    after = 0
    while rows := rows_of(
        f"SELECT s.line, s.file, s.sha256, t.stored_name FROM {DOCUMENTS} s "
        f"LEFT JOIN {table(Document)} t ON t.reference = s.document_reference "
        f"WHERE s.line > %s AND (t.id IS NULL OR t.sha256 <> s.sha256) ORDER BY s.line LIMIT {_BATCH}",
        [after],
    ):
        after = rows[-1][0]
        for line, file, sha256, replaced in rows:
            name = _keep(folder / file, sha256=sha256, line=line)
            if replaced:
                _claim(replaced)
            with connection.cursor() as cursor:
                cursor.execute(f"UPDATE {DOCUMENTS} SET stored_name = %s WHERE line = %s", [name, line])


def store_documents() -> Counts:
    names = ("segment", "shelf", "kind", "title_fr", "title_en", "published_on", "size", "sha256")
    return Upsert(
        model=Document,
        stage=DOCUMENTS,
        joins=f"LEFT JOIN {table(Member)} m ON m.number = s.member_number",
        key=("reference",),
        values={
            "id": "s.id",
            "reference": "s.document_reference",
            "member_id": "m.id",
            "stored_name": "COALESCE(s.stored_name, t.stored_name)",
            **{name: f"s.{name}" for name in names},
        },
    ).run()


def settle() -> None:
    """Forgets every claimed file that no document names: of a run refused, killed, or that replaced it."""
    for claims in _in_batches(sorted(_arrivals().folder.glob(f"*{_CLAIM}"))):
        names = [claim.stem for claim in claims]
        kept = set(Document.objects.filter(stored_name__in=names).values_list("stored_name", flat=True))
        for claim in claims:
            if claim.stem not in kept:
                vault().forget(claim.stem)
            claim.unlink(missing_ok=True)
    for left in _arrivals().folder.glob("*/"):
        shutil.rmtree(left)


def _keep(source: Path, *, sha256: str, line: int) -> str:
    """The stored name. The file becomes part of the vault only once its claim says who must answer for it."""
    arrivals = _arrivals()
    with source.open("rb") as file:
        kept = arrivals.keep(iter(lambda: file.read(_CHUNK), b""))
    if kept.sha256 != sha256:
        findings = Findings()
        findings.add(
            Finding(line, "file", "a file that changed during the import", "a file that stays as it is")
        )
        raise Refused(findings)
    _claim(kept.name)
    target = vault().path_of(kept.name)
    target.parent.mkdir(parents=True, exist_ok=True)
    arrivals.path_of(kept.name).rename(target)
    _on_disk(target.parent)
    return kept.name


def _claim(name: str) -> None:
    folder = _arrivals().folder
    (folder / f"{name}{_CLAIM}").touch()
    _on_disk(folder)


def _on_disk(folder: Path) -> None:
    """The names in a folder outlive a power cut only once the folder itself is written."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _arrivals() -> FileVault:
    """Where files wait, encrypted under the name that they will have in the vault."""
    return FileVault(settings.ENTRAIDE.data_dir / "arriving", settings.ENTRAIDE.keys)


def _in_batches(paths: list[Path]) -> Iterator[list[Path]]:
    for start in range(0, len(paths), _BATCH):
        yield paths[start : start + _BATCH]
