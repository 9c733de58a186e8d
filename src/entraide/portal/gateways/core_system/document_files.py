"""documents.csv, and the PDF of each of its rows."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import pikepdf

from entraide.portal.domain.library import imports as library
from entraide.portal.domain.library.enums import Shelf
from entraide.portal.gateways.core_system import cells
from entraide.portal.gateways.core_system.ids import sealed_ids
from entraide.portal.gateways.core_system.layout import Batch, Columns, Layout, RowFault, Run
from entraide.portal.gateways.core_system.membership_files import NUMBER_DIGITS, kinds
from entraide.portal.gateways.core_system.report import shown

LARGEST_MB = 50
_LONGEST_PATH = 255


class BadFile(Exception):
    """A path that leads to no PDF that can be shown: what is there, and what should be."""

    def __init__(self, found: str, expected: str = "a PDF inside the folder of the import") -> None:
        super().__init__(found)
        self.found, self.expected = found, expected


@dataclass(frozen=True, slots=True)
class Paper:
    size: int
    sha256: str


def document_file(segments: Sequence[str]) -> Layout:
    columns = {
        "document_reference": cells.reference(),
        "member_number": cells.digits(NUMBER_DIGITS, blank=None),
        "segment": cells.choice(segments, blank=""),
        "shelf": cells.choice(Shelf.values),
        "kind": cells.reference(),
        "title_fr": cells.text(160),
        "title_en": cells.text(160),
        "published_on": cells.day(),
        "file": cells.text(_LONGEST_PATH),
    }
    found = {"id": "uuid", "size": "integer", "sha256": "text", "stored_name": "text"}
    return Layout(
        file="documents.csv",
        stage=library.DOCUMENTS,
        cells=columns,
        kinds={**kinds(columns), **found},
        derive=_papers,
        check=library.check_documents,
        prepare=lambda run: library.keep_files(run.folder),
        store=lambda _run: library.store_documents(),
    )


def _papers(batch: Batch, run: Run) -> tuple[Columns, list[RowFault]]:
    faults, papers = [], []
    for row, name in enumerate(batch.columns["file"]):
        try:
            papers.append(look_at(run.folder, name))
        except BadFile as bad:
            faults.append(RowFault(row, "file", bad.found, bad.expected))
            papers.append(Paper(0, ""))
    return {
        **batch.columns,
        "id": sealed_ids(run.keys, "document", batch.columns["document_reference"]),
        "size": [paper.size for paper in papers],
        "sha256": [paper.sha256 for paper in papers],
        "stored_name": [None] * len(papers),
    }, faults


def look_at(folder: Path, name: str) -> Paper:
    """Size and fingerprint of the PDF at this path of the folder; raises BadFile."""
    path = _inside(folder, name)
    try:
        size = path.stat().st_size
        if size > LARGEST_MB * 1_000_000:
            raise BadFile(f"{shown(name)} of {size / 1_000_000:.0f} MB", f"a PDF of up to {LARGEST_MB} MB")
        with path.open("rb") as file:
            if file.read(5) != b"%PDF-":
                raise BadFile(f"{shown(name)}, which is no PDF")
            file.seek(0)
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        _open(path, name)
    except OSError as error:
        raise BadFile(f"{shown(name)}, which cannot be read ({error.strerror})") from None
    return Paper(size=size, sha256=sha256)


def _inside(folder: Path, name: str) -> Path:
    parts = PurePosixPath(name).parts
    if "\\" in name or ":" in name or name.startswith("/") or ".." in parts:
        raise BadFile(shown(name), "a path inside the folder of the import, with / between names")
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise BadFile(f"{shown(name)}, which leads out of the folder")
    if not path.is_file():
        raise BadFile(f"{shown(name)}, which is not there")
    return path


def _open(path: Path, name: str) -> None:
    try:
        with pikepdf.open(path) as pdf:
            if pdf.is_encrypted:
                raise BadFile(f"{shown(name)}, which is encrypted", "a PDF without password or restriction")
            if not len(pdf.pages):
                raise BadFile(f"{shown(name)}, which has no page")
    except pikepdf.PasswordError:
        raise BadFile(f"{shown(name)}, which is encrypted", "a PDF without password or restriction") from None
    except pikepdf.PdfError:
        raise BadFile(f"{shown(name)}, which is broken", "a PDF that opens") from None
