"""A family in which every datum of everybody can be told from everybody else's."""

import io
import zipfile
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from entraide.portal.domain.exports.actions import ask_export, take_export
from entraide.portal.domain.exports.models import DataExport
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.queries import viewer_of
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.foundation.tasks.queue import drain
from tests.portal.member_site.reimbursements.pdf_text import text_of


def as_seen(person: Beneficiary) -> Viewer:
    person.refresh_from_db()
    assert person.account_id is not None
    found = viewer_of(person.account_id)
    assert found is not None
    return found


def ask(viewer: Viewer, *, key: UUID | None = None, language: str = "fr") -> DataExport:
    return ask_export(viewer, request_key=key or uuid4(), language=language, now=timezone.now())


@pytest.fixture
def exported() -> Callable[..., dict[str, bytes]]:
    """The files of a person's export, by their names."""

    def make(person: Beneficiary, *, language: str = "fr") -> dict[str, bytes]:
        viewer = as_seen(person)
        export = ask(viewer, language=language)
        drain()
        taken = take_export(viewer, export.pk, now=timezone.now())
        assert taken is not None
        content = b"".join(taken.chunks)
        assert len(content) == taken.size
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            assert file.testzip() is None
            return {name: file.read(name) for name in file.namelist()}

    return make


def words_of(files: dict[str, bytes]) -> str:
    """Everything that can be read in an export: names, texts, the words and the properties of PDFs."""
    found = []
    for name, content in files.items():
        found += [name, content.decode("utf-8", "replace")]
        if content.startswith(b"%PDF"):
            found.append(text_of(content))
    return "\n".join(found)
