"""Papers that agents send along with what they write (MSG-01, MSG-03, B-14, A42-A48, A78, A79)."""

import dataclasses
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.correspondence.received import recipient_of
from entraide.portal.domain.correspondence.sent import sent_by
from entraide.portal.domain.correspondence.sources import enclosures
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.handling import actions, enclosing
from entraide.portal.domain.handling.enclosing import drop_enclosure, held_enclosures, hold_enclosure
from entraide.portal.domain.handling.models import Proposal
from entraide.portal.domain.handling.opening import open_piece, open_request
from entraide.portal.domain.handling.queries import duplicates_of
from entraide.portal.domain.handling.reasons import ReasonNeeded, Why, state_reason
from entraide.portal.domain.handling.taking_back import take_back
from entraide.portal.domain.members.queries import viewer_of
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.requests import queries, scanning
from entraide.portal.domain.requests.enums import RequestState, ScanState
from entraide.portal.domain.requests.models import Request, RequestFile
from entraide.portal.domain.requests.personal_data import own_files_of, personal_data_of
from entraide.portal.domain.requests.replying import withdraw
from entraide.portal.domain.requests.storage import quarantine, vault
from entraide.portal.domain.requests.tasks import purge_held
from entraide.portal.foundation.events.models import Entry
from entraide.portal.foundation.sweeps.findings import look_everywhere
from entraide.portal.foundation.tasks.queue import drain
from entraide.portal.notifications.models import Delivery
from tests.conftest import Household
from tests.portal.bank import Staff, agent
from tests.portal.domain.handling.conftest import MONDAY, Asked
from tests.portal.domain.handling.test_actions import SECOND_LOOK
from tests.portal.domain.requests.hostile import HOSTILE, Hostile
from tests.portal.domain.requests.samples import GOOD

PDF = GOOD["facture.pdf"]


def hold(who: AgentViewer, key: UUID, name: str = "attestation.pdf", content: bytes = PDF) -> UUID:
    upload = SimpleUploadedFile(name, content)
    return hold_enclosure(who, form_key=key, upload=upload, now=timezone.now()).id


def answered(who: AgentViewer, request: Request, *names: str) -> list[RequestFile]:
    """What went along with an answer."""
    key = uuid4()
    for number, name in enumerate(names or ("attestation.pdf",)):
        hold(who, key, name, PDF + b"\n" * number)
    actions.answer(who, request.reference, words="Voici", form_key=key, now=timezone.now())
    return list(RequestFile.objects.filter(enclosed_by=who.id, request=request))


def listed(viewer: Viewer, request: Request) -> list[str]:
    found = queries.request_of(viewer, request.reference)
    assert found is not None
    return [file.name for step in found.card.steps for file in step.files]


def content(viewer: Viewer, request: Request, file: RequestFile) -> bytes | None:
    found = queries.file_of(viewer, request.reference, file.pk)
    return b"".join(found.chunks) if found else None


def findings() -> list[str]:
    return [one.what for one in look_everywhere(timezone.now()).findings if "late" not in one.what]


def test_what_an_agent_encloses_reaches_the_member_with_the_answer(
    asked: Asked, staff: Staff, viewer: Viewer
) -> None:
    request, key = asked(), uuid4()
    kept = hold(staff.handler, key)
    assert listed(viewer, request) == []

    actions.answer(staff.handler, request.reference, words="Voici", form_key=key, now=timezone.now())

    file = RequestFile.objects.get(pk=kept)
    assert listed(viewer, request) == ["attestation.pdf"]
    assert content(viewer, request, file) == PDF
    assert file.message is not None
    assert file.message.words == "Voici"
    assert Entry.objects.get(kind="RequestAnswered").data["enclosed"] == 1
    assert held_enclosures(staff.handler, key) == []


@pytest.mark.parametrize("move", ["ask", "refuse"])
def test_a_question_and_a_refusal_carry_files_too(
    asked: Asked, staff: Staff, viewer: Viewer, move: str
) -> None:
    request, key = asked(), uuid4()
    hold(staff.handler, key)

    if move == "ask":
        actions.ask(staff.handler, request.reference, words="Signez", form_key=key, now=timezone.now())
    else:
        actions.refuse(staff.handler, request.reference, code="unreadable", form_key=key, now=timezone.now())

    found = queries.request_of(viewer, request.reference)
    assert found is not None
    assert listed(viewer, request) == ["attestation.pdf"]
    assert [one.name for one in found.question_files] == (["attestation.pdf"] if move == "ask" else [])


