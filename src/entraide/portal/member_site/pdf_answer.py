"""A PDF as an answer: read in the browser, or taken home when the address says so."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

# `?download=1`: the browser keeps the file instead of showing it.
DOWNLOAD = "download"


def pdf_answer(request: HttpRequest, paper: bytes, *, name: str) -> HttpResponse:
    """A paper made for this request. `name` is the file's, and holds nobody's name (A40)."""
    answer = HttpResponse(paper, content_type="application/pdf")
    _dress(answer, request, name=name)
    return answer


def stored_pdf_answer(
    request: HttpRequest, chunks: Iterator[bytes], *, name: str, size: int
) -> StreamingHttpResponse:
    """A stored paper, `size` in bytes."""
    answer = StreamingHttpResponse(chunks, content_type="application/pdf")
    answer.headers["Content-Length"] = str(size)
    _dress(answer, request, name=name)
    return answer


def _dress(answer: HttpResponse | StreamingHttpResponse, request: HttpRequest, *, name: str) -> None:
    taken = DOWNLOAD in request.GET
    disposition = content_disposition_header(taken, name) or ""
    answer.headers["Content-Disposition"] = disposition if taken else f'inline; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
