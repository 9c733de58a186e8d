"""Enqueue, claim, run, finish: a lease per job, so that a killed worker loses nothing.

A handler that only writes to the database runs in one transaction with its own "done": it happens once.
A handler with an outside effect runs outside any transaction; when its lease is lost it is either sent
again (`lost="retry"`, the receiver recognises the same key) or left for a person (`lost="unknown"`).

What somebody waits for goes first (`Priority.URGENT`). Jobs that only write to the database are claimed a
few at a time; one that reaches outside is claimed alone: a killed worker leaves one in doubt, not several.
"""

import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from itertools import takewhile
from typing import Any, Literal

import structlog
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from entraide.portal.foundation.tasks.models import Job, JobState, Priority

Handler = Callable[[dict[str, Any]], None]
log = structlog.get_logger()
# Longer than any handler may take: a mail server has 20 s to answer each of a handful of commands.
LEASE = timedelta(seconds=120)
# Claimed in one transaction. More would save little, and a killed worker keeps them waiting for a lease.
BATCH = 8
# Every five minutes at least while an outage is young, so that all leaves soon after; then every six hours.
QUICK_TRIES = 30
QUICK_WAIT_SECONDS = 5 * 60
SLOW_WAIT_SECONDS = 6 * 3600


@dataclass(frozen=True, slots=True)
class _Kind:
    handler: Handler
    outside: bool
    lost: Literal["retry", "unknown"]
    every: timedelta | None


class Part(Enum):
    """Which of the due jobs a worker's thread takes."""

    ALL = "all"
    INSIDE = "inside"
    OUTSIDE = "outside"
    OUTSIDE_URGENT = "outside, urgent"


_KINDS: dict[str, _Kind] = {}


def job(
    kind: str,
    *,
    outside: bool = False,
    lost: Literal["retry", "unknown"] = "retry",
    every: timedelta | None = None,
) -> Callable[[Handler], Handler]:
    """Declares the handler of a kind of job; `outside` when it touches more than the database.

    `every`: the worker asks for one by itself in each such stretch of time.
    """

    def register(handler: Handler) -> Handler:
        _KINDS[kind] = _Kind(handler, outside, lost, every)
        return handler

    return register


def kinds() -> frozenset[str]:
    return frozenset(_KINDS)


def enqueue(
    kind: str,
    payload: dict[str, Any],
    *,
    dedup: str | None = None,
    delay_seconds: float = 0,
    priority: Priority = Priority.NORMAL,
) -> None:
    """Adds a job in the caller's transaction; the same `dedup` is added once."""
    if kind not in _KINDS:
        raise LookupError(f"no handler for jobs of kind {kind!r}")
    run_at = timezone.now() + timedelta(seconds=delay_seconds)
    row = Job(kind=kind, payload=payload, dedup=dedup, run_at=run_at, priority=priority)
    # One statement, where asking first and adding then would be four.
    Job.objects.bulk_create([row], ignore_conflicts=dedup is not None)


def enqueue_periodic() -> None:
    """Asks for the periodic jobs whose stretch of time has begun; several workers ask for the same one."""
    now = timezone.now().timestamp()
    for kind, known in _KINDS.items():
        if known.every is not None:
            enqueue(kind, {}, dedup=f"{kind}:{int(now // known.every.total_seconds())}")


def run_due(
    *,
    limit: int = 20,
    owner: str | None = None,
    part: Part = Part.ALL,
    stop: Callable[[], bool] = lambda: False,
) -> int:
    """Runs the jobs that are due, one after the other; returns how many were run.

    `stop` is asked between two jobs: what is claimed and not begun then is given back.
    """
    owner = owner or uuid.uuid4().hex
    done = 0
    while done < limit and not stop():
        batch = _claim(owner=owner, part=part, most=min(BATCH, limit - done))
        if not batch:
            break
        # Half a lease is enough for what was begun, and for nothing more.
        begin_before = timezone.now() + LEASE / 2
        for place, one in enumerate(batch):
            if place and (stop() or timezone.now() > begin_before):
                _give_back(batch[place:])
                break
            _run(one)
            done += 1
    return done


def is_any_due() -> bool:
    """A look that locks nothing, for a worker with nothing to do."""
    return Job.objects.filter(state=JobState.QUEUED, run_at__lte=timezone.now()).exists()


def drain(*, rounds: int = 50) -> None:
    """Runs until nothing is due: for tests and commands, never in a page."""
    for _ in range(rounds):
        if not run_due():
            return


