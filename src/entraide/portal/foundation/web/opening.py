"""Is somebody there now, and until when, in a sentence."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from entraide.portal.foundation.web.wording import PARIS
from entraide.profiles import OpeningHours, is_open, next_change


@dataclass(frozen=True, slots=True)
class Opening:
    """Open now or not, in a sentence; blank when there is nothing to say."""

    open_now: bool
    sentence: str


def opening_now(hours: Iterable[OpeningHours], now: datetime) -> Opening:
    """As it is at this moment, in the time of Paris."""
    there, hours = now.astimezone(PARIS), tuple(hours)
    change = next_change(hours, there)
    if is_open(hours, there):
        return Opening(True, _open_until(change))
    if change is None:
        return Opening(False, "")
    values = {"day": _WEEKDAYS[change.weekday()](), "hour": change.strftime("%H:%M")}
    if change.date() == there.date():
        return Opening(False, _("Fermé, ouvre aujourd’hui à %(hour)s") % values)
    return Opening(False, _("Fermé, ouvre %(day)s à %(hour)s") % values)


def _open_until(change: datetime | None) -> str:
    if change is None:
        return _("Ouvert jour et nuit")
    if (change.hour, change.minute) == (0, 0):
        return _("Ouvert jusqu’à minuit")
    return _("Ouvert jusqu’à %(hour)s") % {"hour": change.strftime("%H:%M")}


_WEEKDAYS = (
    lambda: _("lundi"),
    lambda: _("mardi"),
    lambda: _("mercredi"),
    lambda: _("jeudi"),
    lambda: _("vendredi"),
    lambda: _("samedi"),
    lambda: _("dimanche"),
)
