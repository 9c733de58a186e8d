"""Counting how long answers took. A job does it once a day: no visitor waits for it (B-10)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import groupby
from typing import Any

from django.db import transaction
from django.utils import timezone

from entraide.portal.domain.figures.models import Delay
from entraide.portal.domain.figures.subjects import Key, key_of, subjects
from entraide.portal.domain.requests.delays import working_days_between
from entraide.portal.domain.requests.enums import (
    ANSWERED_STATES,
    CONFIDENTIAL,
    FINAL_STATES,
    LEGAL_CLOCKS,
    RequestState,
)
from entraide.portal.domain.requests.models import Step

LOOKED_BACK = timedelta(days=30)
# Of fewer answers, a half and nine in ten tell more of chance than of what to expect.
LEAST = 20
_days_between = lru_cache(maxsize=4096)(working_days_between)


def count_delays(*, now: datetime) -> None:
    """Stores the delays of all answers of the last 30 days in place of those of the day before.

    In working days, counted as promises are; the days on which we waited for the member are left out.
    """
    found = _counted(now)
    today = timezone.localdate(now)
    with transaction.atomic():
        Delay.objects.all().delete()
        Delay.objects.bulk_create(
            _row(one.key, found.get(one.key, Counter()), counted_on=today) for one in subjects()
        )


def days_taken(steps: Iterable[tuple[str, datetime]], *, since: datetime, until: datetime) -> Iterator[int]:
    """The working days up to each answer that was given in this time, of all steps of one request in turn.

    A request that its member opened again starts anew.
    """
    began: date | None = None
    waiting: date | None = None
    waited = 0
    for state, at in steps:
        day = timezone.localdate(at)
        if began is None:
            began, waited = day, 0
        if waiting is not None:
            waited += _days_between(waiting, day)
        waiting = day if state == RequestState.WAITING_FOR_MEMBER else None
        if state in ANSWERED_STATES and since < at <= until:
            yield max(0, _days_between(began, day) - waited)
        if state in FINAL_STATES:
            began = None


def _counted(now: datetime) -> dict[Key, Counter[int]]:
    since = now - LOOKED_BACK
    answered = Step.objects.filter(state__in=ANSWERED_STATES, at__gt=since, at__lte=now).exclude(
        request__kind__in=(*CONFIDENTIAL, *LEGAL_CLOCKS)
    )
    steps = (
        Step.objects.filter(request_id__in=answered.values("request_id"))
        # In the order in which they happened, whatever the clock said then.
        .order_by("request_id", "pk")
        .values_list("request_id", "request__kind", "request__category", "request__type", "state", "at")
    )
    found: dict[Key, Counter[int]] = defaultdict(Counter)
    for _request, rows in groupby(steps.iterator(chunk_size=2000), key=lambda row: row[0]):
        own: list[Any] = list(rows)
        key = key_of(*own[0][1:4])
        found[key].update(days_taken((row[4:] for row in own), since=since, until=now))
    return found


def _row(key: Key, days: Counter[int], *, counted_on: date) -> Delay:
    answers = days.total()
    enough = answers >= LEAST
    return Delay(
        kind=key.kind,
        category=key.category,
        type=key.type,
        answers=answers,
        half_days=_within(days, (answers + 1) // 2) if enough else None,
        nine_days=_within(days, -(-answers * 9 // 10)) if enough else None,
        counted_on=counted_on,
    )


def _within(days: Mapping[int, int], wanted: int) -> int:
    """In how many days so many of the answers had come."""
    seen = 0
    for day, number in sorted(days.items()):
        seen += number
        if seen >= wanted:
            return day
    raise ValueError(wanted)
