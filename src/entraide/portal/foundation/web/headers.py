"""Headers that every answer carries: a policy without any `unsafe-`, nothing kept by the browser."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
PERMISSIONS = "camera=(self), geolocation=(), microphone=(), payment=(), usb=()"
_FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS,
}


def let_pictures_come_from(response: HttpResponse, *, address: str) -> None:
    """Lets one page show pictures of one more server: that of the address, and no other."""
    parts = urlsplit(address)
    origin = f"{parts.scheme}://{parts.netloc}"
    policy = CONTENT_SECURITY_POLICY.replace("img-src 'self'", f"img-src 'self' {origin}")
    response.headers["Content-Security-Policy"] = policy


def let_position_be_asked(response: HttpResponse) -> None:
    """Lets the scripts of one page ask the browser where its reader is."""
    response.headers["Permissions-Policy"] = PERMISSIONS.replace("geolocation=()", "geolocation=(self)")


class SecurityHeaders:
    """A57, A31: sets what a view did not set itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in _FIXED.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Referrer-Policy", "same-origin")
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        if settings.ENTRAIDE.is_https:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
        return response
