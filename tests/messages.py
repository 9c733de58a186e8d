"""The sentences of the interface: `update` refreshes the English catalogue, the tests only compare."""

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

PORTAL = Path(__file__).resolve().parents[1] / "src" / "entraide" / "portal"
ENGLISH = PORTAL / "locale" / "en" / "LC_MESSAGES" / "django.po"
METHODS = [("**.py", "python"), ("**.html", "jinja2"), ("**.txt", "jinja2")]
OPTIONS = {
    "**.html": {"encoding": "utf-8", "trimmed": "false", "silent": "false", "trim_blocks": "true",
                "lstrip_blocks": "true", "extensions": "jinja2.ext.i18n,jinja2.ext.do"},
}  # fmt: skip
OPTIONS["**.txt"] = OPTIONS["**.html"]
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
}


def extracted() -> Catalog:
    """Every sentence of the code and the templates, French as it is written there."""
    catalog = Catalog(locale="en", project="Entraide", fuzzy=False, charset="utf-8")
    found = extract_from_dir(PORTAL, METHODS, OPTIONS, keywords=KEYWORDS, comment_tags=("Translators:",))
    for _file, _line, message, comments, context in found:
        catalog.add(message, None, auto_comments=comments, context=context)
    return catalog


def translated() -> Catalog:
    if not ENGLISH.exists():
        return Catalog(locale="en", project="Entraide")
    with ENGLISH.open("rb") as file:
        return read_po(file, locale="en")


def update() -> None:
    """Adds the new sentences (empty), drops those that are gone, keeps the translations."""
    catalog = translated()
    catalog.update(extracted(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    catalog.fuzzy = False
    out = io.BytesIO()
    write_po(out, catalog, omit_header=False, no_location=True, sort_output=True, width=0)
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    ENGLISH.write_bytes(out.getvalue())
    missing = sum(1 for one in catalog if one.id and not all(_words(one.string)))
    print(f"{len(catalog)} sentences, {missing} to translate in {ENGLISH.relative_to(PORTAL)}")


def _words(string: object) -> tuple[str, ...]:
    return tuple(string) if isinstance(string, (tuple, list)) else (str(string or ""),)


if __name__ == "__main__" and sys.argv[1:] == ["update"]:
    update()
