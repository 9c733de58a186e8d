"""What somebody typed in a form that came too late: given back, because it may have taken an hour."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from entraide.portal.foundation.web.public import View

# Nothing of these ever comes back on a page, whatever a form calls the rest.
SECRETS = ("password", "code", "iban", "bic", "nir", "csrf", "token", "key", "answer")


@dataclass(frozen=True, slots=True)
class Typed:
    """A text as it was typed, under the name that its field has on the page."""

    label: str
    text: str


def gives_back(**labels: Any) -> Callable[[View], View]:
    """Names the texts of this page's form that go back to their writer: `description=_("Décrire …")`."""
    secret = [name for name in labels if any(part in name for part in SECRETS)]
    if secret:
        raise ValueError(f"never given back: {secret}")

    def mark(view: View) -> View:
        view.typed_fields = labels  # type: ignore[attr-defined]
        return view

    return mark


def typed_texts(request: HttpRequest, view: Callable[..., Any]) -> list[Typed]:
    """The texts of the posted form that its page said it gives back, the empty ones left out."""
    labels: dict[str, Any] = getattr(view, "typed_fields", {})
    return [
        Typed(label=str(label), text=text)
        for name, label in labels.items()
        for text in request.POST.getlist(name)
        if text.strip()
    ]
