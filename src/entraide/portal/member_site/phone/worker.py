"""The service worker, and the page that it shows without a network (MOB-01, B-07)."""

import hashlib
import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe
from markupsafe import Markup

from entraide.portal.foundation.web.public import public
from entraide.portal.foundation.web.session_cookie import AGENT_PAGES
from entraide.portal.foundation.web.wording import language

_SOURCE = Path(__file__).with_name("worker.js")
_FOLDER = "member_site/phone"
_LANGUAGES = ("fr", "en")


@public
@require_safe
def worker(_request: HttpRequest) -> HttpResponse:
    """`/sw.js`: a browser that holds other bytes than these takes the new ones, and tidies the old shell."""
    answer = HttpResponse(_script(), content_type="text/javascript; charset=utf-8")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@public
@require_safe
def no_network(_request: HttpRequest) -> HttpResponse:
    """`/hors-ligne/`: both languages on one page, without anything of who asks."""
    return HttpResponse(_no_network(language()))


@lru_cache(maxsize=1)
def _script() -> str:
    """The worker, after what it has to know; the version is a mark of everything that it keeps."""
    shell = render_to_string(f"{_FOLDER}/shell.txt").split()
    pages = {
        "agents": AGENT_PAGES,
        "leave": reverse("sign-out"),
        "card": reverse("card"),
        "keptCard": reverse("card-kept"),
        "noNetwork": reverse("no-network"),
        "icon": reverse("phone-icon", args=["192"]),
    }
    source = _SOURCE.read_text(encoding="utf-8")
    # The colours have no mark in their address: they follow from the profile, as the words of the page do.
    kept = [source, *shell, repr(settings.PROFILE.theme), *map(_no_network, _LANGUAGES)]
    version = hashlib.sha256("\n".join(kept).encode()).hexdigest()[:16]
    told = {"VERSION": version, "PAGES": pages, "SHELL": shell}
    return "".join(f"const {name} = {json.dumps(value)};\n" for name, value in told.items()) + source


def _no_network(first: str) -> str:
    parts = [(one, _words(one, level=1 if one == first else 2)) for one in _ordered(first)]
    with override(first):
        context = {"parts": parts, "identity": settings.PROFILE.identity, "lang": first}
        return render_to_string(f"{_FOLDER}/no_network.html", context)


def _ordered(first: str) -> list[str]:
    return sorted(_LANGUAGES, key=lambda one: one != first)


def _words(language_code: str, *, level: int) -> Markup:
    """One language of the page, with headings from `level` on."""
    context = {"contacts": settings.PROFILE.contacts, "level": level}
    with override(language_code):
        return Markup(render_to_string(f"{_FOLDER}/_no_network.html", context))  # noqa: S704 (our own template)
