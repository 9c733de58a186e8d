"""What every page knows: the mutual, the language, who is signed in, the menu, the opening hours."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.urls import resolve, reverse
from django.utils import timezone

from entraide.portal.agent_site.shortcuts.ways import Way, ways_for
from entraide.portal.domain.access.sessions import SEEN_EVERY, agent_span, member_span
from entraide.portal.domain.contributions.policies import sees_contributions
from entraide.portal.domain.members.viewer import Helping, Viewer
from entraide.portal.domain.simulations.retiring import retirement_for
from entraide.portal.foundation.web.opening import Opening, opening_now
from entraide.portal.foundation.web.sessions import ENDED
from entraide.portal.foundation.web.wording import language, text
from entraide.portal.member_site.helping import opens
from entraide.portal.member_site.keeping import keeps_offline
from entraide.profiles import PAGE_ADDRESSES, MenuCategory, Profile, Theme, menu_for, palette


@dataclass(frozen=True, slots=True)
class MenuLink:
    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class MenuPart:
    label: str
    icon: str
    current: bool
    entries: tuple[MenuLink, ...]


@dataclass(frozen=True, slots=True)
class QuietSession:
    """What the script needs to warn before the session ends.

    `account` tells the drafts of one account from another's without telling whose they are.
    """

    account: str
    idle_seconds: int
    stay_address: str
    end_address: str
    sign_in_address: str


# Pages that are not for everyone of a membership.
_RULES: Mapping[str, Callable[[Viewer], bool]] = {
    "contributions": sees_contributions,
    "retirement": lambda viewer: retirement_for(viewer) is not None,
}


class Site:
    """Lazy parts of the shell; nothing here asks the database but `viewer` and `agent`."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.profile: Profile = settings.PROFILE
        self.language = language()
        self.path = request.get_full_path() if request.method == "GET" else request.path
        self.demo: bool = settings.ENTRAIDE.demo
        self.is_private = bool(self.viewer or self.agent)

    @property
    def viewer(self) -> Any:
        return getattr(self._request, "viewer", None) or None

    @cached_property
    def session(self) -> QuietSession | None:
        """The session of who is signed in; None for everybody else."""
        who = self.viewer or self.agent
        if who is None:
            return None
        span = member_span() if self.viewer else agent_span()
        area = "" if self.viewer else "agents:"
        return QuietSession(
            account=settings.ENTRAIDE.keys.blind_index("draft", str(who.account_id))[:16],
            # The last sign of life is written down only every so often: the server may count from earlier.
            idle_seconds=int((span.idle - SEEN_EVERY).total_seconds()),
            stay_address=reverse(f"{area}stay"),
            end_address=reverse(f"{area}end-quiet"),
            sign_in_address=f"{reverse(f'{area}sign-in')}?{ENDED}=1",
        )

    @property
    def keeps_offline(self) -> bool:
        """Whether this browser keeps the card and the page without a network."""
        return keeps_offline(self._request)

    @property
    def bar_colours(self) -> tuple[str, str]:
        """Of the phone's own bar above the page, light and dark: that of our header."""
        return _bar_colours(self.profile.theme)

    @property
    def agent(self) -> Any:
        """The agent on a page below /gestion/; `viewer` is None there, and this one everywhere else."""
        return getattr(self._request, "agent", None) or None

    @cached_property
    def ways(self) -> tuple[Way, ...]:
        """What the keys of the desk open from anywhere; nothing for members."""
        return ways_for(self.agent) if self.agent else ()

    @cached_property
    def menu(self) -> tuple[MenuPart, ...]:
        parts = (self._part(category) for category in self._categories)
        return tuple(part for part in parts if part.entries)

    @cached_property
    def _categories(self) -> tuple[MenuCategory, ...]:
        return menu_for(self.profile, segment=self.viewer.segment if self.viewer else "")

    def opens(self, page: str) -> bool:
        """Whether the person signed in may open a page that a mutual names; no link leads to any other."""
        rule = _RULES.get(page)
        return rule is None or self.viewer is None or rule(self.viewer)

    @property
    def helping(self) -> Helping | None:
        """Set while the pages show the file of somebody who asked the person signed in to help."""
        return self.viewer.helping if self.viewer else None

    def leads_to(self, address: str) -> bool:
        """Whether a link there makes sense: a helper is shown only what is open to this help."""
        return self.helping is None or opens(resolve(address).func, self.helping)

    def _part(self, category: MenuCategory) -> MenuPart:
        entries = tuple(
            MenuLink(
                label=text(entry.label),
                url=PAGE_ADDRESSES[entry.page],
                current=PAGE_ADDRESSES[entry.page] == self._here,
            )
            for entry in category.entries
            if self.opens(entry.page) and self.leads_to(PAGE_ADDRESSES[entry.page])
        )
        return MenuPart(text(category.label), category.icon, any(one.current for one in entries), entries)

    @cached_property
    def _here(self) -> str:
        """The address in the menu that this page lies under, the nearest one; blank when there is none."""
        path = self._request.path
        addresses = (
            PAGE_ADDRESSES[entry.page] for category in self._categories for entry in category.entries
        )
        above = (one for one in addresses if path == one or (one != "/" and path.startswith(one)))
        return max(above, key=len, default="")

    @cached_property
    def opening(self) -> Opening:
        return opening_now(self.profile.contacts.hours, timezone.now())


@lru_cache(maxsize=1)
def _bar_colours(theme: Theme) -> tuple[str, str]:
    light, dark = (palette(theme, dark=one)["--surface-raised"] for one in (False, True))
    return light, dark


def site(request: HttpRequest) -> dict[str, Any]:
    """Context processor of every page; `messages` is what the page before left to say to who is signed in."""
    shell = Site(request)
    return {"site": shell, "messages": get_messages(request) if shell.is_private else ()}
