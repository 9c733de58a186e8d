"""Papers of the demo: made here, and so not opened apart like those of strangers."""

import hashlib
from datetime import datetime
from uuid import UUID

from django.conf import settings

from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.requests import storage
from entraide.portal.domain.requests.files.check import Checked
from entraide.portal.domain.requests.files.kinds import PDF
from entraide.portal.domain.requests.models import RequestFile
from entraide.portal.domain.requests.scanning import first_state


def hold_demo_paper(
    viewer: Viewer, *, request_key: UUID, name: str, content: bytes, piece: str = "", now: datetime
) -> None:
    """Keeps a PDF of our own for a form, as `hold_file` does. Refused outside the demo."""
    if not settings.ENTRAIDE.demo:
        raise DomainError("only for papers of the demo")
    digest = hashlib.sha256(content).hexdigest()
    paper = Checked(name=name, media_type=PDF.media_type, content=content, sha256=digest)
    RequestFile.objects.create(
        sender_id=viewer.person_id,
        request_key=request_key,
        name=paper.name,
        media_type=paper.media_type,
        size=paper.size,
        sha256=paper.sha256,
        stored_name=storage.keep(paper),
        kept_at=now,
        piece=piece,
        scan_state=first_state(),
        scan_since=now,
    )
