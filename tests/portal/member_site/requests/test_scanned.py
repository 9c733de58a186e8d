"""What a member sees of the antivirus: what waits, what was found, what to do (A47)."""

import dataclasses
from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from django.test import Client

from entraide.portal.domain.requests.models import Request, RequestFile
from entraide.portal.foundation.tasks.queue import drain
from entraide.portal.gateways import antivirus
from tests.clamav import EICAR, Clamd, free_port, own_clamd
from tests.portal.domain.requests.samples import pdf
from tests.portal.member_site.requests.conftest import Answers, text_of, upload

pytestmark = pytest.mark.django_db(transaction=True)
INFECTED = pdf(words=EICAR.decode(), compress_streams=False)


@pytest.fixture(scope="module")
def clamd() -> Iterator[Clamd]:
    with own_clamd() as running:
        yield running


@pytest.fixture
def protected(settings: LazySettings, clamd: Clamd, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(antivirus, "_resting", {})
    settings.ENTRAIDE = dataclasses.replace(settings.ENTRAIDE, antivirus_url=clamd.url)


@pytest.fixture
def waiting(settings: LazySettings, member_client: Client, answers: Answers) -> Request:
    url = f"clamd://127.0.0.1:{free_port()}"
    settings.ENTRAIDE = dataclasses.replace(settings.ENTRAIDE, antivirus_url=url)
    member_client.post("/depot/", answers())
    return Request.objects.get()


@pytest.fixture
def infected(protected: None, member_client: Client, answers: Answers) -> Request:
    member_client.post("/depot/", answers(files=[upload("virus.pdf", INFECTED), upload("photo.jpg")]))
    drain()
    return Request.objects.get()


def address_of(request: Request, name: str) -> str:
    found = next(one for one in request.files.all() if one.name == name)
    return f"/demandes/{request.reference}/fichiers/{found.pk}/"


def test_a_file_that_waits_says_so_and_does_not_open(member_client: Client, waiting: Request) -> None:
    address = address_of(waiting, "facture.pdf")

    page = text_of(member_client.get(f"/demandes/{waiting.reference}/?envoye=1"))
    answer = member_client.get(address)

    assert "Vos documents sont bien arrivés" in page
    assert "En cours de contrôle" in page
    assert address not in page
    assert address not in text_of(member_client.get("/documents/envoyes/"))
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/demandes/{waiting.reference}/"


def test_an_infected_file_is_told_with_what_to_do_and_never_opens(
    member_client: Client, infected: Request
) -> None:
    page = text_of(member_client.get(f"/demandes/{infected.reference}/"))

    assert "Un fichier est à renvoyer" in page
    assert "Virus trouvé" in page
    assert "En attente de vous" in page
    assert f'href="/demandes/{infected.reference}/repondre/"' in page
    assert "Fichier à renvoyer" in page
    assert address_of(infected, "virus.pdf") not in page
    assert member_client.get(address_of(infected, "virus.pdf")).status_code == 302
    assert member_client.get(address_of(infected, "photo.jpg")).status_code == 200
    assert member_client.get(f"/demandes/{infected.reference}/recu.pdf").status_code == 200


@pytest.mark.usefixtures("protected")
def test_a_form_with_an_infected_file_names_it(member_client: Client, answers: Answers) -> None:
    form = answers(files=[upload("virus.pdf", INFECTED)], action="add")
    member_client.post("/depot/", form)
    drain()

    answer = member_client.post("/depot/", {**form, "action": "send", "files": []})

    assert answer.status_code == 422
    assert "L’antivirus a trouvé un virus dans « virus.pdf »" in text_of(answer)
    assert not Request.objects.exists()
    member_client.post("/depot/", {**form, "action": f"remove:{RequestFile.objects.get().pk}", "files": []})
    assert not RequestFile.objects.exists()


def test_in_english_too(member_client: Client, infected: Request) -> None:
    page = text_of(member_client.get(f"/demandes/{infected.reference}/", headers={"accept-language": "en"}))

    assert "A file needs to be sent again" in page
    assert "Virus found" in page
