"""A sent file as it is read on the screen: page by page, drawn anew, never the file itself (A44, A46)."""

from dataclasses import dataclass
from uuid import UUID

from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.requests.files.apart import page_apart, pages_apart
from entraide.portal.domain.requests.files.kinds import KINDS
from entraide.portal.domain.requests.files.verdicts import Refused
from entraide.portal.domain.requests.queries import OpenFile, file_of


@dataclass(frozen=True, slots=True)
class ShownFile:
    """What can be shown of a file; no `pages` when it cannot be drawn: then only the file itself is left."""

    sender_id: UUID
    name: str
    size: int
    pages: int
    is_enclosure: bool = False


@dataclass(frozen=True, slots=True)
class ShownPage:
    """One page as a picture, a JPEG with nothing beside its pixels."""

    sender_id: UUID
    jpeg: bytes


def shown_file(viewer: Viewer, reference: str, file_id: UUID) -> ShownFile | None:
    """None unless the viewer may read it with this request; raises NotReadable like `file_of`."""
    found = file_of(viewer, reference, file_id)
    return None if found is None else as_shown(found)


def shown_page(viewer: Viewer, reference: str, file_id: UUID, *, number: int) -> ShownPage | None:
    """One page, counted from 1; None when there is none. Raises NotReadable like `file_of`."""
    found = file_of(viewer, reference, file_id)
    return None if found is None else page_of(found, number=number)


def as_shown(found: OpenFile) -> ShownFile:
    """How many pages of an opened file can be shown."""
    pages = number_of_pages(b"".join(found.chunks), media_type=found.media_type)
    return ShownFile(found.sender_id, found.name, found.size, pages, found.is_enclosure)


def number_of_pages(content: bytes, *, media_type: str) -> int:
    """Of those that can be drawn anew; 0 for what cannot be."""
    try:
        return pages_apart(content, extension=_extension(media_type))
    except Refused:
        return 0


def page_of(found: OpenFile, *, number: int) -> ShownPage | None:
    """One page of an opened file, counted from 1; None when it has none such, or it cannot be drawn."""
    try:
        jpeg = page_apart(b"".join(found.chunks), extension=_extension(found.media_type), number=number)
    except Refused:
        return None
    return ShownPage(found.sender_id, jpeg)


def _extension(media_type: str) -> str:
    """That of the kind, as it was found when the file came: names do not count here."""
    return next(kind.extensions[0] for kind in KINDS if kind.media_type == media_type)
