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
# All that a reader may do by itself on opening: show a page. Not call an address, nor send a form.
_HARMLESS_ON_OPENING = {"/GoTo", "/Named", ""}
_LONGEST_CHAIN = 50
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
        if _acts_on_opening(document) or any(_is_active(one) for one in _dictionaries(document)):
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


def _dictionaries(document: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary of the file, also those of streams: an action may hang on a link, a field, a title."""
    for top in document.objects:
        waiting = [top]
        while waiting:
            one = waiting.pop()
            if isinstance(one, pikepdf.Array):
                parts: list[Any] = list(one)
            elif isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
                yield one
                parts = [one.get(key) for key in one.keys()]  # noqa: SIM118 (not a Python mapping)
            else:
                continue
            # What is indirect comes by itself.
            waiting += [part for part in parts if isinstance(part, pikepdf.Object) and not part.is_indirect]


def _is_active(one: Any) -> bool:
    """A script, a program to start, a file inside, or a form with scripts."""
    if str(one.get("/S", "")) in _RUNS or "/JS" in one:
        return True
    if "/EF" in one:
        names = [str(one.get(key, "")) for key in ("/F", "/UF") if key in one]
        return not names or not all(name.lower().endswith(_HARMLESS_ATTACHMENTS) for name in names)
    return "/XFA" in one and any(b"script" in part for part in _streams(one.get("/XFA")))


def _streams(value: Any) -> Iterator[bytes]:
    for part in value if isinstance(value, pikepdf.Array) else [value]:
        if isinstance(part, pikepdf.Stream):
            yield part.read_bytes()


def _acts_on_opening(document: pikepdf.Pdf) -> bool:
    return any(
        str(action.get("/S", "")) not in _HARMLESS_ON_OPENING
        for first in _opening_actions(document)
        for action in _chain(first)
    )


def _opening_actions(document: pikepdf.Pdf) -> Iterator[Any]:
    """What a reader would do by itself: on opening the document or a page."""
    yield document.Root.get("/OpenAction")
    yield from _events(document.Root)
    for page in document.pages:
        yield from _events(page.obj)


def _events(holder: Any) -> Iterator[Any]:
    events = holder.get("/AA")
    if isinstance(events, pikepdf.Dictionary):
        yield from (events[key] for key in events.keys())  # noqa: SIM118 (not a Python mapping)


def _chain(action: Any) -> Iterator[Any]:
    """An action and those that it starts in turn."""
    waiting = [action]
    for _step in range(_LONGEST_CHAIN):
        if not waiting:
            return
        one = waiting.pop()
        if isinstance(one, pikepdf.Dictionary):
            yield one
            following = one.get("/Next")
            waiting += list(following) if isinstance(following, pikepdf.Array) else [following]
    raise Refused(Fault.ACTIVE)
