"""The check of one file, as the portal asks for it."""

import hashlib
from dataclasses import dataclass

from entraide.portal.domain.requests.files.apart import open_apart, words_apart
from entraide.portal.domain.requests.files.kinds import PDF, Kind, kind_of_content, kind_of_extension
from entraide.portal.domain.requests.files.names import clean_name, extension_of
from entraide.portal.domain.requests.files.verdicts import Fault, Refused
from entraide.portal.domain.requests.files.words import PrintedWords


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be kept: its shown name, kind, content and fingerprint."""

    name: str
    media_type: str
    content: bytes
    sha256: str

    @property
    def size(self) -> int:
        return len(self.content)


def check(content: bytes, *, name: str) -> Checked:
    """The file as it may be kept; raises Refused when its name and content disagree, or it is not sound.

    The content is opened in a process of its own with limits of memory and time, so that no file can harm
    the one that serves the pages.
    """
    kind = _kind(content, name=name)
    open_apart(content, extension=kind.extensions[0])
    return Checked(
        name=clean_name(name),
        media_type=kind.media_type,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
    )


def words_in(content: bytes, *, name: str) -> tuple[PrintedWords, ...]:
    """Checks a file the same way and gives what a PDF prints; of a photo or a scan nothing can be read."""
    kind = _kind(content, name=name)
    if kind is PDF:
        return words_apart(content, extension=kind.extensions[0])
    open_apart(content, extension=kind.extensions[0])
    return ()


def _kind(content: bytes, *, name: str) -> Kind:
    if not content:
        raise Refused(Fault.EMPTY)
    named = kind_of_extension(extension_of(clean_name(name)))
    found = kind_of_content(content)
    if named is None:
        raise Refused(Fault.UNKNOWN_KIND)
    if named is PDF and found is not PDF and b"%PDF-" in content[:1024]:
        raise Refused(Fault.NOT_AT_START)
    if named is not found:
        raise Refused(Fault.RENAMED)
    return named
