"""Which pages a helper may open in the file of who asked them: none, unless the view says so (B-08)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from entraide.portal.domain.consultations.enums import Seen
from entraide.portal.domain.members.enums import HelpScope
from entraide.portal.domain.members.viewer import Helping

View = TypeVar("View", bound=Callable[..., Any])
# Where a helper arrives: the first of these that they were given. Sending comes with following.
_FIRST_PAGES = {
    HelpScope.REIMBURSEMENTS: "reimbursements",
    HelpScope.REQUESTS: "requests:list",
}


@dataclass(frozen=True, slots=True)
class HelperRule:
    """What a helper needs to open a page, and what the journal says that they saw there."""

    scope: HelpScope
    seen: Seen


def open_to_helpers(scope: HelpScope, *, seen: Seen) -> Callable[[View], View]:
    """A helper with this scope may open the page; the gate notes it in the journal of the one they help."""

    def mark(view: View) -> View:
        view.helper_rule = HelperRule(scope, seen)  # type: ignore[attr-defined]
        return view

    return mark


def helper_rule(view: Callable[..., Any]) -> HelperRule | None:
    return getattr(view, "helper_rule", None)


def as_oneself(view: View) -> View:
    """A page that acts for the helper themself while somebody else's file is open: the way back."""
    view.is_as_oneself = True  # type: ignore[attr-defined]
    return view


def is_as_oneself(view: Callable[..., Any]) -> bool:
    return getattr(view, "is_as_oneself", False)


def opens(view: Callable[..., Any], helping: Helping) -> bool:
    """Whether the page is open to this help; any that does not say so is not."""
    rule = helper_rule(view)
    return rule is not None and rule.scope in helping.scopes


def first_page(helping: Helping) -> str:
    """The name of the page where help begins."""
    return next(page for scope, page in _FIRST_PAGES.items() if scope in helping.scopes)
