"""B-01, A50: the daily look finds what a crash, a lost file or a forgotten request left."""

import os
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from entraide.portal.domain.requests.models import Request, RequestFile
from entraide.portal.domain.requests.storage import quarantine, set_apart, vault
from entraide.portal.foundation.events.models import Entry
from entraide.portal.foundation.sweeps import stored
from entraide.portal.foundation.sweeps.findings import Finding, look_everywhere
from entraide.portal.foundation.sweeps.stored import altered_files
from tests.portal.domain.requests.conftest import Hold, Send
from tests.portal.kept_rows import as_the_owner

pytestmark = pytest.mark.django_db


def found(*, now: datetime | None = None) -> list[Finding]:
    return list(look_everywhere(now or timezone.now()).findings)


@pytest.fixture
def sent(hold: Hold, send: Send) -> Request:
    hold()
    request = send()
    Request.objects.filter(pk=request.pk).update(
        received_at=timezone.now(), due_on=timezone.localdate() + timedelta(days=3)
    )
    request.refresh_from_db()
    return request


def test_nothing_is_found_of_a_request_as_it_should_be(sent: Request) -> None:
    assert found() == []


def test_a_row_whose_file_is_gone_is_told_and_stays(sent: Request) -> None:
    file = sent.files.get()
    vault().forget(file.stored_name)

    assert found() == [Finding(what="request_file_without_file", about=str(file.pk))]
    assert RequestFile.objects.filter(pk=file.pk).exists()


def test_a_file_that_is_not_what_was_kept_is_told(sent: Request) -> None:
    """Section 4: the disk gives wrong bytes back."""
    file = sent.files.get()
    path = vault().path_of(file.stored_name)
    kept = path.read_bytes()
    path.write_bytes(kept[:-20] + bytes([kept[-20] ^ 1]) + kept[-19:])

    assert found() == [Finding(what="request_file_altered", about=str(file.pk))]
    path.write_bytes(kept)
    assert found() == []


def test_a_large_vault_is_read_back_in_as_many_days_as_it_has_parts(
    sent: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, now = sent.files.get(), timezone.now()
    monkeypatch.setattr(stored, "READ_BACK_BYTES", file.size // 3)
    path = vault().path_of(file.stored_name)
    path.write_bytes(path.read_bytes()[:-1])

    altered = [
        day
        for day in range(8)
        for one in altered_files(
            vault(), RequestFile.objects.all(), name="pk", label="file", now=now + timedelta(days=day)
        )
    ]

    # Four parts: each file comes up once in so many days.
    assert len(altered) == 2
    assert altered[1] - altered[0] == 4


def test_a_file_that_no_row_knows_is_removed_once_it_is_a_day_old(sent: Request) -> None:
    kept, fresh = vault().keep([b"left by a crash"]), vault().keep([b"being written"])
    long_ago = (timezone.now() - timedelta(hours=26)).timestamp()
    os.utime(vault().path_of(kept.name), (long_ago, long_ago))

    assert [(one.what, one.is_repaired) for one in found()] == [("file_without_request_file", True)]
    assert not vault().path_of(kept.name).exists()
    assert vault().path_of(fresh.name).exists()
    assert vault().path_of(sent.files.get().stored_name).exists()
    assert found() == []
    vault().forget(fresh.name)


def test_a_file_that_waits_too_long_for_the_antivirus_is_told(sent: Request) -> None:
    """A48: 15 minutes; then closed to everybody for too long."""
    file, now = sent.files.get(), timezone.now()
    for state in ("received", "scanning", "error"):
        RequestFile.objects.update(scan_state=state, scan_since=now - timedelta(minutes=14))
        assert found(now=now) == []
        since = now - timedelta(minutes=16)
        RequestFile.objects.update(scan_since=since)
        assert found(now=now) == [Finding(what="scan_pending", about=str(file.pk), since=since)]


def test_what_was_sealed_apart_is_looked_for_in_the_quarantine(sent: Request) -> None:
    former = sent.files.get().stored_name
    sealed = set_apart(former)
    vault().forget(former)
    long_ago = (timezone.now() - timedelta(hours=26)).timestamp()
    os.utime(quarantine().path_of(sealed), (long_ago, long_ago))
    sent.files.update(scan_state="infected", stored_name=sealed)

    assert found() == []
    quarantine().forget(sealed)
    assert [one.what for one in found()] == ["sealed_file_without_file"]
    sent.files.update(stored_name="")
    assert found() == []


def test_a_request_without_the_fact_of_its_acknowledgement_is_told(sent: Request) -> None:
    with as_the_owner():
        Entry.objects.filter(kind="DepositReceived").delete()

    (one,) = found()

    assert (one.what, one.about) == ("request_without_acknowledgement", sent.reference)
    assert one.since == sent.received_at


def test_a_request_open_past_its_day_is_late_and_an_answered_one_is_not(sent: Request) -> None:
    next_week = timezone.now() + timedelta(days=7)

    (one,) = [each for each in found(now=next_week) if each.what == "request_late"]
    assert one.about == sent.reference
    assert one.since == datetime.combine(sent.due_on, datetime.min.time(), tzinfo=UTC)

    for state, since in (("waiting_for_member", timezone.now()), ("done", None), ("withdrawn", None)):
        Request.objects.update(state=state, waiting_since=since)
        assert [each for each in found(now=next_week) if each.what == "request_late"] == []
