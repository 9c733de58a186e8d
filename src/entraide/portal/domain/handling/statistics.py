"""What came in and what became of it, for who leads the teams (B-14): counts, nothing of one person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, Sum
from django.utils import timezone

from entraide.portal.domain.agents.policies import Right
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.handling.policies import need, teams_for, within_sight
from entraide.portal.domain.handling.queries import IS_OPEN, in_states
from entraide.portal.domain.requests.enums import ANSWERED_STATES, CONFIDENTIAL, RequestState
from entraide.portal.domain.requests.models import Request, Satisfaction, Step

# Each beside the same time before it.
PERIODS = (7, 30)
_WAITING = RequestState.WAITING_FOR_MEMBER


@dataclass(frozen=True, slots=True)
class Compared:
    """A number of one period, and of the same time before."""

    now: int
    before: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The last `days` days. `refused_for`: by the code of the reason, most often first.

    `opinions` were given by members; `score` is their mean in tenths, from 10 to 50, 0 without any.
    """

    days: int
    received: Compared
    done: Compared
    refused: Compared
    refused_for: tuple[tuple[str, Compared], ...]
    opinions: Compared
    score: Compared


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamLine:
    """The open requests of a team now: those to work on, those that wait for their member, those too late."""

    team: str
    to_do: int
    waiting: int
    late: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """Both periods, and where each team stands."""

    periods: tuple[Period, ...]
    teams: tuple[TeamLine, ...]


def statistics(agent: AgentViewer, *, now: datetime) -> Statistics:
    """Everything of the page: of the last sixty days, and of what is open. Four queries.

    What is confidential counts nowhere: of few requests a number tells too much.
    """
    need(agent, Right.READ_FIGURES)
    received: dict[str, int] = Request.objects.filter(
        within_sight(agent), **_since("received_at", now)
    ).aggregate(**_counts("received_at", now))
    answers: list[Any] = list(
        Step.objects.filter(in_states(ANSWERED_STATES), **_since("at", now))
        .exclude(request__kind__in=CONFIDENTIAL)
        .values("state", "refusal")
        .annotate(**_counts("at", now))
    )
    opinions = (
        Satisfaction.objects.filter(**_since("at", now))
        .exclude(request__kind__in=CONFIDENTIAL)
        .aggregate(**_counts("at", now), **_sums("at", now))
    )
    periods = tuple(_period(days, received, answers, opinions) for days in PERIODS)
    return Statistics(periods, _teams(agent, on=timezone.localdate(now)))


def _teams(agent: AgentViewer, *, on: date) -> tuple[TeamLine, ...]:
    known = [one.id for one in teams_for(agent)]
    found = (
        Request.objects.filter(IS_OPEN)
        # By team, which the index has: what is confidential has a team of its own.
        .exclude(team__in=[one.id for one in settings.PROFILE.desk.teams if one.id not in known])
        .values("team")
        .annotate(
            all=Count("due_on"),
            waiting=Count("due_on", filter=Q(state=_WAITING)),
            late=Count("due_on", filter=Q(due_on__lt=on) & ~Q(state=_WAITING)),
        )
        .order_by()
    )
    rows: dict[str, Any] = {row["team"]: row for row in found}
    return tuple(
        _team(team, rows.get(team, {"all": 0, "waiting": 0, "late": 0}))
        for team in (*known, *sorted(rows.keys() - set(known)))
    )


def _team(team: str, row: Mapping[str, int]) -> TeamLine:
    return TeamLine(team=team, to_do=row["all"] - row["waiting"], waiting=row["waiting"], late=row["late"])


def _period(
    days: int, received: Mapping[str, int], answers: list[Any], opinions: Mapping[str, Any]
) -> Period:
    refused = [row for row in answers if row["state"] == RequestState.REFUSED]
    reasons = {row["refusal"]: _compared([row], days) for row in refused}
    number = _compared([opinions], days)
    return Period(
        days=days,
        received=_compared([received], days),
        done=_compared([row for row in answers if row["state"] == RequestState.DONE], days),
        refused=_compared(refused, days),
        refused_for=tuple(sorted(reasons.items(), key=lambda one: (-one[1].now, -one[1].before, one[0]))),
        opinions=number,
        score=Compared(
            _mean(opinions[f"sum_{days}"], number.now), _mean(opinions[f"sum_{days}_before"], number.before)
        ),
    )


def _compared(rows: Sequence[Mapping[str, Any]], days: int) -> Compared:
    return Compared(sum(row[f"last_{days}"] for row in rows), sum(row[f"last_{days}_before"] for row in rows))


def _mean(total: int | None, number: int) -> int:
    """In tenths, rounded half up."""
    return (20 * (total or 0) + number) // (2 * number) if number else 0


def _since(moment: str, now: datetime) -> dict[str, datetime]:
    """All that any period looks at; what a wrong clock put into the future is left out."""
    return {f"{moment}__gt": now - timedelta(days=2 * max(PERIODS)), f"{moment}__lte": now}


def _windows(moment: str, now: datetime) -> dict[str, Q]:
    found = {}
    for days in PERIODS:
        start, before = now - timedelta(days=days), now - timedelta(days=2 * days)
        found[f"{days}"] = Q(**{f"{moment}__gt": start})
        found[f"{days}_before"] = Q(**{f"{moment}__gt": before, f"{moment}__lte": start})
    return found


def _counts(moment: str, now: datetime) -> dict[str, Count]:
    return {f"last_{name}": Count(moment, filter=window) for name, window in _windows(moment, now).items()}


def _sums(moment: str, now: datetime) -> dict[str, Sum]:
    return {f"sum_{name}": Sum("score", filter=window) for name, window in _windows(moment, now).items()}
