"""The life of an export: asked once, made in the background, taken once, forgotten (A79)."""

import os
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections
from django.utils import timezone

from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.exports import storage, tasks
from entraide.portal.domain.exports.actions import MOST_A_DAY, TakenExport, ask_export, take_export
from entraide.portal.domain.exports.archive import archive, parts_of
from entraide.portal.domain.exports.making import finish_export, write_export
from entraide.portal.domain.exports.models import DataExport
from entraide.portal.domain.exports.queries import latest_export
from entraide.portal.domain.exports.sources import SOURCES
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.personal_data import OwnFile, Table
from entraide.portal.foundation.events.models import Entry
from entraide.portal.foundation.tasks.models import Job
from entraide.portal.foundation.tasks.queue import drain, rescue_lost
from tests.conftest import Household, Post
from tests.portal.domain.exports.conftest import as_seen, ask


def stored() -> list[Path]:
    return [path for path in storage.vault().folder.glob("*/*") if path.is_file()]


@pytest.fixture(autouse=True)
def empty_vault() -> None:
    for path in stored():
        path.unlink()


def ready(viewer: Viewer) -> DataExport:
    export = ask(viewer)
    drain()
    export.refresh_from_db()
    assert export.state == "ready"
    return export


def test_an_export_is_made_sealed_and_announced_without_content(
    viewer: Viewer, household: Household, sent: Callable[[], list[Post]]
) -> None:
    export = ready(viewer)

    (path,) = stored()
    assert not path.read_bytes().startswith(b"PK")
    assert b"Vautrin" not in path.read_bytes()
    (mail,) = [one for one in sent() if one.notice == "data_export_ready"]
    assert mail.to == household.primary.email
    assert "/droits/mes-donnees/" in mail.body
    assert str(export.pk) not in mail.body
    assert ".zip" not in mail.body


def test_every_act_is_in_the_journal(viewer: Viewer) -> None:
    export = ready(viewer)
    take_export(viewer, export.pk, now=timezone.now())

    facts = Entry.objects.filter(about=viewer.person_id, kind__startswith="DataExport").order_by("at")
    assert [one.kind for one in facts] == ["DataExportAsked", "DataExportReady", "DataExportTaken"]


def test_the_same_key_asks_once_and_another_one_waits(viewer: Viewer) -> None:
    key = uuid4()

    first, again = ask(viewer, key=key), ask(viewer, key=key)
    with pytest.raises(DomainError):
        ask(viewer)

    assert first.pk == again.pk
    assert DataExport.objects.count() == 1
    assert Job.objects.filter(kind="exports.make").count() == 1