def test_what_is_kept_for_a_form_is_nobodys_else(asked: Asked, staff: Staff, viewer: Viewer) -> None:
    request, key = asked(), uuid4()
    kept = hold(staff.handler, key)

    actions.answer(staff.handler, request.reference, words="Oui", form_key=uuid4(), now=timezone.now())

    assert listed(viewer, request) == []
    assert queries.file_of(viewer, request.reference, kept) is None
    assert held_enclosures(staff.supervisor, key) == []
    drop_enclosure(staff.supervisor, form_key=key, file_id=kept)
    assert [one.id for one in held_enclosures(staff.handler, key)] == [kept]


@pytest.mark.parametrize("hostile", HOSTILE[::4], ids=lambda one: one.title)
def test_a_hostile_file_of_an_agent_is_refused_as_a_members(staff: Staff, hostile: Hostile) -> None:
    """A43: the same checks in the same child process."""
    key, before = uuid4(), set(vault().names())

    with pytest.raises(DomainError) as refusal:
        hold(staff.handler, key, hostile.name, hostile.content)

    assert refusal.value.field == "files"
    assert held_enclosures(staff.handler, key) == []
    assert set(vault().names()) == before


@pytest.mark.parametrize("name", ["iphone.heic", "scan.tiff"])
def test_a_kind_that_not_every_member_can_open_is_refused(staff: Staff, name: str) -> None:
    with pytest.raises(DomainError, match="PDF, un JPEG ou un PNG"):
        hold(staff.handler, uuid4(), name, GOOD[name])


def test_three_files_go_with_a_message_and_no_fourth(staff: Staff) -> None:
    """A42."""
    key = uuid4()
    for number in range(3):
        hold(staff.handler, key, f"{number}.pdf")
    hold(staff.handler, key, "0.pdf")

    with pytest.raises(DomainError, match="trois fichiers"):
        hold(staff.handler, key, "3.pdf")

    assert [one.name for one in held_enclosures(staff.handler, key)] == ["0.pdf", "1.pdf", "2.pdf"]


