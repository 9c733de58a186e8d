"""The template engine of the pages: Jinja2, strict about names, the same filters everywhere."""

import hashlib
from functools import lru_cache
from typing import Any

from django.contrib.staticfiles import finders
from django.utils.translation import get_language, gettext, ngettext
from jinja2 import Environment, StrictUndefined, select_autoescape

from entraide.portal.config.remembering import remembered, translated
from entraide.portal.foundation.web import browsers, wording
from entraide.portal.foundation.web.addresses import address_of


def environment(**options: Any) -> Environment:
    """Called by Django's Jinja2 backend."""
    options.pop("undefined", None)
    # Mails and SMS in plain text are not HTML: an apostrophe stays one.
    options["autoescape"] = select_autoescape(enabled_extensions=("html",), default=False)
    env = Environment(  # noqa: S701 (autoescape comes in the options)
        **options,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.globals.update({"gettext": translated, "_": translated, "remembered": remembered})
    env.globals.update(url=address_of, static=static_address, in_english=_in_english)
    env.filters.update(
        money=wording.money,
        day=wording.day,
        day_short=wording.day_short,
        month=wording.month,
        moment=wording.moment,
        text=wording.text,
        decimal=wording.decimal,
        filesize=wording.filesize,
        device=browsers.device_words,
    )
    return env


def _in_english() -> bool:
    return get_language() == "en"


@lru_cache(maxsize=512)
def static_address(path: str) -> str:
    """The address of a static file, with a mark that changes when the file does."""
    found = finders.find(path)
    if not found:
        raise LookupError(f"no static file {path!r}")
    with open(found, "rb") as file:
        mark = hashlib.sha256(file.read()).hexdigest()[:10]
    return f"/static/{path}?v={mark}"
