"""The runs of the last month, as they are kept and read again."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from entraide.portal.foundation.sweeps.findings import Finding, Report
from entraide.portal.foundation.sweeps.models import Run
from entraide.portal.foundation.tasks.models import Job, JobState
from entraide.portal.foundation.tasks.queue import enqueue

KEPT_FOR = timedelta(days=30)
# The worker asks for one a day, from midnight UTC on; two hours more let it be busy.
EXPECTED_WITHIN = timedelta(hours=26)
# Of one code: whoever has put these right runs it again for the others.
MOST_KEPT = 50
DAILY_JOB = "sweeps.daily"


@dataclass(frozen=True, slots=True)
class Trace:
    """One finding that is left: the id or the reference that it is about, and since when."""

    about: str
    since: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundKind:
    """All of one code in one run; `traces`: the first `MOST_KEPT` of those that are left."""

    what: str
    left: int
    repaired: int
    traces: tuple[Trace, ...]


@dataclass(frozen=True, slots=True)
class RunLine:
    """A run among others: how many were put right, how many were left to a person."""

    at: datetime
    repaired: int
    left: int


@dataclass(frozen=True, slots=True)
class LastRun:
    """The newest run, whole."""

    at: datetime
    kinds: tuple[FoundKind, ...]


def keep(report: Report) -> None:
    """Stores a run and forgets those of more than a month ago."""
    counts = Counter((one.what, one.is_repaired) for one in report.findings)
    found = [
        {
            "what": what,
            "left": counts[what, False],
            "repaired": counts[what, True],
            "traces": [_written(one) for one in report.left if one.what == what][:MOST_KEPT],
        }
        for what in sorted({one.what for one in report.findings})
    ]
    Run.objects.create(at=report.at, repaired=report.repaired, left=len(report.left), found=found)
    Run.objects.filter(at__lt=report.at - KEPT_FOR).delete()


def last_run() -> LastRun | None:
    """None before the first one."""
    found = Run.objects.order_by("-at", "-pk").first()
    return LastRun(found.at, tuple(_read(one) for one in found.found)) if found else None


def runs_of_the_month(*, now: datetime) -> tuple[RunLine, ...]:
    """Those that are kept, newest first."""
    rows = Run.objects.filter(at__gte=now - KEPT_FOR).order_by("-at", "-pk")
    return tuple(RunLine(*one) for one in rows.values_list("at", "repaired", "left"))


def is_missing(last_at: datetime | None, *, now: datetime) -> bool:
    """Whether a run that should have been there is not, so that nobody knows whether all holds."""
    return last_at is None or last_at < now - EXPECTED_WITHIN


def is_under_way(*, now: datetime) -> bool:
    """Whether a run waits for the worker or is being made."""
    states = (JobState.QUEUED, JobState.RUNNING)
    return Job.objects.filter(kind=DAILY_JOB, state__in=states, run_at__lte=now).exists()


def ask_for_run(*, now: datetime) -> None:
    """One more run by the worker, at once; pressed again within the same minute, the same one."""
    enqueue(DAILY_JOB, {}, dedup=f"{DAILY_JOB}:asked:{now:%Y%m%d%H%M}")


def _written(one: Finding) -> dict[str, str]:
    return {"about": one.about, "since": one.since.isoformat() if one.since else ""}


def _read(row: dict[str, Any]) -> FoundKind:
    traces = tuple(
        Trace(one["about"], datetime.fromisoformat(one["since"]) if one["since"] else None)
        for one in row["traces"]
    )
    return FoundKind(what=row["what"], left=row["left"], repaired=row["repaired"], traces=traces)