@pytest.mark.parametrize("limit", ["MOST_A_DAY", "MOST_HELD"])
def test_an_agent_fills_no_disk(staff: Staff, monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    """A42: a quota per person."""
    monkeypatch.setattr(enclosing, limit, 2)
    hold(staff.handler, uuid4())
    hold(staff.handler, uuid4())

    with pytest.raises(DomainError) as refusal:
        hold(staff.handler, uuid4())

    assert refusal.value.field == "files"
    hold(staff.supervisor, uuid4())


@pytest.mark.parametrize("role", [Role.READER, Role.PAYER, Role.DPO])
def test_who_does_not_answer_encloses_and_takes_back_nothing(asked: Asked, staff: Staff, role: Role) -> None:
    """A75."""
    request, somebody = asked(), agent("x@example.org", "Xavier Lormel", role)
    (file,) = answered(staff.handler, request)

    with pytest.raises(DomainError, match="Votre rôle"):
        hold(somebody, uuid4())
    with pytest.raises(DomainError, match="Votre rôle"):
        take_back(somebody, request.reference, file.pk, now=timezone.now())


def test_a_form_that_is_not_sent_is_forgotten_after_a_day(staff: Staff) -> None:
    """A50."""
    kept = hold(staff.handler, uuid4())
    RequestFile.objects.filter(pk=kept).update(kept_at=timezone.now() - timedelta(hours=25))

    purge_held({})

    assert not RequestFile.objects.exists()


def test_a_proposed_file_is_forgotten_once_the_request_ended_without_it(
    asked: Asked, staff: Staff, viewer: Viewer
) -> None:
    request, key = asked(type=SECOND_LOOK), uuid4()
    kept = hold(staff.handler, key)
    actions.answer(staff.handler, request.reference, words="Voici", form_key=key, now=timezone.now())
    RequestFile.objects.update(kept_at=timezone.now() - timedelta(hours=25))

    purge_held({})
    assert RequestFile.objects.filter(pk=kept).exists()
    withdraw(viewer, request.reference, now=timezone.now())
    purge_held({})

    assert not RequestFile.objects.filter(pk=kept).exists()
    assert request.files.count() == 1


def test_who_reads_the_request_reads_what_was_enclosed_and_nobody_else(
    asked: Asked, staff: Staff, household: Household
) -> None:
    """A36: the rule of `sight.py`."""
    request = asked(concerns=household.spouse)
    (file,) = answered(staff.handler, request)
    viewers = {
        name: viewer_of(getattr(household, name).account_id) for name in ("primary", "spouse", "adult_child")
    }

    seen = {name: content(one, request, file) for name, one in viewers.items() if one}

    assert seen == {"primary": PDF, "spouse": PDF, "adult_child": None}


def test_a_leaflet_makes_no_doubles_of_two_requests(asked: Asked, staff: Staff) -> None:
    first, second = asked(), asked()
    RequestFile.objects.filter(request=second).update(sha256="another")
    answered(staff.handler, first)
    answered(staff.handler, second)

    assert duplicates_of(staff.handler, first.reference, on=timezone.localdate()) == ()


def test_a_paper_that_an_agent_sends_back_elsewhere_makes_no_double(asked: Asked, staff: Staff) -> None:
    first, second = asked(), asked()
    RequestFile.objects.filter(request=second).update(sha256="another")
    answered(staff.handler, second)
    enclosed = RequestFile.objects.filter(request=second, enclosed_by=staff.handler.id)
    enclosed.update(sha256=RequestFile.objects.get(request=first).sha256)

    assert duplicates_of(staff.handler, first.reference, on=timezone.localdate()) == ()


def test_what_was_enclosed_is_received_and_never_sent(asked: Asked, staff: Staff, viewer: Viewer) -> None:
    request = asked()
    answered(staff.handler, request)
    recipient = recipient_of(viewer, now=timezone.now())

    (branch,) = enclosures(recipient)
    assert branch.rows.count() == 1
    assert "attestation.pdf" not in [one.name for one in sent_by(recipient)]
    (told,) = [one for one in queries.ledger() if one["reference"] == request.reference]
    assert len(told["sha256"]) == 1


def test_whoever_is_concerned_did_not_send_it_either(
    asked: Asked, staff: Staff, household: Household
) -> None:
    request = asked(concerns=household.spouse)
    answered(staff.handler, request)
    spouse = viewer_of(household.spouse.account_id)
    assert spouse is not None

    files = sent_by(recipient_of(spouse, now=timezone.now()))

    assert [one.reference for one in files] == [request.reference]
    assert "attestation.pdf" not in [one.name for one in files]


def test_the_copy_of_ones_data_holds_it_and_opens_it(asked: Asked, staff: Staff, viewer: Viewer) -> None:
    """A79: and so it can no longer be taken back."""
    request = asked()
    (file,) = answered(staff.handler, request)

    files = list(own_files_of(viewer, language="fr", on=timezone.localdate()))

    assert any(one.path.endswith("-attestation.pdf") for one in files)
    tables = {one.name: one for one in personal_data_of(viewer.person_id)}
    names = [row[1] for row in tables["request_files"].rows()]
    assert "attestation.pdf" in names
    file.refresh_from_db()
    assert file.read_at is not None


def test_a_second_agent_reads_it_before_it_leaves(asked: Asked, staff: Staff, viewer: Viewer) -> None:
    """A78: bound to what was proposed, files included."""
    request, key = asked(type=SECOND_LOOK), uuid4()
    kept, now = hold(staff.handler, key), timezone.now()
    actions.answer(staff.handler, request.reference, words="Voici", form_key=key, now=now)
    RequestFile.objects.filter(pk=kept).update(kept_at=now - timedelta(days=3))
    purge_held({})

    opened = open_request(staff.supervisor, request.reference, network="", now=now)

    assert opened is not None
    assert opened.proposed is not None
    assert [one.name for one in opened.proposed.enclosed] == ["attestation.pdf"]
    assert open_piece(staff.supervisor, request.reference, kept, network="", now=now) is not None
    assert listed(viewer, request) == []
    detail = queries.request_of(viewer, request.reference)
    assert detail is not None
    assert "attestation.pdf" not in [one.name for one in detail.files]
    assert queries.file_of(viewer, request.reference, kept) is None
    assert not any("attestation" in one.path for one in own_files_of(viewer, language="fr", on=now.date()))
    assert "attestation.pdf" not in [
        row[1]
        for table in personal_data_of(viewer.person_id)
        if table.name == "request_files"
        for row in table.rows()
    ]

    actions.approve(staff.supervisor, request.reference, binding=opened.proposed.binding, now=now)

    assert listed(viewer, request) == ["attestation.pdf"]


def test_a_proposed_file_binds_the_agreement(asked: Asked, staff: Staff) -> None:
    """A78: another file in its place, and the agreement is void; what was proposed before is erased."""
    request, key, now = asked(type=SECOND_LOOK), uuid4(), timezone.now()
    hold(staff.handler, key)
    actions.answer(staff.handler, request.reference, words="Voici", form_key=key, now=now)
    before = Proposal.objects.get().binding

    actions.answer(staff.handler, request.reference, words="Voici", now=now)

    with pytest.raises(DomainError, match="a changé"):
        actions.approve(staff.supervisor, request.reference, binding=before, now=now)
    assert not RequestFile.objects.filter(enclosed_by=staff.handler.id).exists()


def test_a_wrong_paper_is_erased_with_its_name_before_anybody_opened_it(
    asked: Asked, staff: Staff, viewer: Viewer, django_capture_on_commit_callbacks: object
) -> None:
    request = asked()
    (file,) = answered(staff.handler, request, "Mme Durand.pdf")
    stored = file.stored_name

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert not take_back(staff.handler, request.reference, file.pk, now=timezone.now())

    assert listed(viewer, request) == [""]
    with pytest.raises(queries.NotReadable):
        queries.file_of(viewer, request.reference, file.pk)
    assert stored not in list(vault().names())
    assert findings() == []
    opened = open_request(staff.handler, request.reference, network="", now=timezone.now())
    assert opened is not None
    assert file.pk not in {one.id for one in opened.pieces}
    assert Entry.objects.get(kind="EnclosureWithdrawn").data["replaced"] is False
    with pytest.raises(DomainError, match="plus joint"):
        take_back(staff.handler, request.reference, file.pk, now=timezone.now())


def test_what_was_opened_is_not_taken_back(asked: Asked, staff: Staff, viewer: Viewer) -> None:
    request = asked()
    (file,) = answered(staff.handler, request)
    content(viewer, request, file)

    with pytest.raises(DomainError, match="a été ouvert"):
        take_back(staff.handler, request.reference, file.pk, now=timezone.now())

    assert content(viewer, request, file) == PDF


def test_an_agent_who_looks_at_it_has_not_opened_it_for_the_member(asked: Asked, staff: Staff) -> None:
    request = asked()
    (file,) = answered(staff.handler, request)

    open_piece(staff.handler, request.reference, file.pk, network="", now=timezone.now())

    file.refresh_from_db()
    assert file.read_at is None


def test_what_is_opened_while_it_is_taken_back_is_one_or_the_other(asked: Asked, staff: Staff) -> None:
    """Whoever opens it looked at the row before it was erased: the erasing is seen all the same."""
    request = asked()
    (file,) = answered(staff.handler, request)
    take_back(staff.handler, request.reference, file.pk, now=timezone.now())

    assert file.is_readable
    assert not queries.note_opened(file)


def test_another_paper_takes_its_place_and_the_member_is_told(
    asked: Asked, staff: Staff, viewer: Viewer
) -> None:
    request, key = asked(), uuid4()
    (file,) = answered(staff.handler, request)
    right = hold(staff.handler, key, "la bonne.pdf", PDF + b"\n")

    assert take_back(staff.handler, request.reference, file.pk, form_key=key, now=timezone.now())

    assert sorted(listed(viewer, request)) == ["", "la bonne.pdf"]
    assert RequestFile.objects.get(pk=right).message_id == file.message_id
    assert Entry.objects.get(kind="EnclosureWithdrawn").data["replaced"] is True


def test_a_colleague_says_why_before_taking_it_back(asked: Asked, staff: Staff) -> None:
    """A68: the request is over, and was not theirs."""
    request = asked()
    (file,) = answered(staff.handler, request)

    with pytest.raises(ReasonNeeded):
        take_back(staff.supervisor, request.reference, file.pk, now=timezone.now())
    state_reason(staff.supervisor, request.reference, why=Why.CHECK, words="", now=timezone.now())
    take_back(staff.supervisor, request.reference, file.pk, now=timezone.now())

    file.refresh_from_db()
    assert file.name == ""


@pytest.mark.parametrize("whose", ["members", "held", "proposed"])
def test_only_what_has_left_is_taken_back(asked: Asked, staff: Staff, whose: str) -> None:
    request, key = asked(type=SECOND_LOOK), uuid4()
    file_id = request.files.get().pk if whose == "members" else hold(staff.handler, key)
    if whose == "proposed":
        actions.answer(staff.handler, request.reference, words="Voici", form_key=key, now=timezone.now())

    with pytest.raises(DomainError, match="plus joint"):
        take_back(staff.handler, request.reference, file_id, now=timezone.now())

    assert RequestFile.objects.get(pk=file_id).name


@pytest.fixture
def antivirus_set_up(settings: LazySettings) -> None:
    settings.ENTRAIDE = dataclasses.replace(settings.ENTRAIDE, antivirus_url="clamd://127.0.0.1:9")


def infect(file: RequestFile) -> None:
    verdict = scanning.Verdict("Eicar-Test-Signature")
    scanning._set_apart(RequestFile.objects.get(pk=file.pk), verdict, now=timezone.now())


@pytest.mark.usefixtures("antivirus_set_up")
def test_nobody_opens_it_before_there_is_a_verdict(asked: Asked, staff: Staff, viewer: Viewer) -> None:
    """A47: it is listed, closed, and not yet among what was received."""
    request = asked()
    (file,) = answered(staff.handler, request)

    assert file.scan_state == ScanState.RECEIVED
    with pytest.raises(queries.NotReadable):
        queries.file_of(viewer, request.reference, file.pk)
    with pytest.raises(queries.NotReadable):
        open_piece(staff.handler, request.reference, file.pk, network="", now=timezone.now())
    (branch,) = enclosures(recipient_of(viewer, now=timezone.now()))
    assert not branch.rows.exists()
    file.refresh_from_db()
    assert file.read_at is None


@pytest.mark.usefixtures("antivirus_set_up")
def test_a_virus_is_told_to_the_agent_and_asks_nothing_of_the_member(
    asked: Asked, staff: Staff, viewer: Viewer
) -> None:
    request = asked()
    (file,) = answered(staff.handler, request)

    infect(file)

    file.refresh_from_db()
    found = queries.request_of(viewer, request.reference)
    assert found is not None
    assert (found.card.state, found.must_resend) == (RequestState.DONE, False)
    assert file.stored_name in list(quarantine().names())
    fact = Entry.objects.get(kind="EnclosureInfected")
    assert (fact.data["agent"], fact.data["tells"], fact.about) == (str(staff.handler.id), True, None)
    assert "enclosure_infected" in findings()
    with pytest.raises(DomainError, match="qui le remplace"):
        take_back(staff.handler, request.reference, file.pk, now=timezone.now())

    key = uuid4()
    hold(staff.handler, key, "saine.pdf", PDF + b"\n")
    take_back(staff.handler, request.reference, file.pk, form_key=key, now=timezone.now())

    assert "enclosure_infected" not in findings()
    file.refresh_from_db()
    assert file.stored_name in list(quarantine().names())


@pytest.mark.usefixtures("antivirus_set_up")
def test_an_infected_file_does_not_leave(asked: Asked, staff: Staff) -> None:
    request, key = asked(), uuid4()
    kept = hold(staff.handler, key)
    infect(RequestFile.objects.get(pk=kept))

    with pytest.raises(DomainError, match="virus") as refusal:
        actions.answer(staff.handler, request.reference, words="Voici", form_key=key, now=timezone.now())

    assert refusal.value.field == "files"
    request.refresh_from_db()
    assert request.state == RequestState.RECEIVED
    assert Entry.objects.get(kind="EnclosureInfected").data["tells"] is False


@pytest.mark.usefixtures("antivirus_set_up")
def test_a_file_that_was_taken_back_is_scanned_no_more(asked: Asked, staff: Staff) -> None:
    request = asked()
    (file,) = answered(staff.handler, request)
    take_back(staff.handler, request.reference, file.pk, now=timezone.now())

    scanning.scan(file.pk, now=timezone.now())

    file.refresh_from_db()
    assert file.scan_state == ScanState.WITHDRAWN


def test_the_members_papers_alone_decide_whether_a_request_is_checked(asked: Asked, staff: Staff) -> None:
    request = asked()
    request.files.update(scan_state=ScanState.CLEAN)
    hold(staff.handler, uuid4())
    RequestFile.objects.filter(enclosed_by__isnull=False).update(request=request)

    scanning.check_once_clean(request.pk, now=MONDAY)

    request.refresh_from_db()
    assert request.state == RequestState.CHECKED


def test_the_mail_says_that_something_is_enclosed_and_not_what(asked: Asked, staff: Staff) -> None:
    request = asked()
    answered(staff.handler, request, "prothèse.pdf", "autre.pdf")
    drain()

    mail = Delivery.objects.get(notice="request_answered")
    assert "2 documents y sont joints" in mail.body
    assert "prothèse" not in mail.body
