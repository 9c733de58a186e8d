"""Holding files and sending them: once, whole, or not at all (DEP-01, DEP-02, B-01, A50)."""

import dataclasses
import threading
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.queries import viewer_of
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.requests import holding
from entraide.portal.domain.requests.actions import (
    MAX_DESCRIPTION,
    Conflict,
    drop_held_file,
    hold_file,
    send_deposit,
)
from entraide.portal.domain.requests.holding import files_of_form
from entraide.portal.domain.requests.models import Request, RequestFile, Step
from entraide.portal.domain.requests.references import tidy_reference
from entraide.portal.domain.requests.storage import vault
from entraide.portal.foundation.events.models import Entry
from entraide.portal.foundation.tasks.models import Job
from entraide.portal.foundation.tasks.queue import drain
from tests.conftest import Household
from tests.portal.domain.requests.conftest import NOW, Hold, Send, stored_files
from tests.portal.domain.requests.samples import GOOD, pdf


def test_a_deposit_is_stored_with_its_files_step_and_fact(hold: Hold, send: Send, viewer: Viewer) -> None:
    """B-01: success means stored, files included, and one fact from which one acknowledgement leaves."""
    posted = [hold("facture.pdf"), hold("photo.jpg")]

    request = send(posted=posted)

    assert request.state == "received"
    assert request.received_at == NOW
    assert [one.name for one in request.files.all()] == ["facture.pdf", "photo.jpg"]
    assert [one.state for one in Step.objects.filter(request=request)] == ["received"]
    fact = Entry.objects.get(kind="DepositReceived")
    assert fact.data["reference"] == request.reference
    assert fact.data["files"] == 2
    assert (fact.actor, fact.about) == (viewer.account_id, viewer.person_id)


def test_a_reference_can_be_read_out_and_checked(hold: Hold, send: Send) -> None:
    hold()

    reference = send().reference

    prefix, first, second = reference.split("-")
    assert prefix == settings.PROFILE.identity.reference_prefix
    assert (len(first), len(second)) == (4, 4)
    assert tidy_reference(f"{prefix}-{first.lower()} {second.lower()}") == reference
    other = "2" if second[-1] != "2" else "3"
    assert tidy_reference(reference[:-1] + other) == ""


def test_an_answer_is_promised_in_working_days(hold: Hold, send: Send) -> None:
    """Tuesday 28 April and five working days: 1 May and the week-end do not count."""
    category = settings.PROFILE.deposit.categories[0]
    kind = next(one for one in category.types if one.promised_days == 5)
    hold()

    request = send(type=kind.id)

    assert request.promised_on.isoformat() == "2026-05-06"


def test_files_are_encrypted_at_rest(hold: Hold, send: Send) -> None:
    """A45, B-01: neither content nor name stands on the disk in clear."""
    content = pdf(words="UN-MOT-TRES-RARE", compress_streams=False)
    before = set(stored_files())
    hold("tres-secret.pdf", content)

    request = send()

    (path,) = set(stored_files()) - before
    assert b"%PDF" not in path.read_bytes()
    assert b"UN-MOT-TRES-RARE" in content
    assert b"UN-MOT-TRES-RARE" not in path.read_bytes()
    assert "secret" not in str(path)
    row = RequestFile.objects.get(request=request)
    assert b"".join(vault().read(row.stored_name)) == content
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM requests_requestfile")
        assert all(b"secret" not in bytes(name) for (name,) in cursor.fetchall())


def test_the_same_key_with_the_same_content_is_one_request(hold: Hold, send: Send) -> None:
    first = send(posted=[hold("facture.pdf"), hold("photo.jpg")])
    on_disk = len(stored_files())

    second = send(posted=[hold("photo.jpg"), hold("facture.pdf")])

    assert second == first
    assert Request.objects.count() == 1
    assert RequestFile.objects.count() == 2
    assert len(stored_files()) == on_disk
    assert Entry.objects.filter(kind="DepositReceived").count() == 1


def test_sending_again_what_was_held_before_is_one_request(hold: Hold, send: Send) -> None:
    """The step-by-step form sends its key and no file: two clicks are one request all the same."""
    hold()

    assert send() == send()


