"""Tools to send papers as Anne does."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.requests.actions import hold_file, send_deposit
from entraide.portal.domain.requests.holding import HeldFile
from entraide.portal.domain.requests.models import Request
from tests.portal.domain.requests.samples import GOOD

# A Tuesday; the week after holds a public holiday (1 May) and a week-end.
NOW = datetime(2026, 4, 28, 8, 30, tzinfo=UTC)
Hold = Callable[..., HeldFile]
Send = Callable[..., Request]


def stored_files() -> list[Path]:
    """Every file of requests on the disk, half-written ones included."""
    return [path for path in (settings.ENTRAIDE.data_dir / "files" / "requests").rglob("*") if path.is_file()]


@pytest.fixture
def key() -> UUID:
    return uuid4()


@pytest.fixture
def hold(viewer: Viewer, key: UUID) -> Hold:
    def run(name: str = "facture.pdf", content: bytes | None = None, request_key: UUID = key) -> HeldFile:
        upload = SimpleUploadedFile(name, GOOD[name] if content is None else content)
        # The field's own cleaning of names is not what is tested here.
        upload._name = name  # type: ignore[attr-defined]
        return hold_file(viewer, request_key=request_key, upload=upload, now=NOW)

    return run


@pytest.fixture
def send(viewer: Viewer, key: UUID) -> Send:
    category = settings.PROFILE.deposit.categories[0]

    def run(**changes: object) -> Request:
        values = {
            "category": category.id,
            "type": category.types[0].id,
            "concerns": viewer.person_id,
            "description": "Ma facture",
            "request_key": key,
            "language": "fr",
            "now": NOW,
        }
        return send_deposit(viewer, **(values | changes))  # type: ignore[arg-type]

    return run
