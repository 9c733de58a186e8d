"""Documents of the management system and the files behind them: always both, or none."""

import random
import resource
from pathlib import Path

import pytest
from django.conf import settings

from entraide.portal.domain.imports import Counts
from entraide.portal.domain.library.models import Document
from entraide.portal.foundation.vault.files import FileVault
from entraide.portal.gateways.core_system import import_folder
from tests.portal.gateways.core_system.exports import document, family, load, only_fault, write, write_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_vault(vault_dir: Path) -> Path:
    """Files of documents that other tests rolled back are not ours to judge."""
    for file in vault_dir.glob("*/*"):
        file.unlink()
    return vault_dir


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A loaded family, and a PDF for its document."""
    load(tmp_path, family())
    write_pdf(tmp_path / "papers" / "d1.pdf")
    return tmp_path


def stored(vault_dir: Path) -> list[str]:
    waiting = settings.ENTRAIDE.data_dir / "arriving"
    assert [path for path in waiting.rglob("*") if path.is_file()] == []
    return sorted(path.name for path in vault_dir.glob("*/*"))


def test_the_pdf_is_kept_encrypted_and_comes_back_byte_for_byte(folder: Path, vault_dir: Path) -> None:
    """DOC-01, A62."""
    clear = (folder / "papers" / "d1.pdf").read_bytes()

    load(folder, {"documents": [document()]})

    kept = Document.objects.get()
    vault = FileVault(vault_dir, settings.ENTRAIDE.keys)
    assert b"".join(vault.read(kept.stored_name)) == clear
    assert clear not in vault.path_of(kept.stored_name).read_bytes()
    assert (kept.size, kept.member.number, kept.title_en) == (len(clear), "50010001", "Schedule of benefits")
    assert kept.pk == settings.ENTRAIDE.keys.sealed_id("document", "D-1")
    assert stored(vault_dir) == [kept.stored_name]


def test_the_same_document_twice_keeps_one_file(folder: Path, vault_dir: Path) -> None:
    load(folder, {"documents": [document(), document(document_reference="D-2", member_number="")]})
    before = stored(vault_dir)

    report = import_folder(folder)

    assert report.files[0].counts == Counts(new=0, changed=0, unchanged=2)
    assert stored(vault_dir) == before
    assert len(before) == 2


def test_a_new_version_replaces_the_file(folder: Path, vault_dir: Path) -> None:
    load(folder, {"documents": [document()]})
    old = Document.objects.get().stored_name
    clear = write_pdf(folder / "papers" / "d1.pdf", padding=b"second version")

    report = import_folder(folder)

    kept = Document.objects.get()
    assert report.files[0].counts.changed == 1
    assert stored(vault_dir) == [kept.stored_name] != [old]
    assert b"".join(FileVault(vault_dir, settings.ENTRAIDE.keys).read(kept.stored_name)) == clear


def test_a_title_changes_without_touching_the_file(folder: Path, vault_dir: Path) -> None:
    load(folder, {"documents": [document()]})
    before = stored(vault_dir)

    load(folder, {"documents": [document(title_fr="Garanties 2026", member_number="", shelf="information")]})

    assert stored(vault_dir) == before
    assert (Document.objects.get().title_fr, Document.objects.get().member) == ("Garanties 2026", None)


def test_a_refused_file_keeps_no_pdf(folder: Path, vault_dir: Path) -> None:
    only_fault(write(folder, {"documents": [document(), document(document_reference="D-2", file="no.pdf")]}))

    assert stored(vault_dir) == []
    assert not Document.objects.exists()


def test_a_full_disk_keeps_no_half_document(folder: Path, vault_dir: Path) -> None:
    """One of the listed faults. The limit of this process stands for the end of the disk."""
    write_pdf(folder / "papers" / "large.pdf", padding=random.Random(3).randbytes(8_000_000))
    write(folder, {"documents": [document(), document(document_reference="D-2", file="papers/large.pdf")]})
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4_000_000, before[1]))
    try:
        fault = only_fault(folder)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert (fault.file, fault.line, fault.found) == ("documents.csv", None, "File too large")
    assert stored(vault_dir) == []
    assert not Document.objects.exists()

    import_folder(folder)
    assert len(stored(vault_dir)) == 2


def test_what_a_killed_run_left_is_cleared_by_the_next(folder: Path, vault_dir: Path) -> None:
    """I8: no file without its row."""
    load(folder, {"documents": [document()]})
    kept = Document.objects.get().stored_name
    vault = FileVault(vault_dir, settings.ENTRAIDE.keys)
    waiting = FileVault(settings.ENTRAIDE.data_dir / "arriving", settings.ENTRAIDE.keys)
    moved = vault.keep([b"moved, claimed, never committed"]).name
    request_file = vault.keep([b"a file of a request, claimed by nobody here"]).name
    waiting.keep([b"not moved yet"])
    for name in (moved, kept):
        (waiting.folder / f"{name}.claim").touch()

    import_folder(folder)

    assert stored(vault_dir) == sorted([kept, request_file])


def test_a_pdf_that_changes_under_the_import_is_refused(folder: Path, vault_dir: Path) -> None:
    write(folder, {"documents": [document()]})

    def swap(progress: object) -> None:
        if progress.step == "checking":  # type: ignore[attr-defined]
            write_pdf(folder / "papers" / "d1.pdf", padding=b"swapped")

    with pytest.raises(Exception, match="a file that changed during the import"):
        import_folder(folder, progress=swap)

    assert stored(vault_dir) == []
