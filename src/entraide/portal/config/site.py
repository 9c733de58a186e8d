"""What every page knows: the mutual, the language, who is signed in, the menu, the opening hours."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from entraide.portal.foundation.web.wording import PARIS, language, text
from entraide.profiles import PAGE_ADDRESSES, MenuCategory, Profile, is_open, menu_for, next_change


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
class Opening:
    """Is the mutual's phone open now, in a sentence."""

    open_now: bool
    sentence: str


class Site:
    """Lazy parts of the shell; nothing here asks the database but `viewer`."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.profile: Profile = settings.PROFILE
        self.language = language()
        self.path = request.get_full_path() if request.method == "GET" else request.path
        self.demo: bool = settings.ENTRAIDE.demo
        self.is_private = bool(getattr(request, "viewer", None))

    @property
    def viewer(self) -> Any:
        return getattr(self._request, "viewer", None) or None

    @property
    def menu(self) -> tuple[MenuPart, ...]:
        segment = self.viewer.segment if self.viewer else ""
        return tuple(self._part(category) for category in menu_for(self.profile, segment=segment))

    def _part(self, category: MenuCategory) -> MenuPart:
        entries = tuple(
            MenuLink(
                label=text(entry.label),
                url=PAGE_ADDRESSES[entry.page],
                current=self._is_here(PAGE_ADDRESSES[entry.page]),
            )
            for entry in category.entries
        )
        return MenuPart(text(category.label), category.icon, any(one.current for one in entries), entries)

    def _is_here(self, address: str) -> bool:
        path = self._request.path
        return path == address or (address != "/" and path.startswith(address))

    @property
    def opening(self) -> Opening:
        return opening_now(self.profile, timezone.now())


def opening_now(profile: Profile, now: datetime) -> Opening:
    there = now.astimezone(PARIS)
    hours = profile.contacts.hours
    change = next_change(hours, there)
    if is_open(hours, there):
        until = {"hour": change.strftime("%H:%M")} if change else None
        return Opening(True, _("Ouvert jusqu’à %(hour)s") % until if until else _("Ouvert"))
    if change is None:
        return Opening(False, "")
    values = {"day": _WEEKDAYS[change.weekday()](), "hour": change.strftime("%H:%M")}
    if change.date() == there.date():
        return Opening(False, _("Fermé, ouvre aujourd’hui à %(hour)s") % values)
    return Opening(False, _("Fermé, ouvre %(day)s à %(hour)s") % values)


_WEEKDAYS = (
    lambda: _("lundi"),
    lambda: _("mardi"),
    lambda: _("mercredi"),
    lambda: _("jeudi"),
    lambda: _("vendredi"),
    lambda: _("samedi"),
    lambda: _("dimanche"),
)


def site(request: HttpRequest) -> dict[str, Any]:
    """Context processor of every page; `messages` is what the page before left to say to a member."""
    shell = Site(request)
    return {"site": shell, "messages": get_messages(request) if shell.is_private else ()}
