"""The queue: nothing lost, nothing done twice unknowingly (security §4)."""

from collections.abc import Callable
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from entraide.portal.foundation.events.models import Entry
from entraide.portal.foundation.tasks import queue
from entraide.portal.foundation.tasks.models import Job, JobState, Priority
from entraide.portal.foundation.tasks.queue import Part, drain, enqueue, rescue_lost, run_due

Declare = Callable[..., None]
pytestmark = pytest.mark.django_db


def note(payload: dict[str, Any]) -> None:
    """A handler whose only effect is a row."""
    Entry.objects.create(kind=f"noted {payload['word']}", at=timezone.now())


def noted() -> list[str]:
    return list(Entry.objects.filter(kind__startswith="noted").values_list("kind", flat=True))


def hold(job: Job, *, owner: str = "dead worker", since: timedelta = timedelta(hours=1)) -> None:
    """Leaves the job as a worker that was killed leaves it."""
    job.state, job.owner, job.attempts = JobState.RUNNING, owner, job.attempts + 1
    job.lease_until = timezone.now() - since
    job.save()


def the_job() -> Job:
    return Job.objects.get(kind__startswith="test.")


def test_a_job_runs_once_and_forgets_what_it_carried(declare: Declare) -> None:
    declare("test.note", note)
    enqueue("test.note", {"word": "hello"})

    drain()
    drain()

    assert noted() == ["noted hello"]
    assert (the_job().state, the_job().payload) == (JobState.DONE, {})


def test_a_job_without_handler_is_refused_at_once() -> None:
    with pytest.raises(LookupError, match="no handler"):
        enqueue("test.nobody", {})


def test_the_same_dedup_is_added_once(declare: Declare) -> None:
    declare("test.note", note)
    for _again in range(3):
        enqueue("test.note", {"word": "one"}, dedup="the same")

    drain()

    assert noted() == ["noted one"]


def test_a_rollback_enqueues_nothing(declare: Declare) -> None:
    declare("test.note", note)

    with transaction.atomic():
        enqueue("test.note", {"word": "never"})
        transaction.set_rollback(True)

    assert not Job.objects.filter(kind="test.note").exists()


def test_a_job_waits_for_its_time(declare: Declare) -> None:
    declare("test.note", note)
    enqueue("test.note", {"word": "later"}, delay_seconds=600)

    assert run_due() == 0
    Job.objects.update(run_at=timezone.now())
    assert run_due() == 1


def test_what_a_failing_job_wrote_is_rolled_back_and_it_is_tried_again_later(declare: Declare) -> None:
    calls = []

    def fail_once(payload: dict[str, Any]) -> None:
        note(payload)
        calls.append(1)
        if len(calls) == 1:
            raise ValueError("not yet")

    declare("test.fail", fail_once)
    enqueue("test.fail", {"word": "x"})
    run_due()

    assert noted() == []
    job = the_job()
    assert (job.state, job.attempts, job.last_error) == (JobState.QUEUED, 1, "ValueError")
    assert job.run_at > timezone.now()

    Job.objects.update(run_at=timezone.now())
    run_due()
    assert noted() == ["noted x"]


def waits(attempts: int, declare: Declare) -> float:
    """Seconds until the next try of a job that failed this often."""

    def fail(_payload: dict[str, Any]) -> None:
        raise ValueError("always")

    declare("test.fail", fail)
    enqueue("test.fail", {})
    Job.objects.update(attempts=attempts - 1, max_attempts=1000)
    before = timezone.now()
    run_due()
    found = (the_job().run_at - before).total_seconds()
    Job.objects.all().delete()
    return found


def test_waits_grow_then_stay_at_five_minutes_for_hours_then_at_six_hours(declare: Declare) -> None:
    """§4: all mails leave within 10 minutes of the return of a server that was down for half an hour."""
    assert 1 <= waits(1, declare) <= 4
    assert 12 <= waits(4, declare) <= 24
    for attempts in (9, 15, queue.QUICK_TRIES):
        assert 220 <= waits(attempts, declare) <= 380
    assert 4 * 3600 <= waits(queue.QUICK_TRIES + 12, declare) <= 8 * 3600


def test_after_the_last_try_a_job_is_failed_and_stays_visible(declare: Declare) -> None:
    def fail(_payload: dict[str, Any]) -> None:
        raise ValueError("always")

    declare("test.fail", fail)
    enqueue("test.fail", {"word": "kept"})
    Job.objects.update(attempts=47)

    run_due()

    job = the_job()
    assert (job.state, job.attempts, job.payload) == (JobState.FAILED, 48, {"word": "kept"})
    assert run_due() == 0


def test_a_job_whose_worker_died_is_given_back_and_done_once(declare: Declare) -> None:
    declare("test.note", note)
    enqueue("test.note", {"word": "rescued"})
    hold(the_job())

    assert run_due() == 0
    assert rescue_lost() == 1
    drain()

    assert noted() == ["noted rescued"]


def test_a_job_whose_lease_still_runs_is_left_alone(declare: Declare) -> None:
    declare("test.note", note)
    enqueue("test.note", {"word": "busy"})
    hold(the_job(), since=timedelta(seconds=-30))

    assert rescue_lost() == 0
    assert the_job().state == JobState.RUNNING


@pytest.mark.parametrize(("lost", "state"), [("retry", JobState.QUEUED), ("unknown", JobState.UNKNOWN)])
def test_a_lost_outside_effect_is_repeated_or_left_to_a_person_as_declared(
    declare: Declare, lost: str, state: JobState
) -> None:
    declare("test.outside", note, outside=True, lost=lost)
    enqueue("test.outside", {"word": "x"})
    hold(the_job())

    rescue_lost()

    assert the_job().state == state


