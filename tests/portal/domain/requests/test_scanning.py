"""Files and the antivirus: states, what follows from each, and an antivirus that fails (A47, A48)."""

import dataclasses
import signal
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.handling.actions import answer
from entraide.portal.domain.handling.enclosing import hold_enclosure
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.requests import queries, scanning
from entraide.portal.domain.requests.actions import drop_held_file
from entraide.portal.domain.requests.antivirus import NoVerdict
from entraide.portal.domain.requests.enums import By, Move
from entraide.portal.domain.requests.life import Hand, Said, make_move
from entraide.portal.domain.requests.models import Request, RequestFile
from entraide.portal.domain.requests.personal_data import own_files_of
from entraide.portal.domain.requests.receipt import receipt_pdf, verify_receipt
from entraide.portal.domain.requests.replying import reply
from entraide.portal.domain.requests.storage import quarantine, vault
from entraide.portal.foundation.events.models import Entry
from entraide.portal.foundation.tasks.models import Job
from entraide.portal.foundation.tasks.queue import drain
from entraide.portal.gateways import antivirus
from entraide.portal.notifications.models import Delivery
from tests.clamav import EICAR, FINDING, Clamd, free_port, own_clamd
from tests.portal.bank import make_staff
from tests.portal.domain.requests.conftest import Hold, Send
from tests.portal.domain.requests.samples import GOOD, pdf
from tests.portal.kept_rows import as_the_owner

pytestmark = pytest.mark.django_db(transaction=True)
# A sound paper for our own checks: only the antivirus finds something.
INFECTED = pdf(words=EICAR.decode(), compress_streams=False)


@pytest.fixture(scope="module")
def clamd() -> Iterator[Clamd]:
    with own_clamd() as running:
        yield running


