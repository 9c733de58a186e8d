"""The word that stands beside the icon of a kind of care, for places that are not pages."""

from functools import lru_cache
from typing import Any

from django.template import engines
from django.utils.translation import get_language


def kind_label(kind: str) -> str:
    """The word of the component, so that there is one list of words for both."""
    return _label(kind, get_language())


@lru_cache(maxsize=64)
def _label(kind: str, language: str | None) -> str:
    # The component reads the current language by itself: here it only names the entry.
    component: Any = engines["jinja2"].env.get_template("design/components/care.html").module  # type: ignore[attr-defined]
    return str(component.kind_label(kind)).strip()