def rescue_lost() -> int:
    """Gives back what a dead worker held; returns how many jobs."""
    now = timezone.now()
    rescued = 0
    with transaction.atomic():
        lost = Job.objects.select_for_update(skip_locked=True).filter(
            state=JobState.RUNNING, lease_until__lt=now
        )
        for one in lost[:100]:
            known = _KINDS.get(one.kind)
            unknown = known is not None and known.outside and known.lost == "unknown"
            one.state = JobState.UNKNOWN if unknown else JobState.QUEUED
            one.run_at, one.owner, one.lease_until = now, "", None
            one.last_error = "the worker stopped while it held this job"
            one.save()
            log.warning("job.lost", kind=one.kind, job=one.pk, state=one.state)
            rescued += 1
    return rescued


def _claim(*, owner: str, part: Part, most: int) -> list[Job]:
    """Takes what is due first: one job that reaches outside, or a few that do not."""
    now = timezone.now()
    due = Job.objects.filter(state=JobState.QUEUED, run_at__lte=now)
    outside = [kind for kind, known in _KINDS.items() if known.outside]
    if part is Part.INSIDE:
        due = due.exclude(kind__in=outside)
    elif part is not Part.ALL:
        due = due.filter(kind__in=outside)
        most = 1
    if part is Part.OUTSIDE_URGENT:
        due = due.filter(priority=Priority.URGENT)
    with transaction.atomic():
        rows = list(due.select_for_update(skip_locked=True).order_by("priority", "run_at", "pk")[:most])
        batch = list(takewhile(lambda one: one.kind not in outside, rows)) or rows[:1]
        if batch:
            held = {"state": JobState.RUNNING, "owner": owner, "lease_until": now + LEASE}
            Job.objects.filter(pk__in=[one.pk for one in batch]).update(attempts=F("attempts") + 1, **held)
    for one in batch:
        one.state, one.owner, one.lease_until = JobState.RUNNING, owner, now + LEASE
        one.attempts += 1
    return batch


def _give_back(batch: list[Job]) -> None:
    """Leaves to others what was claimed and not begun, as if it had not been."""
    held = Job.objects.filter(state=JobState.RUNNING, owner=batch[0].owner, pk__in=[one.pk for one in batch])
    held.update(state=JobState.QUEUED, owner="", lease_until=None, attempts=F("attempts") - 1)


def _run(one: Job) -> None:
    known = _KINDS.get(one.kind)
    try:
        if known is None:
            raise LookupError(f"no handler for jobs of kind {one.kind!r}")
        if known.outside:
            known.handler(one.payload)
            _finish(one, state=JobState.DONE, payload={})
        else:
            with transaction.atomic():
                known.handler(one.payload)
                if not _finish(one, state=JobState.DONE, payload={}):
                    raise _LeaseLost
    except _LeaseLost:
        log.warning("job.lease_lost", kind=one.kind, job=one.pk)
    except Exception as error:  # any failure of a handler is retried, then shown
        _retry_later(one, error)


def _retry_later(one: Job, error: Exception) -> None:
    final = one.attempts >= one.max_attempts
    longest = QUICK_WAIT_SECONDS if one.attempts <= QUICK_TRIES else SLOW_WAIT_SECONDS
    wait = min(longest, 2**one.attempts) * random.uniform(0.75, 1.25)  # noqa: S311 (spreads retries)
    say = log.error if final else log.warning
    say(
        "job.failed",
        kind=one.kind,
        job=one.pk,
        attempts=one.attempts,
        error=type(error).__name__,
        final=final,
    )
    _finish(
        one,
        state=JobState.FAILED if final else JobState.QUEUED,
        run_at=timezone.now() + timedelta(seconds=wait),
        # The kind of error only: its text may name an address or a person.
        last_error=type(error).__name__,
    )


def _finish(one: Job, *, state: JobState, **changes: Any) -> bool:
    """Ends the job only if we still hold it (same owner, same attempt); done, it forgets what it carried."""
    held = Job.objects.filter(pk=one.pk, state=JobState.RUNNING, owner=one.owner, attempts=one.attempts)
    if state == JobState.DONE:
        # Nothing is kept of what a finished job carried.
        changes["payload"] = {}
    return held.update(state=state, owner="", lease_until=None, **changes) == 1


class _LeaseLost(Exception):
    pass
