"""Pages are private unless they say otherwise (house rule: private by default)."""

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


def public(view: View) -> View:
    """Anyone may open this page. The list of public pages is checked by a test."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def before_terms(view: View) -> View:
    """Open to a signed-in member who has not accepted the terms yet."""
    view.is_before_terms = True  # type: ignore[attr-defined]
    return view


def is_public(view: Callable[..., Any]) -> bool:
    return getattr(view, "is_public", False)


def is_before_terms(view: Callable[..., Any]) -> bool:
    return getattr(view, "is_before_terms", False)
