"""Bodies of requests: what a stranger can make us keep, how a too large one is answered (A12, A43)."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import Client, RequestFactory

from entraide.portal.foundation.web.errors import fault_page
from entraide.portal.foundation.web.uploads import BoundedUpload
from tests.conftest import Household

pytestmark = pytest.mark.django_db


@pytest.fixture
def arrived(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The temporary files that uploads made."""
    made: list[Path] = []
    real = BoundedUpload.file_complete

    def note(self: BoundedUpload, file_size: int) -> object:
        if getattr(self, "file", None) is not None:
            made.append(Path(self.file.temporary_file_path()))
        return real(self, file_size)

    monkeypatch.setattr(BoundedUpload, "file_complete", note)
    return made


@pytest.mark.parametrize("address", ["/depot/", "/langue/", "/connexion/", "/premiere-connexion/"])
def test_a_stranger_cannot_put_a_file_on_the_disk(client: Client, address: str, arrived: list[Path]) -> None:
    """A43, A49: the form is read before the gate asks who sends it."""
    response = client.post(address, {"files": SimpleUploadedFile("a.pdf", b"%PDF-" + bytes(300_000))})

    assert response.status_code < 500
    assert arrived == []


def test_a_member_can(member_client: Client, household: Household, arrived: list[Path]) -> None:
    member_client.post("/depot/", {"files": SimpleUploadedFile("a.pdf", b"%PDF-" + bytes(300_000))})

    assert len(arrived) == 1
    # And nothing stays behind in the clear.
    assert list(Path(settings.FILE_UPLOAD_TEMP_DIR).iterdir()) == []


def test_a_password_of_ten_megabytes_is_answered_400_and_its_sender_can_read_it(client: Client) -> None:
    """A12: the rest is taken from the line, else the connection breaks before the page arrives."""
    too_much = b"password=" + b"a" * 10_000_000
    assert (
        client.post("/connexion/", too_much, content_type="application/x-www-form-urlencoded").status_code
        == 400
    )

    request = RequestFactory().post("/connexion/", too_much, content_type="application/x-www-form-urlencoded")
    assert fault_page(request, _refusal_of(request)) is not None
    assert request.read(1) == b""


def _refusal_of(request: HttpRequest) -> Exception:
    try:
        return AssertionError(request.POST)
    except Exception as refusal:
        return refusal
