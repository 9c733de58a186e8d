"""What is sent to us is UTF-8, or refused: others cost seconds to read, or fail (A60, A61)."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_header_parameters

# ASCII is UTF-8 already. Browsers send no other, since our pages are UTF-8.
ACCEPTED = frozenset({"", "utf-8", "utf8", "us-ascii", "ascii"})
_UNREADABLE = "unreadable"


class Utf8Only:
    """Answers 400 to a body or an address said to be in another coding, before anything reads them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (request.content_params or {}).get("charset", "").strip().lower() not in ACCEPTED:
            raise BadRequest("not in UTF-8")
        return self.get_response(request)


class Utf8Request(WSGIRequest):
    """A request that looks for no coding by the name that its sender gives."""

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        """Called by Django at the very beginning, where it would already read the address in that coding."""
        header = meta.get("CONTENT_TYPE", "")
        # A parameter in pieces, or with a coding of its own (RFC 2231): no browser sends one here.
        if "*" in header.partition(";")[2]:
            self.content_type, self.content_params = "", {"charset": _UNREADABLE}
            return
        self.content_type, self.content_params = parse_header_parameters(header)
