"""Small public answers of the shell."""

from datetime import timedelta
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from entraide.portal.foundation.web.language import LANGUAGES, SESSION_KEY
from entraide.portal.foundation.web.old_browsers import old_browser_page
from entraide.portal.foundation.web.public import public
from entraide.profiles import palette

_DAY = "public, max-age=86400"


@public
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keeps the reader's language in the session and goes back to the page they were on."""
    chosen = request.POST.get("language", "")
    if chosen in LANGUAGES:
        request.session[SESSION_KEY] = chosen
    return redirect(_same_site(request.POST.get("next", "/")))


def _same_site(target: str) -> str:
    clean = target.isascii() and target.startswith("/") and not target.startswith("//") and "\\" not in target
    return target if clean and target.isprintable() else "/"


@public
@require_safe
def theme(request: HttpRequest) -> HttpResponse:
    """The mutual's colours as CSS variables, light and dark."""
    response = HttpResponse(_theme_css(), content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


@lru_cache(maxsize=1)
def _theme_css() -> str:
    light, dark = (_variables(palette(settings.PROFILE.theme, dark=one)) for one in (False, True))
    return (
        f":root {{ color-scheme: light dark; {light} }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n"
    )


def _variables(colours: dict[str, str]) -> str:
    return " ".join(f"{name}: {value};" for name, value in colours.items())


@public
@require_safe
def logo(request: HttpRequest) -> HttpResponse:
    return _drawing(settings.PROFILE.logo)


@public
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    return _drawing(settings.PROFILE.favicon)


def _drawing(path: Path) -> HttpResponse:
    response = HttpResponse(path.read_bytes(), content_type="image/svg+xml")
    response.headers["Cache-Control"] = _DAY
    return response


@public
@require_safe
def old_browser(request: HttpRequest) -> HttpResponse:
    """PLAT-02: which browsers work, for whoever follows the line on top of a page."""
    return old_browser_page()


@public
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and files can be kept; 503 otherwise."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, InterfaceError):
        return JsonResponse({"status": "database away"}, status=503)
    if not settings.ENTRAIDE.data_dir.is_dir():
        return JsonResponse({"status": "files away"}, status=503)
    return JsonResponse({"status": "ok"})


@public
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to report a weakness (A84)."""
    expires = (timezone.now() + timedelta(days=180)).replace(microsecond=0)
    lines = (
        f"Contact: mailto:{settings.PROFILE.contacts.email}",
        f"Expires: {expires.isoformat()}",
        "Preferred-Languages: fr, en",
        f"Canonical: {settings.ENTRAIDE.public_url}/.well-known/security.txt",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
