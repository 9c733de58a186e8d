"""Documents to read: everybody's, the segment's, one's own; who asks comes first (DOC-01, DOC-02, A36)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from entraide.portal.domain.library.enums import Shelf
from entraide.portal.domain.library.models import Document
from entraide.portal.domain.library.storage import vault
from entraide.portal.domain.members.viewer import Viewer
from entraide.profiles import Text


@dataclass(frozen=True, slots=True)
class Paper:
    """A PDF that the viewer may read; `size` in bytes."""

    id: UUID
    title: Text
    kind: str
    published_on: date
    size: int
    is_personal: bool


@dataclass(frozen=True, slots=True)
class OpenPaper:
    """A paper and its clear bytes, read as they are asked for."""

    paper: Paper
    chunks: Iterator[bytes]


def documents_of(viewer: Viewer, *, shelf: Shelf) -> list[Paper]:
    """The papers of a shelf, newest first. One query."""
    found = _readable(viewer).filter(shelf=shelf).order_by("-published_on", "title_fr", "id")
    return [_paper(one) for one in found]


def newest_of_kind(viewer: Viewer, kind: str) -> Paper | None:
    """The newest paper of this kind that the viewer may read, such as a notice; one query."""
    found = _readable(viewer).filter(kind=kind).order_by("-published_on", "id").first()
    return _paper(found) if found is not None else None


def document_of(viewer: Viewer, document_id: UUID) -> OpenPaper | None:
    """A paper and its bytes; None when it is not there, or not for this viewer."""
    found = _readable(viewer).filter(pk=document_id).first()
    if found is None:
        return None
    return OpenPaper(_paper(found), vault().whole(found.stored_name))


def own_documents(viewer: Viewer) -> QuerySet[Document]:
    """What was written for the viewer's own membership; nothing for who is not the primary insured."""
    return _readable(viewer).filter(member__isnull=False)


def _readable(viewer: Viewer) -> QuerySet[Document]:
    scope = Q(member=None, segment="") | Q(member=None, segment=viewer.segment)
    if viewer.is_primary:
        scope |= Q(member_id=viewer.member_id)
    return Document.objects.filter(scope)


def _paper(one: Document) -> Paper:
    return Paper(
        id=one.pk,
        title=Text(one.title_fr, one.title_en),
        kind=one.kind,
        published_on=one.published_on,
        size=one.size,
        is_personal=one.member_id is not None,
    )
