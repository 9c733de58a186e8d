"""Documents in PDF: tagged for screen readers (PDF/UA-1), in the mutual's hand, always the same bytes."""

import json
import threading
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont

from entraide.portal.foundation.web.wording import text
from entraide.profiles import palette

PORTAL = Path(__file__).resolve().parents[2]
_UNDRAWABLE = "?"
# Typst drops what no document has used for ten compilations: after so many empty ones it is light again.
_REMEMBERED = 11
_local = threading.local()


def render_pdf(
    template: str,
    data: Mapping[str, Any],
    *,
    language: str,
    title: str,
    at: datetime,
    keywords: Sequence[str] = (),
) -> bytes:
    """The document of a template below `portal/` (it starts with `paper.typ`), tagged as PDF/UA-1.

    `data` holds plain JSON values whose words are already in `language`; `at` is the document's own
    date: the same arguments give the same bytes. `keywords` go into the properties of the document.
    """
    shell = _shell(language=language, title=title, keywords=keywords)
    return _compile(template, shell, data, at=at, pdf_standards="ua-1")


def render_print(template: str, data: Mapping[str, Any], *, language: str, title: str, at: datetime) -> bytes:
    """The same for a printing house: untagged, for nobody reads it on a screen, and a third of the size."""
    shell = _shell(language=language, title=title, keywords=())
    return _compile(template, shell, data, at=at, pdf_tags=False)


def render_picture(template: str, data: Mapping[str, Any], *, side: int) -> bytes:
    """A square PNG of `side` pixels; the page of the template is 1000 points wide. Always the same bytes."""
    picture = _compiler().compile(
        input=str(PORTAL / template),
        format="png",
        ppi=side * 72 / 1000,
        sys_inputs={"data": json.dumps(data)},
    )
    assert isinstance(picture, bytes)
    return picture


def _compile(
    template: str, shell: Mapping[str, Any], data: Mapping[str, Any], *, at: datetime, **options: Any
) -> bytes:
    document = _compiler().compile(
        input=str(PORTAL / template),
        format="pdf",
        sys_inputs={"shell": json.dumps(_printable(shell)), "data": json.dumps(_printable(data))},
        timestamp=int(at.timestamp()),
        **options,
    )
    assert isinstance(document, bytes)
    # One document has little in common with the next, and a long memory makes each slower and larger.
    for _turn in range(_REMEMBERED):
        _compiler().compile(input=b"", format="svg")
    return document


def _compiler() -> typst.Compiler:
    # A compiler cannot serve two threads at once.
    if not hasattr(_local, "compiler"):
        _local.compiler = typst.Compiler(root=str(PORTAL), font_paths=_fonts())
    compiler: typst.Compiler = _local.compiler
    return compiler


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_font_folder())]
    )


def _font_folder() -> Path:
    return Path(str(files("font_source_sans_pro") / "files"))


def _shell(*, language: str, title: str, keywords: Sequence[str]) -> dict[str, Any]:
    profile = settings.PROFILE
    colours = palette(profile.theme, dark=False)
    with translation.override(language):
        return {
            "title": title,
            "language": language,
            "keywords": list(keywords),
            "logo": _drawing(profile.logo),
            "colours": {
                "brand": colours["--brand"],
                "ink": colours["--ink"],
                "muted": colours["--muted"],
                "line": colours["--line-soft"],
                "soft": colours["--surface-soft"],
            },
            "mutual": {
                "name": profile.identity.name,
                "space": text(profile.identity.space_name),
                "legal_notice": text(profile.identity.legal_notice),
                "phone": profile.contacts.phone,
                "email": profile.contacts.email,
                "postal": list(profile.contacts.postal or profile.identity.address),
            },
            "words": {"page": _("Page %(page)s sur %(pages)s") % {"page": "{page}", "pages": "{pages}"}},
        }


@lru_cache(maxsize=8)
def _drawing(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _printable(value: Any) -> Any:
    """The same value without the characters that the fonts lack: the nearest plain ones, or a question mark.

    PDF/UA refuses a page with an undrawable character, and an emoji in a file name must not cost a receipt.
    """
    if isinstance(value, str):
        return "".join(sign if sign in _drawable() else _nearest(sign) for sign in value)
    if isinstance(value, Mapping):
        return {key: _printable(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_printable(one) for one in value]
    return value


def _nearest(sign: str) -> str:
    plain = "".join(part for part in unicodedata.normalize("NFKD", sign) if part in _drawable())
    return plain or _UNDRAWABLE


@lru_cache(maxsize=1)
def _drawable() -> frozenset[str]:
    """What all the faces of the family can draw, and the line break."""
    signs = None
    for path in _font_folder().glob("*.ttf"):
        with TTFont(path, lazy=True) as font:
            found = set(font.getBestCmap())
        signs = found if signs is None else signs & found
    return frozenset(map(chr, signs or ())) | {"\n"}
