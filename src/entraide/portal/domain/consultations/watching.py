"""Who reads unusually much, as the journal of consultations is written (A70)."""

from collections.abc import Callable
from datetime import timedelta

import structlog
from django.conf import settings
from django.utils import timezone

from entraide.portal.domain.consultations.actions import Note
from entraide.portal.domain.consultations.enums import ReaderKind
from entraide.portal.domain.consultations.events import ManyOpenings, OpenedAtNight
from entraide.portal.foundation.accounts import limits
from entraide.portal.foundation.events.facts import publish

_HOUR, _HALF_A_DAY = timedelta(hours=1), timedelta(hours=12)
# Nobody works at the mutual then.
_NIGHT_FROM, _NIGHT_UNTIL = 22, 6
Watch = Callable[[Note], None]
_WATCHES: list[Watch] = []
log = structlog.get_logger()


def also_watch(look: Watch) -> None:
    """Lets a room above look at what an agent newly opened; called at start."""
    _WATCHES.append(look)


def watch(note: Note, *, rows: int) -> None:
    """Looks at what an agent newly opened: how much within the hour, and at what time. Inside a transaction.

    A page opened again within a quarter of an hour wrote no row, and counts once.
    """
    if note.reader.kind != ReaderKind.AGENT or not rows:
        return
    _watch_number(note)
    _watch_night(note)
    for look in _WATCHES:
        look(note)


def _watch_night(note: Note) -> None:
    """Once a night for each agent."""
    hour = timezone.localtime(note.at).hour
    if _NIGHT_UNTIL <= hour < _NIGHT_FROM:
        return
    if limits.count("desk at night", str(note.reader.id), per=_HALF_A_DAY, now=note.at) == 1:
        log.error("desk.opened_at_night", reader=str(note.reader.id), hour=hour)
        publish(OpenedAtNight(reader=note.reader.id, hour=hour))


def _watch_number(note: Note) -> None:
    """Once an hour for each agent."""
    allowed = settings.PROFILE.security.agent_openings_per_hour
    if limits.count("desk openings", str(note.reader.id), per=_HOUR, now=note.at) == allowed + 1:
        log.error("desk.many_openings", reader=str(note.reader.id), openings=allowed)
        publish(ManyOpenings(reader=note.reader.id, openings=allowed))
