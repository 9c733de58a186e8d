"""Who reads which document (DOC-01, DOC-02, A36)."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from entraide.portal.domain.library.enums import Shelf
from entraide.portal.domain.library.queries import document_of, documents_of
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.queries import viewer_of
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.foundation.vault.seal import SealBroken
from tests.conftest import Household
from tests.portal.domain.library.shelf import PDF, put


def _viewer(person: Beneficiary) -> Viewer:
    assert person.account_id is not None
    found = viewer_of(person.account_id)
    assert found is not None
    return found


@pytest.fixture
def _shelf(household: Household, stranger: Beneficiary, vault_dir: Path) -> None:
    first, last = settings.PROFILE.segments[0].id, settings.PROFILE.segments[-1].id
    put("Pour tous", vault_dir=vault_dir)
    put("Premier segment", vault_dir=vault_dir, segment=first)
    put("Dernier segment", vault_dir=vault_dir, segment=last)
    put("Pour Anne", vault_dir=vault_dir, member=household.member)
    put("Pour Zoé", vault_dir=vault_dir, member=stranger.member)
    put("Lettre", vault_dir=vault_dir, shelf="information")


def _titles(viewer: Viewer, shelf: Shelf = Shelf.CONTRACT) -> set[str]:
    return {paper.title.fr for paper in documents_of(viewer, shelf=shelf)}


@pytest.mark.usefixtures("_shelf")
def test_a_member_reads_what_is_for_all_for_the_segment_and_for_her(viewer: Viewer) -> None:
    expected = {"Pour tous", "Premier segment", "Pour Anne"}
    if len(settings.PROFILE.segments) == 1:
        expected |= {"Dernier segment"}

    assert _titles(viewer) == expected
    assert _titles(viewer, Shelf.INFORMATION) == {"Lettre"}


@pytest.mark.usefixtures("_shelf")
def test_what_is_for_the_member_is_for_the_primary_insured_alone(household: Household) -> None:
    assert "Pour Anne" not in _titles(_viewer(household.spouse))
    assert "Pour tous" in _titles(_viewer(household.spouse))


@pytest.mark.usefixtures("_shelf")
def test_another_members_document_opens_for_nobody_else(household: Household, stranger: Beneficiary) -> None:
    """A36."""
    for document in household.member.documents.all():
        assert document_of(_viewer(stranger), document.pk) is None
        assert document_of(_viewer(household.adult_child), document.pk) is None
        assert document_of(_viewer(household.primary), document.pk) is not None


def test_newest_first(viewer: Viewer, vault_dir: Path) -> None:
    put("Ancien", vault_dir=vault_dir, published_on=date(2024, 1, 1))
    put("Nouveau", vault_dir=vault_dir, published_on=date(2026, 7, 1))

    assert [paper.title.fr for paper in documents_of(viewer, shelf=Shelf.CONTRACT)] == ["Nouveau", "Ancien"]


def test_the_bytes_are_those_that_were_kept(viewer: Viewer, vault_dir: Path) -> None:
    document = put("Tableau", vault_dir=vault_dir)

    found = document_of(viewer, document.pk)

    assert found is not None
    assert b"".join(found.chunks) == PDF


def test_a_file_that_was_altered_does_not_open(viewer: Viewer, vault_dir: Path) -> None:
    document = put("Tableau", vault_dir=vault_dir)
    stored = vault_dir / document.stored_name[:2] / document.stored_name
    stored.write_bytes(stored.read_bytes()[:-1] + b"x")

    with pytest.raises(SealBroken):
        document_of(viewer, document.pk)
