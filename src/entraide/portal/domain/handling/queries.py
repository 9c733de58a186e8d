"""What agents see of requests: the queue, a search, one request with all that one screen shows.

The first argument is the agent who asks. A list holds no word and no paper of anybody; whoever opens a
request is in the journal of the person concerned and of the sender (A68).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.utils import timezone

from entraide.portal.domain.agents.models import Agent
from entraide.portal.domain.agents.policies import Right
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.handling.events import RequestsSearched
from entraide.portal.domain.handling.finding import understood
from entraide.portal.domain.handling.policies import need, within_sight
from entraide.portal.domain.handling.watching import watch_search
from entraide.portal.domain.requests.catalogue import labels_of
from entraide.portal.domain.requests.enums import FINAL_STATES, RequestState
from entraide.portal.domain.requests.models import ENCLOSED, Request, RequestFile
from entraide.portal.domain.requests.references import tidy_reference
from entraide.portal.foundation.events.facts import publish
from entraide.profiles import Text

PER_PAGE = 50
MOST_FOUND = 50
MOST_AT_ONCE = 100
MOST_COUNTED = 500
_LISTED = (
    "pk", "reference", "kind", "category", "type", "state", "team", "received_at", "due_on",
    "reopened_at", "concerns__first_name",
    "concerns__last_name",
)  # fmt: skip


def in_states(states: Iterable[RequestState]) -> Q:
    """In the words of the partial indexes: SQLite tells that a list is theirs where it holds no parameter."""
    return Q(state__in=[RawSQL(f"'{state.value}'", ()) for state in states])  # noqa: S611 (constants)


# While we wait for the member the clock stands still, as the figures count it.
_NEVER_LATE = (*FINAL_STATES, RequestState.WAITING_FOR_MEMBER)
IS_OPEN = ~in_states(FINAL_STATES)


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRow:
    """One request in a list. `handler`: the name of who takes care of it, blank for nobody."""

    reference: str
    kind: str
    category: Text
    type: Text
    type_id: str
    state: str
    team: str
    handler: str
    concerns: str
    received_at: datetime
    due_on: date
    is_late: bool
    is_reopened: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a queue shows; blank, everything. `handler`: one agent's. `due_before`: due by that day."""

    team: str = ""
    state: str = ""
    category: str = ""
    type: str = ""
    handler: UUID | None = None
    due_before: date | None = None


@dataclass(frozen=True, slots=True)
class QueuePage:
    """A part of the queue, what is due first at the top; `after` opens the next one, blank at the end."""

    rows: tuple[QueueRow, ...]
    after: str


def queue(agent: AgentViewer, wanted: Wanted, *, after: str = "", on: date) -> QueuePage:
    """The open requests in the order of their days, from `after` on. One query, however long the queue."""
    need(agent, Right.READ_FILES)
    rows = _in_order(agent, wanted)
    start = _place(after)
    if start is not None:
        day, last = start
        rows = rows.filter(due_on__gte=day).exclude(due_on=day, pk__lte=last)
    found = list(_listed(rows)[: PER_PAGE + 1])
    shown = found[:PER_PAGE]
    following = f"{shown[-1]['due_on']}_{shown[-1]['pk']}" if len(found) > PER_PAGE else ""
    return QueuePage(_rows(shown, on=on), following)


def next_to_handle(agent: AgentViewer, wanted: Wanted, *, after: str) -> str:
    """The reference of what comes after this one in the queue, then from its beginning; blank: nothing.

    What a colleague holds is left out, and what waits for its member unless that was asked for.
    """
    need(agent, Right.ANSWER_REQUESTS)
    rows = _in_order(agent, wanted).filter(Q(handler=None) | Q(handler=agent.id))
    if not wanted.state:
        rows = rows.exclude(state=RequestState.WAITING_FOR_MEMBER)
    this = Request.objects.filter(within_sight(agent), reference=tidy_reference(after)).first()
    if this is not None:
        rows = rows.exclude(pk=this.pk)
        later = rows.filter(due_on__gte=this.due_on).exclude(due_on=this.due_on, pk__lt=this.pk)
        found = later.values_list("reference", flat=True).first()
        if found:
            return str(found)
    return str(rows.values_list("reference", flat=True).first() or "")


def whole_list(agent: AgentViewer, wanted: Wanted, *, most: int, on: date) -> tuple[QueueRow, ...]:
    """The open requests that a queue shows, without pages: the first `most`. For an approved export alone."""
    need(agent, Right.EXPORT_LISTS)
    return _rows(_listed(_in_order(agent, wanted))[:most], on=on)


def counts(agent: AgentViewer, *, team: str = "") -> dict[str, int]:
    """How many open requests are in each state that has any; `MOST_COUNTED + 1` for that or more.

    One query a state: each reads an index up to its limit, however long the queue is.
    """
    need(agent, Right.READ_FILES)
    # In the order of the index: without one, PostgreSQL may think that a whole table is read as quickly.
    found = {
        state.value: _in_order(agent, Wanted(team=team, state=state.value))[: MOST_COUNTED + 1].count()
        for state in RequestState
        if state not in FINAL_STATES
    }
    return {state: number for state, number in found.items() if number}


