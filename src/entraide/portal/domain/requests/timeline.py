"""The life of a request as a line of steps: what is done, where it stands, what comes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from entraide.portal.domain.requests.enums import FINAL_STATES, READABLE, By, RequestState, ScanState
from entraide.portal.domain.requests.models import RequestFile, Step
from entraide.portal.domain.requests.pieces import paper_of
from entraide.portal.foundation.web.wording import day
from entraide.profiles import Text

# `checked` is noted within a minute, or never where no antivirus is set up: no step to wait for.
_USUAL = (RequestState.RECEIVED, RequestState.IN_PROGRESS, RequestState.DONE)


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file of a request: its fingerprint, the paper it was said to be, what the antivirus said of it.

    Of an enclosure: whether it has left with its message, and when it was first opened.
    """

    id: UUID
    name: str
    size: int
    sha256: str
    paper: Text | None = None
    scan_state: str = ScanState.UNSCANNED
    is_enclosure: bool = False
    has_left: bool = True
    read_at: datetime | None = None

    @property
    def is_readable(self) -> bool:
        return self.scan_state in READABLE

    @property
    def is_infected(self) -> bool:
        return self.scan_state == ScanState.INFECTED

    @property
    def is_withdrawn(self) -> bool:
        """An agent had enclosed it and took it back: nothing of it is left."""
        return self.scan_state == ScanState.WITHDRAWN

    @property
    def is_unscanned(self) -> bool:
        """Readable because no antivirus is set up, not because one found it clean."""
        return self.scan_state == ScanState.UNSCANNED


@dataclass(frozen=True, slots=True)
class TimelineStep:
    """`state` is done, current, todo or refused, as the timeline component draws it.

    `words`: what was said with it, to the other side; `files`: what came with it; `papers`: the names
    of those that a question asks for; `read_at`: when the other side opened it. `by`: who made the step.
    """

    label: str
    state: str
    at: datetime | None
    note: str
    words: str = ""
    files: tuple[FileLine, ...] = ()
    papers: tuple[Text, ...] = ()
    read_at: datetime | None = None
    by: str = ""


# With a step, by its id: words, the files that came with them, the papers asked for, when they were read.
_Words = tuple[str, tuple[FileLine, ...], tuple[Text, ...], datetime | None]
Said = Mapping[int, _Words]
_NOTHING: _Words = ("", (), (), None)


def timeline(
    steps: Sequence[Step], *, due_on: date, said: Said | None = None, stands_still: bool = True
) -> tuple[TimelineStep, ...]:
    """Every step reached with its moment, then the usual ones still to come, the last with its promise.

    `stands_still`: the promise waits while we wait for the member.
    """
    said = said or {}
    reached = [RequestState(step.state) for step in steps]
    last = reached[-1]
    past = [
        TimelineStep(
            _label(step, state, before=reached[position - 1] if position else None),
            _drawn(state, is_last=position == len(steps) - 1),
            step.at,
            "",
            *said.get(step.pk, _NOTHING),
            by=step.by,
        )
        for position, (state, step) in enumerate(zip(reached, steps, strict=True))
    ]
    if last in FINAL_STATES:
        return tuple(past)
    ends = [position for position, state in enumerate(reached) if state in FINAL_STATES]
    # What was opened again has its end before it once more.
    now_on = reached[ends[-1] + 1 :] if ends else reached
    furthest = max((_USUAL.index(state) for state in now_on if state in _USUAL), default=0)
    to_come = _USUAL[furthest + 1 :]
    promise = _("Au plus tard le %(day)s") % {"day": day(due_on)}
    if last == RequestState.WAITING_FOR_MEMBER and stands_still:
        promise = _("Le délai s’arrête jusqu’à votre réponse")
    future = [
        TimelineStep(state_label(state), "todo", None, promise if state == RequestState.DONE else "")
        for state in to_come
    ]
    return (*past, *future)


def file_line(one: RequestFile) -> FileLine:
    """A row as it is listed."""
    paper = paper_of(one.piece)
    return FileLine(
        one.pk,
        one.name,
        one.size,
        one.sha256,
        paper.label if paper else None,
        one.scan_state,
        is_enclosure=one.is_enclosure,
        has_left=not one.is_enclosure or one.message_id is not None,
        read_at=one.read_at,
    )


def _label(step: Step, state: RequestState, *, before: RequestState | None) -> str:
    if before in FINAL_STATES:
        return _("Nouveau message reçu")
    if before == state and step.by == By.MEMBER:
        return _("Ajout reçu")
    if state == RequestState.IN_PROGRESS and step.by == By.MEMBER:
        return _("Réponse reçue")
    if state == RequestState.WAITING_FOR_MEMBER and step.by == By.SYSTEM:
        return _("Fichier à renvoyer")
    return state_label(state)


def _drawn(state: RequestState, *, is_last: bool) -> str:
    if state == RequestState.REFUSED:
        return "refused"
    return "current" if is_last and state not in FINAL_STATES else "done"


def state_label(state: RequestState) -> str:
    return _label_in(state, get_language())


# A list of requests says the same seven words dozens of times.
@lru_cache(maxsize=64)
def _label_in(state: RequestState, language: str | None) -> str:
    # The words read the current language by themselves: here it only names the entry.
    return str(_LABELS[state])


# Lazy, so that a list of requests translates the words that it shows and no others.
_LABELS = {
    RequestState.RECEIVED: gettext_lazy("Reçue"),
    RequestState.CHECKED: gettext_lazy("Vérifiée"),
    RequestState.IN_PROGRESS: gettext_lazy("En cours"),
    RequestState.WAITING_FOR_MEMBER: gettext_lazy("En attente de vous"),
    RequestState.DONE: gettext_lazy("Terminée"),
    RequestState.REFUSED: gettext_lazy("Refusée"),
    RequestState.WITHDRAWN: gettext_lazy("Annulée"),
}