@pytest.fixture(autouse=True)
def rested(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(antivirus, "_resting", {})


def use(settings: LazySettings, url: str) -> None:
    settings.ENTRAIDE = dataclasses.replace(settings.ENTRAIDE, antivirus_url=url)


@pytest.fixture
def protected(settings: LazySettings, clamd: Clamd) -> None:
    use(settings, clamd.url)


@pytest.fixture
def away(settings: LazySettings) -> int:
    """An address where no antivirus is, yet."""
    port = free_port()
    use(settings, f"clamd://127.0.0.1:{port}")
    return port


def states() -> list[str]:
    return list(RequestFile.objects.order_by("kept_at", "pk").values_list("scan_state", flat=True))


def again() -> None:
    """The queue tries again what failed, without the wait."""
    Job.objects.filter(state="queued").update(run_at=timezone.now())
    drain(rounds=1)


def facts(kind: str) -> list[dict[str, object]]:
    return [one.data for one in Entry.objects.filter(kind=kind)]


def the_file(viewer: Viewer, request: Request) -> queries.OpenFile | None:
    return queries.file_of(viewer, request.reference, request.files.get().pk)


@pytest.mark.usefixtures("away")
def test_a_file_waits_closed_until_there_is_a_verdict(hold: Hold, send: Send, viewer: Viewer) -> None:
    hold()
    request = send()

    assert states() == ["received"]
    with pytest.raises(queries.NotReadable):
        the_file(viewer, request)
    assert not any(
        "fichiers/" in one.path for one in own_files_of(viewer, language="fr", on=timezone.localdate())
    )


@pytest.mark.usefixtures("protected")
def test_a_clean_file_opens(hold: Hold, send: Send, viewer: Viewer) -> None:
    hold()
    request = send()

    drain()

    assert states() == ["clean"]
    found = the_file(viewer, request)
    assert found is not None
    assert b"".join(found.chunks) == GOOD["facture.pdf"]


@pytest.mark.usefixtures("protected")
def test_a_request_is_checked_once_its_last_file_is_clean(hold: Hold, send: Send) -> None:
    hold()
    drain()
    hold("photo.jpg")
    request = send()
    request.refresh_from_db()
    assert request.state == "received"

    drain()
    request.refresh_from_db()
    assert request.state == "checked"
    assert [(one.state, one.by) for one in request.steps.all()][1:] == [("checked", "system")]


@pytest.mark.usefixtures("protected")
def test_files_that_were_clean_before_the_request_was_sent_check_it_at_once(hold: Hold, send: Send) -> None:
    hold()
    drain()

    assert Request.objects.get(pk=send().pk).state == "checked"


def test_without_an_antivirus_no_file_is_called_clean(hold: Hold, send: Send, viewer: Viewer) -> None:
    hold()
    request = send()

    drain()
    scanning.watch(now=timezone.now())

    assert states() == ["unscanned"]
    assert not Job.objects.filter(kind=scanning.SCAN_JOB).exists()
    assert the_file(viewer, request) is not None


@pytest.mark.usefixtures("protected")
def test_an_infected_file_is_sealed_apart_and_asked_for_again(hold: Hold, send: Send, viewer: Viewer) -> None:
    """A47: nobody opens it; a mail and the request itself say what to do."""
    hold("photo.jpg")
    hold("virus.pdf", INFECTED)
    former = RequestFile.objects.last().stored_name  # type: ignore[union-attr]
    request = send()

    drain()

    row = request.files.get(scan_state="infected")
    assert states() == ["clean", "infected"]
    assert FINDING in row.finding
    assert b"".join(quarantine().read(row.stored_name)) == INFECTED
    assert not vault().path_of(former).exists()
    with pytest.raises(queries.NotReadable):
        queries.file_of(viewer, request.reference, row.pk)
    request.refresh_from_db()
    assert request.state == "waiting_for_member"
    assert [(one.state, one.by) for one in request.steps.all()] == [
        ("received", "member"),
        ("waiting_for_member", "system"),
    ]
    mail = Delivery.objects.exclude(notice="deposit_received").get()
    assert mail.notice == "file_infected"
    assert request.reference in mail.subject
    assert "virus.pdf" not in mail.body


@pytest.mark.usefixtures("protected")
def test_the_receipt_stays_true_after_an_infection(hold: Hold, send: Send, viewer: Viewer) -> None:
    held = hold("virus.pdf", INFECTED)
    request = send()

    drain()

    found = queries.request_of(viewer, request.reference)
    assert found is not None
    proof = verify_receipt(receipt_pdf(viewer, found, language="fr"))
    assert [one.sha256 for one in proof.files] == [held.sha256]


@pytest.mark.usefixtures("protected")
def test_an_infected_file_of_a_form_is_refused_by_name_and_can_be_taken_off(
    hold: Hold, send: Send, viewer: Viewer
) -> None:
    held = hold("virus.pdf", INFECTED)
    hold("photo.jpg")
    drain()

    with pytest.raises(DomainError, match=r"virus\.pdf") as refused:
        send()

    assert refused.value.field == "files"
    assert not Delivery.objects.exists()
    sealed = RequestFile.objects.get(pk=held.id)
    drop_held_file(viewer, request_key=sealed.request_key, file_id=held.id)
    assert not quarantine().path_of(sealed.stored_name).exists()
    assert send().files.count() == 1


@pytest.mark.usefixtures("protected")
def test_a_closed_request_stays_closed(hold: Hold, send: Send) -> None:
    """Its sender is told all the same, unless they took it back themselves."""
    for state, mails in (("done", 1), ("withdrawn", 0)):
        hold("virus.pdf", INFECTED, request_key=(key := uuid4()))
        request = send(request_key=key)
        Request.objects.filter(pk=request.pk).update(state=state)
        Delivery.objects.all().delete()

        drain()

        request.refresh_from_db()
        assert request.state == state
        assert Delivery.objects.filter(notice="file_infected").count() == mails
    assert len(facts("FileInfected")) == 2


@pytest.mark.usefixtures("protected")
def test_the_promise_stands_still_until_the_paper_comes_again(hold: Hold, send: Send, viewer: Viewer) -> None:
    hold("virus.pdf", INFECTED)
    request = send()
    drain()
    found = queries.request_of(viewer, request.reference)
    assert found is not None
    assert found.must_resend
    asked_at = request.steps.last().at  # type: ignore[union-attr]

    hold("photo.jpg", request_key=(key := uuid4()))
    reply(viewer, request.reference, words="", request_key=key, now=asked_at + timedelta(days=7))

    again = queries.request_of(viewer, request.reference)
    assert again is not None
    assert not again.must_resend
    assert again.card.state == "in_progress"
    assert again.card.promised_on == found.card.promised_on
    assert again.card.due_on > found.card.due_on


@pytest.mark.usefixtures("protected")
def test_several_infected_files_are_asked_for_once(hold: Hold, send: Send) -> None:
    hold("virus.pdf", INFECTED)
    hold("aussi.pdf", pdf(words=f"2 {EICAR.decode()}", compress_streams=False))
    request = send()

    drain()

    assert states() == ["infected", "infected"]
    assert len(facts("FileInfected")) == 2
    assert request.steps.count() == 2
    assert Delivery.objects.filter(notice="file_infected").count() == 1


@pytest.mark.usefixtures("protected")
def test_a_question_that_waits_stays_the_question(hold: Hold, send: Send, viewer: Viewer) -> None:
    hold("virus.pdf", INFECTED)
    request, now = send(), timezone.now()
    asked = Said(words="Pour qui ?")
    make_move(request.pk, move=Move.ASK, hand=Hand(by=By.AGENT), said=asked, now=now)

    drain()

    found = queries.request_of(viewer, request.reference)
    assert found is not None
    assert (found.question, found.must_resend) == ("Pour qui ?", True)
    assert request.steps.count() == 2
    notices = Delivery.objects.order_by("notice").values_list("notice", flat=True)
    assert list(notices) == ["deposit_received", "file_infected", "request_question"]


@pytest.mark.usefixtures("protected")
def test_a_file_of_a_reply_goes_the_same_way(hold: Hold, send: Send, viewer: Viewer) -> None:
    hold()
    request, now = send(), timezone.now()
    make_move(request.pk, move=Move.ASK, hand=Hand(by=By.AGENT), said=Said(words="La suite ?"), now=now)
    hold("virus.pdf", INFECTED, request_key=(key := uuid4()))
    reply(viewer, request.reference, words="La voici", request_key=key, now=now)
    assert RequestFile.objects.get(message__isnull=False).scan_state == "received"

    drain()

    found = queries.request_of(viewer, request.reference)
    assert found is not None
    assert (found.card.state, found.question, found.must_resend) == ("waiting_for_member", "", True)
    assert [one.is_infected for step in found.card.steps for one in step.files] == [True]
    with pytest.raises(queries.NotReadable):
        queries.file_of(viewer, request.reference, RequestFile.objects.get(scan_state="infected").pk)


@pytest.mark.usefixtures("protected")
def test_a_file_is_found_infected_once(hold: Hold, send: Send) -> None:
    """Two workers, or one that was killed after the verdict: one fact, one mail, one sealed file."""
    held = hold("virus.pdf", INFECTED)
    send()
    before = len(list(quarantine().folder.glob("??/*")))

    scanning.scan(held.id, now=timezone.now())
    scanning.scan(held.id, now=timezone.now())
    drain()

    assert len(facts("FileInfected")) == 1
    assert len(list(quarantine().folder.glob("??/*"))) == before + 1


def test_an_antivirus_that_comes_back_finds_what_waited(
    hold: Hold, send: Send, away: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold()
    hold("virus.pdf", INFECTED)
    send()
    drain(rounds=1)
    assert states() == ["scanning", "scanning"]
    monkeypatch.setattr(antivirus, "_resting", {})

    with own_clamd(port=away):
        again()

    assert states() == ["clean", "infected"]


def test_an_antivirus_that_is_slow_or_killed_leaves_the_file_waiting(
    hold: Hold, send: Send, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A48: it took the file and never answers; then it dies in the middle of it."""
    monkeypatch.setattr(antivirus.Clamd.__init__, "__kwdefaults__", {"connect": 1.0, "seconds": 0.3})
    with own_clamd() as hanging:
        use(settings, hanging.url)
        hanging.process.send_signal(signal.SIGSTOP)
        hold()
        send()

        drain(rounds=1)
        assert states() == ["scanning"]
        hanging.stop()
        monkeypatch.setattr(antivirus, "_resting", {})
        again()

    assert states() == ["scanning"]
    job = Job.objects.get(kind=scanning.SCAN_JOB)
    assert (job.state, job.attempts) == ("queued", 2)


def test_a_file_that_the_antivirus_cannot_judge_is_an_error_and_is_tried_again(
    hold: Hold, send: Send, settings: LazySettings, clamd: Clamd
) -> None:
    """Larger than it takes: clean only once its limits are set right."""
    with own_clamd(stream_max=100) as small:
        use(settings, small.url)
        hold()
        send()
        drain(rounds=1)
        assert states() in (["error"], ["scanning"])

    use(settings, clamd.url)
    again()

    assert states() == ["clean"]


@pytest.mark.usefixtures("away")
def test_an_alarm_says_after_15_minutes_that_files_wait(hold: Hold, send: Send) -> None:
    """A48; again an hour later, as long as it lasts."""
    hold()
    send()
    kept = RequestFile.objects.get().scan_since
    assert kept is not None

    for minutes in (14, 16, 20):
        scanning.watch(now=kept + timedelta(minutes=minutes))

    assert facts("ScansLate") == [{"files": 1, "minutes": 16}]
    with as_the_owner():
        Entry.objects.filter(kind="ScansLate").update(at=kept)
    scanning.watch(now=kept + timedelta(minutes=90))
    assert [one["minutes"] for one in facts("ScansLate")] == [16, 90]


@pytest.mark.usefixtures("away")
def test_a_lost_scan_is_asked_for_again_the_day_after(hold: Hold) -> None:
    hold()
    Job.objects.all().delete()

    scanning.watch(now=RequestFile.objects.get().scan_since + timedelta(hours=25))  # type: ignore[operator]

    assert Job.objects.filter(kind=scanning.SCAN_JOB).count() == 1


def test_files_from_before_the_antivirus_are_scanned_once_there_is_one(
    hold: Hold, send: Send, settings: LazySettings, clamd: Clamd
) -> None:
    hold()
    send()
    use(settings, clamd.url)

    scanning.watch(now=timezone.now())
    assert states() == ["received"]
    drain()

    assert states() == ["clean"]


def test_what_waits_is_said_to_be_unscanned_when_the_antivirus_is_given_up(
    hold: Hold, settings: LazySettings, away: int
) -> None:
    hold()
    use(settings, "")

    drain(rounds=1)
    scanning.watch(now=timezone.now())

    assert away
    assert states() == ["unscanned"]


@pytest.mark.usefixtures("protected")
def test_an_infected_file_is_erased_after_30_days_and_its_row_stays(hold: Hold, send: Send) -> None:
    hold("virus.pdf", INFECTED)
    request = send()
    drain()
    row = request.files.get()
    path, found = quarantine().path_of(row.stored_name), row.scanned_at
    assert found is not None

    scanning.watch(now=found + timedelta(days=29))
    assert path.exists()
    scanning.watch(now=found + timedelta(days=30))
    scanning.watch(now=found + timedelta(days=31))

    assert not path.exists()
    assert request.files.get().scan_state == "infected"
    assert facts("InfectedFilesErased") == [{"files": 1}]


@pytest.mark.usefixtures("protected")
def test_a_backlog_clears(hold: Hold) -> None:
    for number in range(10):
        hold(f"page{number}.pdf", pdf(words=str(number)))

    drain()

    assert states() == ["clean"] * 10


def test_a_file_taken_back_meanwhile_leaves_nothing_sealed(
    hold: Hold, viewer: Viewer, settings: LazySettings, clamd: Clamd
) -> None:
    held = hold("virus.pdf", INFECTED)
    use(settings, clamd.url)
    row = RequestFile.objects.get()
    before = set(quarantine().folder.glob("??/*"))

    scanning._set_apart(row, antivirus.Verdict(FINDING), now=timezone.now())

    # It was `unscanned`, and so no longer waiting: as one whose row is gone.
    assert held.id == row.pk
    assert set(quarantine().folder.glob("??/*")) == before
    assert not facts("FileInfected")


def test_a_scan_without_an_antivirus_gives_no_verdict(hold: Hold, away: int, settings: LazySettings) -> None:
    held = hold()
    use(settings, "")

    with pytest.raises(NoVerdict):
        scanning.scan(held.id, now=timezone.now())
    assert away


@pytest.mark.usefixtures("protected")
def test_what_an_agent_encloses_is_scanned_as_what_members_send(
    hold: Hold, send: Send, viewer: Viewer
) -> None:
    """A47: the member opens the sound one; the agent, and nobody else, is told of the other."""
    hold()
    request, handler, key = send(), make_staff().handler, uuid4()
    for name, content in (("saine.pdf", GOOD["facture.pdf"]), ("virus.pdf", INFECTED)):
        upload = SimpleUploadedFile(name, content)
        hold_enclosure(handler, form_key=key, upload=upload, now=timezone.now())
    answer(handler, request.reference, words="Voici", form_key=key, now=timezone.now())

    drain()

    sound, infected = RequestFile.objects.filter(enclosed_by=handler.id)
    found = queries.file_of(viewer, request.reference, sound.pk)
    assert found is not None
    assert b"".join(found.chunks) == GOOD["facture.pdf"]
    assert infected.scan_state == "infected"
    with pytest.raises(queries.NotReadable):
        queries.file_of(viewer, request.reference, infected.pk)
    told = Delivery.objects.get(notice="enclosure_infected")
    assert told.to == "hugo@example.org"
    assert not Delivery.objects.filter(notice="file_infected").exists()
    request.refresh_from_db()
    assert request.state == "done"