def test_a_worker_that_lost_its_lease_changes_nothing_when_it_comes_back(declare: Declare) -> None:
    def another_takes_over(payload: dict[str, Any]) -> None:
        note(payload)
        Job.objects.update(owner="another", attempts=2)

    declare("test.slow", another_takes_over)
    enqueue("test.slow", {"word": "twice"})

    run_due()

    assert noted() == []
    job = the_job()
    assert job.state == JobState.RUNNING


def test_a_kind_that_a_newer_version_knows_waits_for_it(declare: Declare) -> None:
    declare("test.note", note)
    enqueue("test.note", {"word": "x"})
    del queue._KINDS["test.note"]

    run_due()

    assert the_job().state == JobState.QUEUED
    assert the_job().last_error == "LookupError"


@pytest.mark.django_db(transaction=True)
def test_four_workers_at_once_do_each_job_once(declare: Declare) -> None:
    declare("test.note", note)
    for number in range(24):
        enqueue("test.note", {"word": str(number)})

    def work() -> None:
        try:
            drain()
        finally:
            connection.close()

    workers = [Thread(target=work) for _ in range(4)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()

    assert sorted(noted()) == sorted(f"noted {number}" for number in range(24))
    assert set(Job.objects.values_list("state", flat=True)) == {JobState.DONE}


def order_of(declare: Declare) -> list[str]:
    """The words of the jobs in the order in which they run."""
    words: list[str] = []
    declare("test.say", lambda payload: words.append(payload["word"]))
    return words


def test_what_somebody_waits_for_goes_before_all_that_was_asked_earlier(declare: Declare) -> None:
    words = order_of(declare)
    for number in range(12):
        enqueue("test.say", {"word": f"statement {number}"})
    enqueue("test.say", {"word": "code"}, priority=Priority.URGENT)

    drain()

    assert words[0] == "code"
    assert words[1:] == [f"statement {number}" for number in range(12)]


def test_an_urgent_job_that_waits_for_its_time_holds_up_no_other(declare: Declare) -> None:
    words = order_of(declare)
    enqueue("test.say", {"word": "code"}, priority=Priority.URGENT, delay_seconds=600)
    enqueue("test.say", {"word": "letter"})

    drain()

    assert words == ["letter"]


def test_jobs_that_reach_outside_are_claimed_one_by_one_and_the_others_a_few_at_a_time(
    declare: Declare,
) -> None:
    held: list[int] = []

    def look(_payload: dict[str, Any]) -> None:
        held.append(Job.objects.filter(state=JobState.RUNNING).count())

    declare("test.inside", look)
    declare("test.outside", look, outside=True, lost="unknown")
    for _number in range(3):
        enqueue("test.inside", {})
    for _number in range(3):
        enqueue("test.outside", {})

    drain()

    # Each counts itself; the first two of the inside ones also see those that wait for their turn.
    assert held == [3, 2, 1, 1, 1, 1]


def test_what_was_claimed_and_not_begun_is_given_back_when_the_worker_stops(declare: Declare) -> None:
    words = order_of(declare)
    for number in range(4):
        enqueue("test.say", {"word": str(number)})

    done = run_due(stop=lambda: len(words) == 2)

    assert (done, words) == (2, ["0", "1"])
    rest = Job.objects.filter(state=JobState.QUEUED)
    assert list(rest.values_list("owner", "attempts", "lease_until")) == [("", 0, None)] * 2
    drain()
    assert words == ["0", "1", "2", "3"]


def test_a_long_job_does_not_make_the_next_of_its_batch_run_without_a_lease(
    declare: Declare, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "LEASE", timedelta(seconds=0))
    words = order_of(declare)
    for number in range(3):
        enqueue("test.say", {"word": str(number)})

    drain()

    # Claimed together the first time; the rest was given back each time and run under a lease of its own.
    assert words == ["0", "1", "2"]
    assert set(Job.objects.values_list("attempts", flat=True)) == {1}


@pytest.mark.parametrize(
    ("part", "taken"),
    [
        (Part.INSIDE, ["inside"]),
        (Part.OUTSIDE, ["outside now", "outside"]),
        (Part.OUTSIDE_URGENT, ["outside now"]),
        (Part.ALL, ["outside now", "inside", "outside"]),
    ],
)
def test_each_thread_of_the_worker_takes_its_part(declare: Declare, part: Part, taken: list[str]) -> None:
    words: list[str] = []
    declare("test.inside", lambda _payload: words.append("inside"))
    declare("test.outside", lambda payload: words.append(payload["word"]), outside=True)
    enqueue("test.inside", {})
    enqueue("test.outside", {"word": "outside"})
    enqueue("test.outside", {"word": "outside now"}, priority=Priority.URGENT)

    run_due(part=part)

    assert words == taken


def test_a_kind_that_nobody_here_knows_is_for_the_thread_that_stays_inside(declare: Declare) -> None:
    declare("test.note", note)
    enqueue("test.note", {"word": "x"})
    del queue._KINDS["test.note"]

    assert run_due(part=Part.OUTSIDE) == 0
    assert run_due(part=Part.INSIDE) == 1


def test_looking_whether_anything_is_due_takes_nothing(declare: Declare) -> None:
    declare("test.note", note)
    assert not queue.is_any_due()

    enqueue("test.note", {"word": "x"})

    assert queue.is_any_due()
    assert the_job().state == JobState.QUEUED