@pytest.mark.parametrize("changes", [{"description": "Autre chose"}, {"language": "en"}])
def test_only_the_content_makes_the_difference(hold: Hold, send: Send, changes: dict[str, str]) -> None:
    hold()
    first = send()

    if "description" in changes:
        with pytest.raises(Conflict):
            send(**changes)
    else:
        assert send(**changes) == first
    assert Request.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_key_with_another_file_is_refused_and_leaves_nothing(hold: Hold, send: Send) -> None:
    first = send(posted=[hold("facture.pdf")])
    on_disk = len(stored_files())

    with pytest.raises(Conflict):
        send(posted=[hold("photo.jpg")])

    assert [one.name for one in first.files.all()] == ["facture.pdf"]
    assert RequestFile.objects.count() == 1
    assert len(stored_files()) == on_disk


def test_the_key_of_someone_else_is_another_key(hold: Hold, send: Send, stranger: object, key: UUID) -> None:
    hold()
    send()
    other = viewer_of(stranger.account_id)  # type: ignore[attr-defined]
    assert other is not None

    assert files_of_form(other, key) == []


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_store_one_request(viewer: Viewer, key: UUID) -> None:
    """Promise of idempotency: six sendings in parallel, one row, the same reference for all."""
    category = settings.PROFILE.deposit.categories[0]
    found: list[object] = []
    together = threading.Barrier(6)

    def click() -> None:
        try:
            together.wait()
            upload = SimpleUploadedFile("facture.pdf", GOOD["facture.pdf"])
            held = hold_file(viewer, request_key=key, upload=upload, now=NOW)
            sent = send_deposit(
                viewer, category=category.id, type=category.types[0].id, concerns=viewer.person_id,
                description="", request_key=key, language="fr", now=NOW, posted=[held],
            )  # fmt: skip
            found.append(sent.reference)
        except Exception as error:  # a failure in a thread must fail the test
            found.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _ in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert found == [Request.objects.get().reference] * 6
    assert RequestFile.objects.filter(request__isnull=False).count() == 1
    assert RequestFile.objects.filter(request=None).count() == 0
    assert Entry.objects.filter(kind="DepositReceived").count() == 1


def test_a_request_without_a_file_is_refused(send: Send) -> None:
    with pytest.raises(DomainError) as refused:
        send()

    assert refused.value.field == "files"
    assert not Request.objects.exists()


def test_the_eleventh_file_is_refused_by_name(hold: Hold, send: Send, viewer: Viewer, key: UUID) -> None:
    """Decision on uploads: at most ten files; the ten others stay."""
    for number in range(10):
        hold(f"page{number}.pdf", GOOD["facture.pdf"])

    with pytest.raises(DomainError, match=r"«\spage10\.pdf\s»"):
        hold("page10.pdf", GOOD["facture.pdf"])

    assert len(files_of_form(viewer, key)) == 10
    assert send().files.count() == 10


@pytest.mark.django_db(transaction=True)
def test_a_refused_file_leaves_nothing_on_the_disk(hold: Hold) -> None:
    before = set(stored_files())

    for name, content in {"vide.pdf": b"", "facture.pdf": b"%PDF-1.7 coupe", "a.exe": b"MZ"}.items():
        with pytest.raises(DomainError):
            hold(name, content)

    assert set(stored_files()) == before
    assert not RequestFile.objects.exists()


def test_a_file_of_more_than_ten_megabytes_is_refused(hold: Hold) -> None:
    with pytest.raises(DomainError, match=r"10\sMo"):
        hold("facture.pdf", b"%PDF-" + bytes(10 * 1024 * 1024))


def test_the_same_file_twice_is_kept_once(hold: Hold) -> None:
    """A50."""
    assert hold() == hold()
    assert RequestFile.objects.count() == 1


def test_a_type_of_another_category_is_refused(hold: Hold, send: Send) -> None:
    """DEP-02."""
    other = settings.PROFILE.deposit.categories[1]
    hold()

    with pytest.raises(DomainError) as refused:
        send(type=other.types[0].id)

    assert refused.value.field == "type"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"category": "unknown"}, "category"),
        ({"type": "unknown"}, "type"),
        ({"concerns": uuid4()}, "beneficiary"),
        ({"description": "a" * (MAX_DESCRIPTION + 1)}, "description"),
    ],
)
def test_a_wrong_answer_is_tied_to_its_field(
    hold: Hold, send: Send, changes: dict[str, object], field: str
) -> None:
    hold()

    with pytest.raises(DomainError) as refused:
        send(**changes)

    assert refused.value.field == field
    assert not Request.objects.exists()


