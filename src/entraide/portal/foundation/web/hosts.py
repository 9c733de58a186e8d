"""Refuses a request under a name that is not ours, before anything reads it (A54)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class CheckHost:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.get_host()  # raises DisallowedHost, answered as 400
        return self.get_response(request)
