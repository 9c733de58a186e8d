"""Cookies decided on where the answer is not at hand yet."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def set_cookie_later(request: HttpRequest, name: str, value: str, *, max_age: int) -> None:
    """The answer to this request will carry this cookie: for this site alone, and for no script (A33)."""
    waiting: dict[str, Any] = getattr(request, "cookies_to_set", {})
    waiting[name] = {"value": value, "max_age": max_age}
    request.cookies_to_set = waiting  # type: ignore[attr-defined]


class LaterCookies:
    """Puts what `set_cookie_later` noted on the answer, whatever kind of answer it is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, cookie in getattr(request, "cookies_to_set", {}).items():
            response.set_cookie(
                name, **cookie, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
            )
        return response
