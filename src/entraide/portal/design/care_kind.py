"""The word that stands beside the icon of a kind of care, for places that are not pages."""

from typing import Any

from django.template import engines


def kind_label(kind: str) -> str:
    """The word of the component, so that there is one list of words for both."""
    component: Any = engines["jinja2"].env.get_template("design/components/care.html").module  # type: ignore[attr-defined]
    return str(component.kind_label(kind)).strip()
