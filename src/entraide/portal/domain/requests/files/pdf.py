"""PDF: opened with qpdf; locked, cut, self-running and double-faced files are refused."""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf

from entraide.portal.domain.requests.files.foreign import refuse_foreign
from entraide.portal.domain.requests.files.limits import MAX_PAGES
from entraide.portal.domain.requests.files.verdicts import Fault, Refused

_MARK = b"%PDF-"
_END = b"%%EOF"
_BLANKS = b"\0\t\n\x0c\r "
_RUNS = {"/JavaScript", "/Launch"}
# Electronic invoices carry their figures as XML inside the PDF.
_HARMLESS_ATTACHMENTS = (".xml",)


def check_pdf(content: bytes) -> None:
    """Raises Refused unless every page can be opened without a password and nothing runs on opening."""
    end = content.rfind(_END)
    if end < 0:
        raise Refused(Fault.BROKEN)
    end += len(_END)
    refuse_foreign(content, end=end, own_mark=_MARK)
    if content[end:].strip(_BLANKS):
        # A file cut in the middle of an update, or two files in one.
        raise Refused(Fault.MIXED)
    try:
        _check_document(content)
    except Refused:
        raise
    except pikepdf.PasswordError:
        raise Refused(Fault.LOCKED) from None
    except Exception:  # whatever the reader raises, the pages cannot be used
        raise Refused(Fault.BROKEN) from None


def _check_document(content: bytes) -> None:
    try:
        document = pikepdf.open(io.BytesIO(content), attempt_recovery=False, suppress_warnings=True)
        repaired = False
    except pikepdf.PasswordError:
        raise
    except pikepdf.PdfError:
        # Many programs write a sloppy index; the file is good when all its pages are found again.
        document = pikepdf.open(io.BytesIO(content), attempt_recovery=True, suppress_warnings=True)
        repaired = True
    with document:
        pages = len(document.pages)
        if pages == 0:
            raise Refused(Fault.BROKEN)
        if pages > MAX_PAGES:
            raise Refused(Fault.TOO_MANY_PAGES)
        if repaired:
            _read_every_page(document, pages)
        if any(_runs(action) for action in _opening_actions(document)) or _has_attachments(document):
            raise Refused(Fault.ACTIVE)


def _read_every_page(document: pikepdf.Pdf, pages: int) -> None:
    if int(document.Root.Pages.get("/Count", 0)) != pages:
        raise Refused(Fault.BROKEN)
    for page in document.pages:
        contents = page.obj.get("/Contents")
        if contents is None:
            raise Refused(Fault.BROKEN)
        for stream in contents if isinstance(contents, pikepdf.Array) else [contents]:
            stream.read_bytes()


def _opening_actions(document: pikepdf.Pdf) -> Iterator[Any]:
    """What a reader would do by itself: on opening the document or a page."""
    root = document.Root
    yield root.get("/OpenAction")
    yield from _events(root)
    names = root.get("/Names")
    if isinstance(names, pikepdf.Dictionary) and "/JavaScript" in names:
        yield pikepdf.Dictionary(S=pikepdf.Name.JavaScript)
    for page in document.pages:
        yield from _events(page.obj)


def _events(holder: Any) -> Iterator[Any]:
    events = holder.get("/AA")
    if isinstance(events, pikepdf.Dictionary):
        yield from (events[key] for key in events.keys())  # noqa: SIM118 (not a Python mapping)


def _runs(action: Any) -> bool:
    return isinstance(action, pikepdf.Dictionary) and str(action.get("/S", "")) in _RUNS


def _has_attachments(document: pikepdf.Pdf) -> bool:
    return any(not name.lower().endswith(_HARMLESS_ATTACHMENTS) for name in document.attachments)
