"""The icons of the installed portal, drawn from the mutual's own small drawing (MOB-01)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from entraide.portal.foundation.papers import render_picture
from entraide.portal.foundation.web.public import public
from entraide.profiles import palette

_TEMPLATE = "member_site/phone/icon.typ"
_DAY = "public, max-age=86400"
# Of 1000: what a phone never cuts off is a circle of 800, and the drawing may be square.
_WHOLE, _WITHIN_THE_CIRCLE = 1000, 560


@dataclass(frozen=True, slots=True)
class Icon:
    """`full`: on a ground of its own, for phones that cut icons to a shape."""

    side: int
    full: bool


ICONS: Mapping[str, Icon] = MappingProxyType(
    {
        "192": Icon(192, full=False),
        "512": Icon(512, full=False),
        "pleine-180": Icon(180, full=True),
        "pleine-192": Icon(192, full=True),
        "pleine-512": Icon(512, full=True),
    }
)


@public
@require_safe
def icon(_request: HttpRequest, name: str) -> HttpResponse:
    """`/icones/<name>.png`: one of the closed list, 404 for any other."""
    if name not in ICONS:
        raise Http404
    answer = HttpResponse(picture_of(name), content_type="image/png")
    answer.headers["Cache-Control"] = _DAY
    return answer


@lru_cache(maxsize=len(ICONS))
def picture_of(name: str) -> bytes:
    """Drawn once by each process: the drawing does not change while it runs."""
    wanted = ICONS[name]
    data = {
        "drawing": settings.PROFILE.favicon.read_text(encoding="utf-8"),
        "ground": palette(settings.PROFILE.theme, dark=False)["--brand-soft"] if wanted.full else "",
        "width": _WITHIN_THE_CIRCLE if wanted.full else _WHOLE,
    }
    return render_picture(_TEMPLATE, data, side=wanted.side)
