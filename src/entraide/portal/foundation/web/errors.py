"""Error pages in the shell of the portal, with a reference, for every refusal and every fault."""

import errno
import secrets
from collections.abc import Callable
from contextlib import suppress

import structlog
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.shortcuts import render

log = structlog.get_logger()


class Busy(Exception):
    """What does this work is taken for longer than anybody waits; nothing was done."""


READ_ON_BYTES = 16 * 1024 * 1024
PAGES = frozenset({400, 403, 404, 405, 409, 413, 429, 500, 503, 507})


def error_page(
    request: HttpRequest, status: int, *, retry_after: int | None = None, title: str = "", text: str = ""
) -> HttpResponse:
    """The page of a status; it asks nothing of the database, which may be the fault.

    `title` and `text` stand in the place of its usual words.
    """
    reference = secrets.token_hex(4).upper()
    log.warning("page.refused", status=status, reference=reference, method=request.method)
    request.viewer = request.agent = None  # type: ignore[attr-defined]
    told = {"status": status, "reference": reference, "title": title, "text": text}
    response = render(request, "design/errors/error.html", told, status=status)
    response.is_error_page = True  # type: ignore[attr-defined]
    if retry_after is not None:
        response.headers["Retry-After"] = str(retry_after)
    return response


class ErrorPages:
    """Gives bare refusals (405, 404 …) a page, and turns faults outside into an honest 503."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        bare = is_page and not response.streaming and len(response.content) < 300
        if bare and response.status_code in PAGES and not getattr(response, "is_error_page", False):
            page = error_page(request, response.status_code)
            for name in ("Allow", "Retry-After"):
                if name in response.headers:
                    page.headers[name] = response.headers[name]
            return page
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return fault_page(request, error)


def _read_on(request: HttpRequest) -> None:
    """Takes what is still on its way, within reason: cut off while it sends, a browser shows no page."""
    left = READ_ON_BYTES
    with suppress(UnreadablePostError):
        while left > 0 and (chunk := request.read(64 * 1024)):
            left -= len(chunk)


def fault_page(request: HttpRequest, error: BaseException | None) -> HttpResponse | None:
    """The page for a fault that is not ours: database away, disk full, request too large; None otherwise."""
    if isinstance(error, (RequestDataTooBig, TooManyFilesSent)):
        _read_on(request)
        return error_page(request, 413 if isinstance(error, TooManyFilesSent) else 400)
    if isinstance(error, Busy):
        log.error("page.busy", what=str(error))
        return error_page(request, 503, retry_after=10)
    if isinstance(error, (OperationalError, InterfaceError)):
        log.error("database.away", error=type(error).__name__)
        return error_page(request, 503, retry_after=30)
    if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EROFS}:
        log.error("disk.full", error=error.strerror)
        return error_page(request, 507, retry_after=300)
    if isinstance(error, DatabaseError):
        log.error("database.refused", error=type(error).__name__)
    return None
