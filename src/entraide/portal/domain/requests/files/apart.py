"""Opening what a stranger sent in a process of its own, with limits of memory and time (A43)."""

import json
import subprocess
import sys
import threading

from entraide.portal.domain.requests.files.verdicts import Fault, Refused
from entraide.portal.domain.requests.files.words import PrintedWords

SECONDS = 15
# Readers at a time of one web process: several large files at once must not take the machine's memory.
_READERS = threading.BoundedSemaphore(2)
_JPEG_STARTS = b"\xff\xd8\xff"
_LONGEST_WORD = 100
_READER = "entraide.portal.domain.requests.files.reader"


def open_apart(content: bytes, *, extension: str) -> None:
    """Raises Refused unless a file of this kind opens whole and is sound."""
    if (answer := _answer(content, extension)) != "ok":
        raise _refused(answer)


def words_apart(content: bytes, *, extension: str) -> tuple[PrintedWords, ...]:
    """What is printed in a sound PDF; empty where it holds pictures alone. Raises Refused as above."""
    answer = _answer(content, extension, "words")
    try:
        return tuple(PrintedWords(*each) for each in json.loads(answer))
    except (ValueError, TypeError):
        raise _refused(answer) from None


def pages_apart(content: bytes, *, extension: str) -> int:
    """How many pages of a sound file can be shown. Raises Refused when it cannot be read."""
    answer = _answer(content, extension, "pages")
    if not answer.isdigit():
        raise _refused(answer)
    return int(answer)


def page_apart(content: bytes, *, extension: str, number: int) -> bytes:
    """One page, counted from 1, as a JPEG drawn anew. Raises Refused when it cannot be drawn."""
    picture = _run(content, extension, "page", str(number))
    if not picture.startswith(_JPEG_STARTS):
        raise _refused(picture[:_LONGEST_WORD].decode(errors="replace").strip())
    return picture


def _answer(content: bytes, *arguments: str) -> str:
    return _run(content, *arguments).decode(errors="replace").strip()


def _run(content: bytes, *arguments: str) -> bytes:
    try:
        with _READERS:
            done = subprocess.run(  # noqa: S603 (our own module, fixed words as its arguments)
                [sys.executable, "-I", "-m", _READER, *arguments],
                input=content,
                capture_output=True,
                timeout=SECONDS,
                check=False,
            )
    except subprocess.TimeoutExpired:
        return Fault.BROKEN.encode()
    return done.stdout


def _refused(answer: str) -> Refused:
    return Refused(Fault(answer) if answer in set(Fault) else Fault.BROKEN)
