"""Refuses a request under a name that is not ours, before anything reads it (A54)."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse


class CheckHost:
    """400 for any other name, for our name with another port, and for our name with a dot behind it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        host = request.get_host().lower()  # raises DisallowedHost, answered as 400
        if host.partition(":")[0].endswith("."):
            raise DisallowedHost("a name that ends in a dot")
        if settings.PUBLIC_HOSTS and host not in settings.PUBLIC_HOSTS:
            raise DisallowedHost("not the public address")
        return self.get_response(request)
