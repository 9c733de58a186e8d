"""The worker as a process of its own: killed in the middle, stopped politely (security §4)."""

import signal
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from entraide.portal.foundation.events.models import Entry
from entraide.portal.foundation.tasks.models import Job, JobState
from entraide.portal.foundation.tasks.queue import drain, enqueue, rescue_lost
from tests.portal.processes import python, wait_until

pytestmark = pytest.mark.django_db(transaction=True)

WORKER = """
import os, sys, time
os.environ["DJANGO_SETTINGS_MODULE"] = "entraide.portal.config.settings"
import django
django.setup()
from pathlib import Path
from django.utils import timezone
from entraide.portal.foundation.events.models import Entry
from entraide.portal.foundation.tasks.queue import job
from entraide.portal.foundation.tasks.worker import work

marker, outside = Path(sys.argv[1]), sys.argv[2] == "outside"

@job("test.slow", outside=outside, lost="unknown")
def slow(payload):
    Entry.objects.create(kind="half done", at=timezone.now())
    marker.write_text("here")
    while not (marker.parent / "go on").exists():
        time.sleep(0.02)

work()
"""


def slow(_payload: dict[str, Any]) -> None:
    Entry.objects.create(kind="half done", at=timezone.now())


def expire_leases() -> None:
    Job.objects.filter(state=JobState.RUNNING).update(lease_until=timezone.now() - timedelta(seconds=1))


def half_done() -> int:
    return Entry.objects.filter(kind="half done").count()


def test_a_worker_killed_in_the_middle_of_a_job_loses_nothing_and_leaves_nothing_half_done(
    declare: Callable[..., None], tmp_path: Path
) -> None:
    """I1, I3: kill -9 of the worker."""
    declare("test.slow", slow)
    enqueue("test.slow", {})
    marker = tmp_path / "started"
    with python(WORKER, str(marker), "inside") as worker:
        wait_until(marker.exists)
        worker.send_signal(signal.SIGKILL)
        worker.wait()

    assert half_done() == 0
    assert Job.objects.get(kind="test.slow").state == JobState.RUNNING
    expire_leases()
    # With it come back the housekeeping jobs that were claimed in one go with it.
    assert rescue_lost() >= 1
    drain()
    assert half_done() == 1


def test_a_worker_killed_while_something_leaves_the_house_says_that_nobody_knows(
    declare: Callable[..., None], tmp_path: Path
) -> None:
    """I4: an SMS that may have left is not sent twice."""
    declare("test.slow", slow, outside=True, lost="unknown")
    enqueue("test.slow", {})
    marker = tmp_path / "started"
    with python(WORKER, str(marker), "outside") as worker:
        wait_until(marker.exists)
        worker.send_signal(signal.SIGKILL)
        worker.wait()

    expire_leases()
    rescue_lost()

    assert Job.objects.get(kind="test.slow").state == JobState.UNKNOWN


def test_a_worker_asked_to_stop_finishes_its_job_first(declare: Callable[..., None], tmp_path: Path) -> None:
    declare("test.slow", slow)
    enqueue("test.slow", {})
    enqueue("test.slow", {})
    marker = tmp_path / "started"
    with python(WORKER, str(marker), "inside") as worker:
        wait_until(marker.exists)
        worker.send_signal(signal.SIGTERM)
        (tmp_path / "go on").touch()
        assert worker.wait(timeout=30) == 0

    assert half_done() == 1
    states = sorted(Job.objects.filter(kind="test.slow").values_list("state", flat=True))
    assert states == [JobState.DONE, JobState.QUEUED]
