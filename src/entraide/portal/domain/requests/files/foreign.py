"""Polyglots: one file that is a picture or a PDF for us and something else for another program."""

import io
import re
import zipfile

from entraide.portal.domain.requests.files.verdicts import Fault, Refused

HEAD = 1024
_MARKUP = re.compile(rb"<(?:html|script|!doctype|body|iframe|\?php|svg[\s>])", re.IGNORECASE)
_PDF_MARK = b"%PDF-"
_ARCHIVE = re.compile(rb"PK\x03\x04[\x0a\x14\x2d\x33\x3f]\x00|Rar!\x1a\x07|7z\xbc\xaf\x27\x1c")
_PROGRAM_STARTS = (b"#!", b"MZ", b"\x7fELF")


def refuse_foreign(content: bytes, *, end: int, own_mark: bytes = b"") -> None:
    """Raises Refused(MIXED) when other formats hide at the head, after the real `end`, or as an archive."""
    head, tail = content[len(own_mark) : HEAD], content[end:]
    if _MARKUP.search(head) or _PDF_MARK in head:
        raise Refused(Fault.MIXED)
    if _MARKUP.search(tail) or _PDF_MARK in tail or _ARCHIVE.search(tail):
        raise Refused(Fault.MIXED)
    # Phones append thumbnails and short films to a JPEG: a tail is not a fault by itself.
    if tail.lstrip(b"\0\t\r\n ").startswith(_PROGRAM_STARTS):
        raise Refused(Fault.MIXED)
    if _is_archive(content):
        raise Refused(Fault.MIXED)


def _is_archive(content: bytes) -> bool:
    # Archives are read from their end, whatever stands in front.
    return zipfile.is_zipfile(io.BytesIO(content))
