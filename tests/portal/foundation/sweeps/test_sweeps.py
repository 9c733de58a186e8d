"""The daily look: messages and jobs left behind, one fact, an alarm, and the command."""

import json
import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.utils import timezone
from structlog.testing import capture_logs

from entraide.portal.config import wiring
from entraide.portal.config.cli import main
from entraide.portal.domain.exports.models import DataExport
from entraide.portal.domain.exports.storage import vault as export_vault
from entraide.portal.domain.library.models import Document
from entraide.portal.foundation.events.models import Entry
from entraide.portal.foundation.sweeps import findings
from entraide.portal.foundation.sweeps.findings import Finding, look_everywhere
from entraide.portal.foundation.sweeps.tasks import reconcile
from entraide.portal.foundation.tasks.models import Job, JobState
from entraide.portal.foundation.tasks.queue import drain, enqueue_periodic
from entraide.portal.foundation.vault.files import FileVault
from entraide.portal.notifications.models import Delivery, DeliveryState
from tests.conftest import Household
from tests.portal.domain.library.shelf import put

pytestmark = pytest.mark.django_db


def a_message(*, state: str, hours: int) -> Delivery:
    return Delivery.objects.create(
        fact=uuid4(), recipient=uuid4(), channel="email", notice="deposit_received", state=state,
        created_at=timezone.now() - timedelta(hours=hours),
    )  # fmt: skip


def whats() -> list[str]:
    return [one.what for one in look_everywhere(timezone.now()).findings]


@pytest.mark.parametrize(
    ("state", "hours", "told"),
    [
        (DeliveryState.WAITING, 2, ["message_unsent"]),
        (DeliveryState.WAITING, 0, []),
        (DeliveryState.SENT, 200, []),
        (DeliveryState.UNKNOWN, 2, ["message_in_doubt"]),
        (DeliveryState.UNKNOWN, 24 * 41, []),
        (DeliveryState.EXPIRED, 2, []),
    ],
)
def test_a_message_that_did_not_leave_is_told(state: str, hours: int, told: list[str]) -> None:
    a_message(state=state, hours=hours)

    assert whats() == told


@pytest.mark.parametrize(
    ("state", "hours", "told"),
    [
        (JobState.FAILED, 0, ["job_failed"]),
        (JobState.UNKNOWN, 0, ["job_unknown"]),
        (JobState.QUEUED, 2, ["job_overdue"]),
        (JobState.QUEUED, 0, []),
        (JobState.DONE, 2, []),
        (JobState.RUNNING, 2, []),
    ],
)
def test_a_job_that_nobody_will_do_is_told(state: str, hours: int, told: list[str]) -> None:
    Job.objects.create(kind="tasks.tidy", state=state, run_at=timezone.now() - timedelta(hours=hours))

    assert whats() == told


def test_a_document_whose_file_is_gone_is_told_by_its_reference(vault_dir: Path) -> None:
    document: Document = put("Notice", vault_dir=vault_dir)
    assert whats() == []
    FileVault(vault_dir, wiring.library_sweeps.vault().ring).forget(document.stored_name)

    (one,) = look_everywhere(timezone.now()).findings

    assert (one.what, one.about) == ("document_without_file", document.reference)


def test_an_export_whose_file_is_gone_is_told_and_its_folder_left_to_its_own_tidying(
    household: Household,
) -> None:
    kept = export_vault().keep([b"left by a crash"])
    old = (timezone.now() - timedelta(hours=30)).timestamp()
    os.utime(export_vault().path_of(kept.name), (old, old))
    export = DataExport.objects.create(
        person=household.primary, request_key=uuid4(), state="ready", language="fr",
        asked_at=timezone.now(), stored_name="0" * 40,
    )  # fmt: skip

    (one,) = look_everywhere(timezone.now()).findings

    assert (one.what, one.about) == ("export_without_file", str(export.pk))
    assert export_vault().path_of(kept.name).exists()
    export_vault().forget(kept.name)


def test_the_worker_does_it_once_a_day_and_leaves_one_fact_and_an_alarm() -> None:
    a_message(state=DeliveryState.WAITING, hours=2)
    enqueue_periodic()
    enqueue_periodic()

    with capture_logs() as logs:
        drain()

    (entry,) = Entry.objects.filter(kind="Reconciled")
    assert (entry.data["repaired"], entry.data["left"]) == (0, 1)
    assert json.loads(entry.data["counts"]) == {"message_unsent": 1}
    (alarm,) = [one for one in logs if one["event"] == "sweeps.left"]
    assert (alarm["alarm"], alarm["message_unsent"]) == (True, 1)


@pytest.fixture
def broken() -> Iterator[None]:
    @findings.sweep("broken")
    def look(_now: datetime) -> Iterator[Finding]:
        yield Finding(what="one", about="first")
        raise OSError("the disk is away")

    yield
    del findings._SWEEPS["broken"]


def test_a_look_that_fails_is_told_and_the_others_go_on(broken: None) -> None:
    a_message(state=DeliveryState.WAITING, hours=2)

    report = reconcile()

    assert {(one.what, one.about) for one in report.findings} >= {("sweep_failed", "broken")}
    assert report.counts["message_unsent"] == 1


def test_the_command_prints_what_is_left_and_says_so_with_its_code(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["reconcile"]) == 0
    assert "everything holds" in capsys.readouterr().out
    message = a_message(state=DeliveryState.WAITING, hours=2)

    assert main(["reconcile", "--json"]) == 1

    said = capsys.readouterr()
    assert json.loads(said.out) == {
        "what": "message_unsent",
        "about": f"deposit_received email {message.pk}",
        "since": message.created_at.isoformat(timespec="seconds"),
        "repaired": False,
    }
    assert "1 left to a person: 1 message_unsent" in said.err


def test_every_sweep_of_the_portal_is_told_in_the_documentation() -> None:
    """A room that has a sweep and is not wired would never be asked."""
    root = Path(__file__).resolve().parents[4]
    declared = {path.parent.name for path in (root / "src/entraide/portal").rglob("sweeps.py")}
    assert declared == {one.__name__.split(".")[-2] for one in wiring.SWEEPS}
    assert findings.names() >= {"jobs", "messages", "requests.files", "library.files", "exports.files"}
