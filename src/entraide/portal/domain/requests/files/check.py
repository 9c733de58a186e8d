"""The check of one file, as the portal asks for it."""

import hashlib
import subprocess
import sys
import threading
from dataclasses import dataclass

from entraide.portal.domain.requests.files.kinds import PDF, kind_of_content, kind_of_extension
from entraide.portal.domain.requests.files.names import clean_name, extension_of
from entraide.portal.domain.requests.files.verdicts import Fault, Refused

SECONDS = 15
# Readers at a time of one web process: several large files at once must not take the machine's memory.
_READERS = threading.BoundedSemaphore(2)
_READER = "entraide.portal.domain.requests.files.reader"


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
    shown = clean_name(name)
    if not content:
        raise Refused(Fault.EMPTY)
    named = kind_of_extension(extension_of(shown))
    found = kind_of_content(content)
    if named is None:
        raise Refused(Fault.UNKNOWN_KIND)
    if named is PDF and found is not PDF and b"%PDF-" in content[:1024]:
        raise Refused(Fault.NOT_AT_START)
    if named is not found:
        raise Refused(Fault.RENAMED)
    _open_apart(content, extension=named.extensions[0])
    return Checked(
        name=shown, media_type=named.media_type, content=content, sha256=hashlib.sha256(content).hexdigest()
    )


def _open_apart(content: bytes, *, extension: str) -> None:
    try:
        with _READERS:
            answer = subprocess.run(  # noqa: S603 (our own module, a fixed word as its argument)
                [sys.executable, "-I", "-m", _READER, extension],
                input=content,
                capture_output=True,
                timeout=SECONDS,
                check=False,
            )
    except subprocess.TimeoutExpired:
        raise Refused(Fault.BROKEN) from None
    word = answer.stdout.decode(errors="replace").strip()
    if word == "ok":
        return
    raise Refused(Fault(word) if word in set(Fault) else Fault.BROKEN)