def reopened_for(agent: AgentViewer, *, on: date) -> tuple[QueueRow, ...]:
    """Messages that this agent answered and whose sender wrote again, oldest first. One query."""
    need(agent, Right.READ_FILES)
    rows = Request.objects.filter(IS_OPEN, within_sight(agent), handler=agent.id, reopened_at__isnull=False)
    return _rows(_listed(rows.order_by("reopened_at", "pk"))[:MOST_FOUND], on=on)


def search(agent: AgentViewer, text: str, *, now: datetime) -> tuple[QueueRow, ...]:
    """By reference, member number, whole health number or the beginning of a name; finished ones as well.

    Of the person concerned or of the sender, first or last name first, with or without accents.

    The newest `MOST_FOUND`. What was looked for is not kept; that it was, and how, is a fact (A70).
    """
    need(agent, Right.READ_FILES)
    asked = understood(text.strip())
    seen = asked.requests.filter(within_sight(agent))
    found = list(_listed(seen.order_by("-received_at", "-pk"))[:MOST_FOUND])
    with transaction.atomic():
        publish(RequestsSearched(actor=agent.account_id, way=asked.way, found=len(found)))
        watch_search(agent, way=asked.way, now=now)
    return _rows(found, on=timezone.localdate(now))


def named(agent: AgentViewer, references: Sequence[str], *, on: date) -> tuple[QueueRow, ...]:
    """These requests, what is due first at the top; the first `MOST_AT_ONCE` of what is asked for."""
    need(agent, Right.READ_FILES)
    wanted = [tidy_reference(one) for one in references[:MOST_AT_ONCE]]
    found = Request.objects.filter(within_sight(agent), reference__in=wanted).order_by("due_on", "pk")
    return _rows(_listed(found), on=on)


def duplicates_of(
    agent: AgentViewer, reference: str, *, also: Sequence[str] = (), on: date
) -> tuple[QueueRow, ...]:
    """Other requests about the same person and of the same type that hold one of the same files.

    `also`: references of the same person's that were found to be doubles by other means.
    """
    need(agent, Right.READ_FILES)
    this = Request.objects.filter(within_sight(agent), reference=tidy_reference(reference))
    of_files = Q(
        type__in=this.values("type"),
        # A leaflet that agents enclose is no paper of theirs.
        files__sha256__in=RequestFile.objects.filter(request__in=this).exclude(ENCLOSED).values("sha256"),
        files__enclosed_by=None,
    )
    # Of one person first: with "or" alone every request would be read.
    theirs = Request.objects.filter(within_sight(agent), concerns_id__in=this.values("concerns_id"))
    same = theirs.filter(of_files | Q(reference__in=also)).exclude(pk__in=this.values("pk"))
    return _rows(_listed(same.distinct().order_by("-received_at"))[:MOST_FOUND], on=on)


def listed(requests: QuerySet[Request], *, most: int, on: date) -> tuple[QueueRow, ...]:
    """The first of these as the desk lists them. The caller has cut them to what the agent may see."""
    return _rows(_listed(requests)[:most], on=on)


def _in_order(agent: AgentViewer, wanted: Wanted) -> QuerySet[Request]:
    rows = Request.objects.filter(IS_OPEN, within_sight(agent))
    given = {
        "team": wanted.team,
        "state": wanted.state,
        "category": wanted.category,
        "type": wanted.type,
        "handler": wanted.handler,
        "due_on__lte": wanted.due_before,
    }
    return rows.filter(**{name: value for name, value in given.items() if value}).order_by("due_on", "pk")


def _place(after: str) -> tuple[date, UUID] | None:
    day, _mark, last = after.partition("_")
    try:
        return date.fromisoformat(day), UUID(last)
    except ValueError:
        return None


def _listed(rows: QuerySet[Request]) -> QuerySet[Request, dict[str, Any]]:
    """What a line shows. The name of who takes care of each comes along: one query."""
    name = Agent.objects.filter(pk=OuterRef("handler")).values("full_name")[:1]
    named: QuerySet[Request, dict[str, Any]] = rows.annotate(handler_name=Subquery(name)).values(
        *_LISTED, "handler_name"
    )
    return named


def _rows(found: Iterable[dict[str, Any]], *, on: date) -> tuple[QueueRow, ...]:
    return tuple(_row(row, on=on) for row in found)


def _row(row: dict[str, Any], *, on: date) -> QueueRow:
    category, type_ = labels_of(row["category"], row["type"])
    return QueueRow(
        reference=row["reference"],
        kind=row["kind"],
        category=category,
        type=type_,
        type_id=row["type"],
        state=row["state"],
        team=row["team"],
        handler=row["handler_name"] or "",
        concerns=f"{row['concerns__first_name']} {row['concerns__last_name']}",
        received_at=row["received_at"],
        due_on=row["due_on"],
        is_late=row["due_on"] < on and row["state"] not in _NEVER_LATE,
        is_reopened=row["reopened_at"] is not None and row["state"] not in FINAL_STATES,
    )
