"""Reading, sending a form, and nothing else (A60)."""

import inspect
from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from entraide.portal.foundation.web.errors import error_page

KNOWN = ("GET", "HEAD", "POST")


class Methods:
    """405 for any other method before anything looks at the request; HEAD is a GET without its body."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in KNOWN:
            refusal = error_page(request, 405)
            refusal.headers["Allow"] = ", ".join(KNOWN)
            return refusal
        if request.method != "HEAD":
            return self.get_response(request)
        request.method = "GET"
        return _without_body(self.get_response(request))


def _without_body(response: HttpResponseBase) -> HttpResponseBase:
    """The headers say what a GET would bring."""
    if isinstance(response, HttpResponse):
        response.headers.setdefault("Content-Length", str(len(response.content)))
        response.content = b""
    else:
        response.streaming_content = ()  # type: ignore[attr-defined]
    return response


def answers_get(view: Callable[..., Any]) -> bool:
    """False for a view that takes forms only: nobody can be sent there by an address."""
    return all("GET" in methods for methods in _methods_named(view))


def _methods_named(view: Callable[..., Any] | None) -> Iterator[list[str]]:
    """What Django's decorators around the view keep to themselves."""
    while view is not None:
        if inspect.isfunction(view):
            methods = inspect.getclosurevars(view).nonlocals.get("request_method_list")
            if methods is not None:
                yield methods
        view = getattr(view, "__wrapped__", None)
