"""Papers that go along with an answer, from the desk to the member's pages (MSG-03, B-14, A42-A47, A68)."""

import errno
import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.consultations.models import Consultation
from entraide.portal.domain.requests.models import Request, RequestFile
from entraide.portal.foundation.tasks.queue import drain
from entraide.portal.foundation.vault.files import FileVault
from entraide.portal.notifications.models import Delivery
from tests.conftest import Household
from tests.portal.agent_site.test_requests import page_of, signed_in
from tests.portal.domain.correspondence.history import ask
from tests.portal.domain.handling.conftest import reference
from tests.portal.domain.requests.samples import GOOD
from tests.portal.member_site.requests.conftest import text_of

KEY = str(UUID(int=7))
WORDS = "Voici l’attestation demandée."


@pytest.fixture
def request_(household: Household) -> Request:
    request = ask(household.primary, at=timezone.now())
    request.reference = reference(7)
    request.team = settings.PROFILE.desk.teams[0].id
    request.save()
    return request


def paper(name: str = "attestation.pdf", content: bytes = GOOD["facture.pdf"]) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def act(client: Client, request: Request, what: str, *files: SimpleUploadedFile, **more: Any) -> Any:
    body = {"act": what, "words": WORDS, "request_key": KEY, "files": list(files), **more}
    return client.post(page_of(request, "agir/"), body)


def enclosed() -> list[RequestFile]:
    return list(RequestFile.objects.filter(enclosed_by__isnull=False))


def joint(request: Request, file: RequestFile) -> str:
    return page_of(request, f"joints/{file.pk}/")


def test_a_paper_goes_from_the_desk_to_every_place_where_the_member_looks(
    agent_client: Client, member_client: Client, request_: Request
) -> None:
    answer = act(agent_client, request_, "answer", paper())
    (file,) = enclosed()
    view = f"/demandes/{request_.reference}/fichiers/{file.pk}/voir/"

    page = text_of(member_client.get(f"/demandes/{request_.reference}/"))
    received = text_of(member_client.get("/documents/recus/"))
    shown = member_client.get(view)
    picture = member_client.get(f"{view}1.jpg")
    download = member_client.get(f"/demandes/{request_.reference}/fichiers/{file.pk}/")

    assert answer.status_code == 303
    assert f'href="{view}"' in page
    assert "non contrôlé par un antivirus" in page
    assert f"Document joint, demande {request_.reference}" in received
    assert f'href="{view}"' in received
    assert shown.status_code == 200
    assert picture.headers["Content-Type"] == "image/jpeg"
    assert b"".join(download.streaming_content) == GOOD["facture.pdf"]  # type: ignore[attr-defined]
    assert download.headers["Content-Disposition"].startswith("attachment")
    assert "Ouvert la première fois le" in text_of(agent_client.get(page_of(request_)))


def test_it_stands_among_the_pieces_of_the_desk(agent_client: Client, request_: Request) -> None:
    act(agent_client, request_, "ask", paper())
    (file,) = enclosed()

    page = text_of(agent_client.get(page_of(request_), {"piece": file.pk}))

    assert "Envoyé par la mutuelle" in page
    assert page_of(request_, f"pieces/{file.pk}/1.jpg") in page
    assert joint(request_, file) in page


def test_whoever_else_is_concerned_opens_it_and_it_is_noted(
    household: Household, agent_client: Client, sign_in: Any
) -> None:
    """A68: as a piece of whoever sent the request."""
    request = ask(household.primary, at=timezone.now(), concerns=household.spouse)
    Request.objects.filter(pk=request.pk).update(reference=reference(8))
    request.refresh_from_db()
    act(agent_client, request, "answer", paper())
    (file,) = enclosed()
    drain()
    before = list(Consultation.objects.values_list("pk", flat=True))

    answer = sign_in(Client(), household.spouse).get(
        f"/demandes/{request.reference}/fichiers/{file.pk}/voir/"
    )
    drain()

    assert answer.status_code == 200
    noted = Consultation.objects.filter(object_id=file.pk).exclude(pk__in=before)
    assert {one.person_id for one in noted} == {household.primary.pk}


@pytest.mark.parametrize("refused", [("facture.exe", b"MZ" + bytes(300)), ("a.pdf", b"")])
def test_a_bad_file_stops_the_answer_and_keeps_words_and_the_good_one(
    agent_client: Client, request_: Request, refused: tuple[str, bytes]
) -> None:
    """A42, A43: nothing is sent; the error stands at its field."""
    answer = act(agent_client, request_, "answer", paper(), paper(*refused))

    page = text_of(answer)
    request_.refresh_from_db()
    assert answer.status_code == 422
    assert request_.state == "received"
    assert WORDS in page
    assert 'id="id_files_error"' in page
    assert re.search(r'name="action" value="remove:[0-9a-f-]+"', page)
    assert act(agent_client, request_, "answer").status_code == 303
    assert [one.name for one in enclosed() if one.message_id] == ["attestation.pdf"]


