"""The life of a request as a line of steps: what is done, where it stands, what comes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entraide.portal.domain.requests.enums import FINAL_STATES, RequestState
from entraide.portal.domain.requests.models import Step
from entraide.portal.foundation.web.wording import day

_USUAL = (RequestState.RECEIVED, RequestState.CHECKED, RequestState.IN_PROGRESS, RequestState.DONE)


@dataclass(frozen=True, slots=True)
class TimelineStep:
    """`state` is done, current, todo or refused, as the timeline component draws it."""

    label: str
    state: str
    at: datetime | None
    note: str


def timeline(steps: Sequence[Step], *, promised_on: date) -> tuple[TimelineStep, ...]:
    """Every step reached with its moment, then the usual ones still to come, the last with its promise."""
    reached = [RequestState(step.state) for step in steps]
    last = reached[-1]
    past = [
        TimelineStep(state_label(state), _drawn(state, is_last=position == len(steps) - 1), step.at, "")
        for position, (state, step) in enumerate(zip(reached, steps, strict=True))
    ]
    if last in FINAL_STATES:
        return tuple(past)
    furthest = max((_USUAL.index(state) for state in reached if state in _USUAL), default=0)
    to_come = _USUAL[furthest + 1 :]
    promise = _("Au plus tard le %(day)s") % {"day": day(promised_on)}
    future = [
        TimelineStep(state_label(state), "todo", None, promise if state == RequestState.DONE else "")
        for state in to_come
    ]
    return (*past, *future)


def _drawn(state: RequestState, *, is_last: bool) -> str:
    if state == RequestState.REFUSED:
        return "refused"
    return "current" if is_last and state != RequestState.DONE else "done"


def state_label(state: RequestState) -> str:
    return str(_LABELS[state])


# Lazy, so that a list of requests translates the words that it shows and no others.
_LABELS = {
    RequestState.RECEIVED: gettext_lazy("Reçue"),
    RequestState.CHECKED: gettext_lazy("Vérifiée"),
    RequestState.IN_PROGRESS: gettext_lazy("En cours"),
    RequestState.WAITING_FOR_MEMBER: gettext_lazy("En attente de vous"),
    RequestState.DONE: gettext_lazy("Terminée"),
    RequestState.REFUSED: gettext_lazy("Refusée"),
}
