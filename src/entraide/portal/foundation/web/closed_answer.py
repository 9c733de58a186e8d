"""What a stranger may have made never acts in our pages, whatever it holds (A46)."""

from typing import TypeVar

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

Answer = TypeVar("Answer", HttpResponse, StreamingHttpResponse)


def closed(answer: Answer) -> Answer:
    """Taken for what it says it is, allowed nothing, kept by nobody on the way."""
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def attached(answer: Answer, name: str) -> Answer:
    """The same, and handed to the disk instead of the window."""
    answer.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return closed(answer)


def attached_list(content: bytes, name: str) -> HttpResponse:
    """A list as a file of a spreadsheet."""
    return attached(HttpResponse(content, content_type="text/csv; charset=utf-8"), name)