def test_an_export_is_taken_once_and_then_forgotten(
    viewer: Viewer, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    export = ready(viewer)

    with django_capture_on_commit_callbacks(execute=True):
        taken = take_export(viewer, export.pk, now=timezone.now())
    assert taken is not None
    assert b"".join(taken.chunks).startswith(b"PK")

    assert take_export(viewer, export.pk, now=timezone.now()) is None
    assert stored() == []


def test_nobody_else_takes_it(viewer: Viewer, household: Household, stranger: Beneficiary) -> None:
    """A36: not the spouse, not a stranger; and it stays for its person."""
    export = ready(viewer)

    for person in (household.spouse, stranger):
        assert take_export(as_seen(person), export.pk, now=timezone.now()) is None

    assert take_export(viewer, export.pk, now=timezone.now()) is not None


@pytest.mark.parametrize(("hours", "there"), [(23, True), (24, False), (30, False)])
def test_an_export_waits_for_a_day(viewer: Viewer, hours: int, there: bool) -> None:
    export = ready(viewer)
    assert export.ready_at is not None
    later = export.ready_at + timedelta(hours=hours)

    stand = latest_export(viewer, now=later)

    assert stand is not None
    assert stand.is_ready is there
    assert (take_export(viewer, export.pk, now=later) is not None) is there


def test_what_nobody_took_is_forgotten_and_told_in_the_journal(
    viewer: Viewer, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    export = ready(viewer)
    DataExport.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    with django_capture_on_commit_callbacks(execute=True):
        tasks.tidy({})

    export.refresh_from_db()
    assert (export.state, stored()) == ("expired", [])
    assert Entry.objects.filter(kind="DataExportExpired").count() == 1


def test_a_new_one_may_be_asked_for_once_the_old_one_is_over(viewer: Viewer) -> None:
    first = ready(viewer)
    DataExport.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert ask(viewer).pk != first.pk


def test_there_is_a_limit_for_one_day(viewer: Viewer) -> None:
    for _ in range(MOST_A_DAY):
        take_export(viewer, ready(viewer).pk, now=timezone.now())

    with pytest.raises(DomainError, match="demain"):
        ask(viewer)


def test_a_fault_in_the_middle_leaves_nothing_and_the_next_try_makes_it(
    viewer: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails() -> Iterator[bytes]:
        yield b"x" * 200_000
        raise OSError("the disk is away")

    monkeypatch.setattr(SOURCES, "files", [lambda *_a, **_k: iter([OwnFile("releves/a.pdf", fails)])])
    export = ask(viewer)
    drain()

    stand = latest_export(viewer, now=timezone.now())
    assert stand is not None
    assert stand.is_under_way
    assert stored() == []
    assert take_export(viewer, export.pk, now=timezone.now()) is None

    monkeypatch.setattr(SOURCES, "files", [])
    Job.objects.filter(kind="exports.make").update(run_at=timezone.now())
    drain()
    assert take_export(viewer, export.pk, now=timezone.now()) is not None


def test_a_worker_that_died_after_writing_leaves_one_export_and_an_orphan_that_goes(viewer: Viewer) -> None:
    export = ask(viewer)
    lost = write_export(export.pk, now=timezone.now())
    assert lost is not None
    Job.objects.filter(kind="exports.make").update(state="running", lease_until=timezone.now() - timedelta(1))

    assert rescue_lost() == 1
    drain()

    export.refresh_from_db()
    assert (export.state, len(stored())) == ("ready", 2)
    for path in stored():
        os.utime(path, (0, 0))
    tasks.tidy({})
    assert [path.name for path in stored()] == [export.stored_name]


def test_a_second_worker_that_comes_late_changes_nothing(viewer: Viewer) -> None:
    export = ask(viewer)
    slow = write_export(export.pk, now=timezone.now())
    assert slow is not None
    drain()
    export.refresh_from_db()

    assert finish_export(export.pk, slow, now=timezone.now()) is False

    assert [path.name for path in stored()] == [export.stored_name]
    assert Entry.objects.filter(kind="DataExportReady").count() == 1


def test_an_export_that_is_never_made_is_given_up(viewer: Viewer) -> None:
    export = ask(viewer)
    DataExport.objects.update(asked_at=timezone.now() - timedelta(hours=25))

    tasks.tidy({})

    export.refresh_from_db()
    assert export.state == "failed"
    drain()
    assert stored() == []
    assert ask(viewer).pk != export.pk


def test_who_lost_their_access_gets_none(viewer: Viewer, household: Household) -> None:
    export = ask(viewer)
    Beneficiary.objects.filter(pk=household.primary.pk).update(account=None)

    drain()

    export.refresh_from_db()
    assert (export.state, stored()) == ("failed", [])


def test_a_damaged_file_is_said_and_another_one_can_be_asked_for(viewer: Viewer) -> None:
    export = ready(viewer)
    (path,) = stored()
    path.write_bytes(path.read_bytes()[:-5] + b"xxxxx")

    with pytest.raises(DomainError):
        take_export(viewer, export.pk, now=timezone.now())

    assert ask(viewer).pk != export.pk


def test_the_progress_is_written_down(viewer: Viewer) -> None:
    export = ask(viewer)
    write_export(export.pk, now=timezone.now())

    stand = latest_export(viewer, now=timezone.now())

    assert stand is not None
    assert stand.percent == 100
    assert stand.is_under_way


def test_memory_does_not_grow_with_the_export() -> None:
    """Sixty megabytes that cannot be made smaller, and a hundred thousand rows."""
    noise = os.urandom(1024 * 1024)
    table = Table("care", ("n", "w"), lambda: ((number, "x" * 40) for number in range(100_000)))
    files = [OwnFile(f"fichiers/{n}", lambda: iter([noise] * 10)) for n in range(6)]
    parts = parts_of([table], files, readme="", about="{}")
    tracemalloc.start()

    size = sum(map(len, archive(parts, at=timezone.now(), written=lambda _done: None)))

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert size > 60_000_000
    assert peak < 8_000_000


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_moment_ask_once_and_take_once(household: Household) -> None:
    viewer = as_seen(household.primary)
    asked: list[object] = []
    taken: list[TakenExport] = []

    def press() -> None:
        try:
            asked.append(ask_export(viewer, request_key=uuid4(), language="fr", now=timezone.now()).pk)
        except DomainError:
            asked.append(None)

    together(press)
    assert len([one for one in asked if one]) == 1
    drain()
    export = DataExport.objects.get()

    def take() -> None:
        found = take_export(viewer, export.pk, now=timezone.now())
        if found is not None:
            taken.append(found)

    together(take)
    assert len(taken) == 1
    assert stored() == []


def together(act: Callable[[], None]) -> None:
    start = Barrier(4)

    def run() -> None:
        start.wait()
        act()
        connections.close_all()

    threads = [Thread(target=run) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
