"""A disk that takes nothing more: refused clearly, nothing half stored (fault list of the deposit)."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from entraide.portal.domain.requests.models import RequestFile
from entraide.portal.domain.requests.storage import StorageFull
from tests.portal.domain.requests.conftest import Hold, stored_files
from tests.portal.domain.requests.samples import GOOD


@contextmanager
def no_file_larger_than(size: int) -> Iterator[None]:
    """The system itself refuses to write further, as it does when a disk or a quota is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_refuses_and_leaves_nothing(hold: Hold) -> None:
    before = set(stored_files())

    with no_file_larger_than(64), pytest.raises(StorageFull, match="rien n’a été envoyé"):
        hold()

    assert set(stored_files()) == before
    assert not RequestFile.objects.exists()


def test_the_same_form_goes_through_once_there_is_room_again(hold: Hold) -> None:
    with no_file_larger_than(64), pytest.raises(StorageFull):
        hold()

    assert hold().size == len(GOOD["facture.pdf"])