def test_a_full_disk_sends_nothing_and_keeps_the_words(
    agent_client: Client, request_: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(FileVault, "_write", full)
    answer = act(agent_client, request_, "answer", paper())

    request_.refresh_from_db()
    assert answer.status_code == 507
    assert WORDS in text_of(answer)
    assert (request_.state, enclosed()) == ("received", [])


def test_files_are_added_and_taken_off_before_anything_is_sent(
    agent_client: Client, request_: Request
) -> None:
    added = act(agent_client, request_, "files", paper(), paper("autre.png", GOOD["capture.png"]))
    first, second = enclosed()
    removed = act(agent_client, request_, "", action=f"remove:{first.pk}")

    request_.refresh_from_db()
    assert (added.status_code, removed.status_code) == (200, 200)
    assert "2 fichiers partiront" in text_of(added)
    assert WORDS in text_of(removed)
    assert enclosed() == [second]
    assert request_.state == "received"


def test_a_note_for_colleagues_carries_no_file(agent_client: Client, request_: Request) -> None:
    answer = act(agent_client, request_, "note", paper())

    assert answer.status_code == 422
    assert "Une note ne porte pas de fichier" in text_of(answer)
    assert not request_.notes.exists()


def test_a_wrong_paper_is_taken_back_and_the_page_says_so(
    agent_client: Client, member_client: Client, request_: Request
) -> None:
    act(agent_client, request_, "answer", paper("Mme Durand.pdf"))
    (file,) = enclosed()

    page = text_of(agent_client.get(joint(request_, file)))
    answer = agent_client.post(joint(request_, file), {"act": "withdraw"})

    assert "Mme Durand.pdf" in page
    assert answer.headers["Location"] == page_of(request_)
    member_page = text_of(member_client.get(f"/demandes/{request_.reference}/"))
    assert "Document retiré avant d’avoir été ouvert" in member_page
    assert "Mme Durand" not in member_page
    assert "puis retiré avant" in text_of(agent_client.get(page_of(request_)))
    assert agent_client.get(joint(request_, file)).status_code == 404
    assert member_client.get(f"/demandes/{request_.reference}/fichiers/{file.pk}/voir/").status_code == 302
    drain()
    consulted = text_of(member_client.get("/documents/recus/"))
    assert "Document joint, demande" not in consulted


def test_another_paper_takes_its_place_and_a_mail_says_so(
    agent_client: Client, member_client: Client, request_: Request
) -> None:
    act(agent_client, request_, "answer", paper())
    (wrong,) = enclosed()

    none = agent_client.post(joint(request_, wrong), {"act": "replace", "request_key": KEY})
    bad = agent_client.post(
        joint(request_, wrong), {"act": "replace", "request_key": KEY, "files": [paper("b.pdf", b"")]}
    )
    good = agent_client.post(
        joint(request_, wrong),
        {"act": "replace", "request_key": KEY, "files": [paper("bonne.png", GOOD["capture.png"])]},
    )
    drain()

    assert (none.status_code, bad.status_code, good.status_code) == (422, 422, 303)
    assert "Choisissez le fichier qui le remplace" in text_of(none)
    assert "bonne.png" in text_of(member_client.get(f"/demandes/{request_.reference}/"))
    assert Delivery.objects.filter(notice="enclosure_replaced").count() == 1


def test_once_opened_it_stays_and_the_page_says_what_to_do(
    agent_client: Client, member_client: Client, request_: Request
) -> None:
    act(agent_client, request_, "answer", paper())
    (file,) = enclosed()
    member_client.get(f"/demandes/{request_.reference}/fichiers/{file.pk}/voir/")

    page = text_of(agent_client.get(joint(request_, file)))
    answer = agent_client.post(joint(request_, file), {"act": "withdraw"})

    assert "la protection des données" in page
    assert answer.status_code == 422
    file.refresh_from_db()
    assert file.name == "attestation.pdf"


def test_a_paper_of_a_member_or_of_another_request_is_404(
    agent_client: Client, household: Household, request_: Request
) -> None:
    other = ask(household.primary, at=timezone.now())
    Request.objects.filter(pk=other.pk).update(reference=reference(9))
    other.refresh_from_db()
    act(agent_client, other, "answer", paper())
    (file,) = enclosed()

    theirs = request_.files.get()
    assert agent_client.get(joint(request_, theirs)).status_code == 404
    assert agent_client.get(joint(request_, file)).status_code == 404
    assert agent_client.get(page_of(request_, f"joints/{uuid4()}/")).status_code == 404
    assert agent_client.put(joint(request_, file)).status_code == 405
    assert Client().get(joint(request_, file)).status_code == 302


@pytest.mark.parametrize("role", [Role.READER, Role.PAYER])
def test_who_does_not_answer_sees_no_way_to_take_it_back(
    agent_client: Client, request_: Request, role: Role
) -> None:
    act(agent_client, request_, "ask", paper())
    (file,) = enclosed()
    somebody = signed_in(role)

    assert somebody.get(joint(request_, file)).status_code == 403
    assert joint(request_, file) not in text_of(somebody.get(page_of(request_)))


def test_a_confidential_request_shows_its_papers_to_its_own_people_alone(
    agent_client: Client, request_: Request
) -> None:
    """SOC-01."""
    act(agent_client, request_, "ask", paper())
    (file,) = enclosed()
    Request.objects.filter(pk=request_.pk).update(kind="social_fund")

    assert agent_client.get(joint(request_, file)).status_code == 404
    assert agent_client.get(page_of(request_, f"pieces/{file.pk}/")).status_code == 404
    assert signed_in(Role.SOCIAL_FUND).get(page_of(request_, f"pieces/{file.pk}/")).status_code == 200