def test_the_insured_sends_for_anyone_of_the_contract(hold: Hold, send: Send, household: Household) -> None:
    hold()

    assert send(concerns=household.child.pk).concerns == household.child


def test_a_dependant_sends_only_for_oneself(household: Household, key: UUID) -> None:
    spouse = viewer_of(household.spouse.account_id)
    category = settings.PROFILE.deposit.categories[0]
    assert spouse is not None
    hold_file(spouse, request_key=key, upload=SimpleUploadedFile("f.pdf", GOOD["facture.pdf"]), now=NOW)

    with pytest.raises(DomainError) as refused:
        send_deposit(
            spouse, category=category.id, type=category.types[0].id, concerns=household.child.pk,
            description="", request_key=key, language="fr", now=NOW,
        )  # fmt: skip

    assert refused.value.field == "beneficiary"


@pytest.mark.django_db(transaction=True)
def test_a_held_file_can_be_taken_back(hold: Hold, viewer: Viewer, key: UUID) -> None:
    before = set(stored_files())
    held = hold()

    drop_held_file(viewer, request_key=key, file_id=held.id)

    assert files_of_form(viewer, key) == []
    assert set(stored_files()) == before


def test_a_sent_file_cannot_be_taken_back(hold: Hold, send: Send, viewer: Viewer, key: UUID) -> None:
    held = hold()
    send()

    drop_held_file(viewer, request_key=key, file_id=held.id)

    assert RequestFile.objects.filter(pk=held.id).exists()


def test_a_stranger_cannot_take_a_file_away(hold: Hold, stranger: object, key: UUID) -> None:
    held = hold()
    other = viewer_of(stranger.account_id)  # type: ignore[attr-defined]
    assert other is not None

    drop_held_file(other, request_key=key, file_id=held.id)

    assert RequestFile.objects.filter(pk=held.id).exists()


@pytest.mark.parametrize(
    ("limit", "words"), [("max_files_a_day", "en 24 heures"), ("max_files_in_all", "garde déjà")]
)
def test_nobody_sends_more_than_so_many_files(
    hold: Hold, send: Send, settings: Any, limit: str, words: str
) -> None:
    """A42: sent ones count too; nothing more is kept, and what there is stays."""
    deposit = dataclasses.replace(settings.PROFILE.deposit, **{limit: 1})
    settings.PROFILE = dataclasses.replace(settings.PROFILE, deposit=deposit)
    hold()
    send()

    with pytest.raises(DomainError, match=words):
        hold("photo.jpg", request_key=uuid4())

    assert RequestFile.objects.count() == 1


def test_unsent_files_have_a_limit_over_all_forms(hold: Hold, monkeypatch: pytest.MonkeyPatch) -> None:
    """A42: a quota per person."""
    monkeypatch.setattr(holding, "MAX_HELD", 1)
    hold(request_key=uuid4())

    with pytest.raises(DomainError, match="en attente"):
        hold(request_key=uuid4())


@pytest.mark.django_db(transaction=True)
def test_files_left_unsent_for_a_day_are_forgotten(hold: Hold, send: Send) -> None:
    """A50: held files go, sent ones stay."""
    before = set(stored_files())
    hold()
    sent = send()
    old, fresh = hold(request_key=uuid4()), hold(request_key=uuid4())
    RequestFile.objects.filter(pk=old.id).update(kept_at=timezone.now() - timedelta(hours=25))
    RequestFile.objects.filter(pk=fresh.id).update(kept_at=timezone.now())

    Job.objects.filter(kind=holding.PURGE_JOB).update(run_at=timezone.now())
    drain()

    assert set(RequestFile.objects.values_list("pk", flat=True)) == {sent.files.get().pk, fresh.id}
    assert len(set(stored_files()) - before) == 2


def test_a_purge_is_asked_for_when_a_file_is_held(hold: Hold) -> None:
    hold()
    hold("photo.jpg")

    assert Job.objects.filter(kind=holding.PURGE_JOB).count() == 1


def test_a_request_goes_to_the_team_of_its_kind(hold: Hold, send: Send) -> None:
    hold()

    sent = send()

    assert sent.team == settings.PROFILE.desk.team_for(sent.category, sent.type)
    assert sent.due_on == sent.promised_on
