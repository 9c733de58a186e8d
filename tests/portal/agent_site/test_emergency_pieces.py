"""The pieces of a request in an emergency: pages drawn anew, each noted, never the file itself (A46, A76)."""

from uuid import uuid4

import pytest
from django.test import Client

from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.consultations.models import Consultation
from entraide.portal.domain.requests.models import Request, RequestFile
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.tasks.queue import drain
from tests.conftest import Household
from tests.portal.agent_site.steps import words
from tests.portal.agent_site.test_emergency import PAGE, SAID, STOP, person
from tests.portal.agent_site.test_pieces import piece, request_
from tests.portal.agent_site.test_requests import signed_in

__all__ = ["request_"]


@pytest.fixture
def reader(request_: Request, household: Household) -> Client:
    """Rose, who reads no care and has this family's file open."""
    for role, name in ((Role.SUPERVISOR, "Solène Abgrall"), (Role.SECURITY_ADMIN, "Alma Quéré")):
        person(role, name)
    client = signed_in(Role.READER, "Rose Lecteur")
    opened = client.post(PAGE, {"whose": household.primary.number, "request_key": str(uuid4()), **SAID})
    assert opened.status_code == 303
    return client


def of_the_emergency(request: Request, name: str, number: int = 1) -> str:
    return f"{PAGE}demandes/{request.reference}/pieces/{piece(request, name).pk}/{number}.jpg"


def test_a_page_is_drawn_and_noted_with_the_reason(
    reader: Client, request_: Request, household: Household
) -> None:
    page = reader.get(f"{PAGE}demandes/{request_.reference}/").content.decode()
    assert f'src="{of_the_emergency(request_, "facture.pdf")}"' in page

    answer = reader.get(of_the_emergency(request_, "facture.pdf", 3))

    assert answer.content.startswith(b"\xff\xd8")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    drain()
    row = Consultation.objects.get(seen="document", person=household.primary)
    assert row.object_id == piece(request_, "facture.pdf").pk
    assert "INC-4711" in row.reason


def test_what_is_not_there_or_no_longer_open_is_not_shown(reader: Client, request_: Request) -> None:
    assert reader.get(of_the_emergency(request_, "facture.pdf", 4)).status_code == 404
    RequestFile.objects.filter(pk=piece(request_, "photo.jpg").pk).update(scan_state="infected")
    assert reader.get(of_the_emergency(request_, "photo.jpg")).status_code == 302
    shown = {"piece": str(piece(request_, "photo.jpg").pk)}
    assert "Virus trouvé" in words(reader.get(f"{PAGE}demandes/{request_.reference}/", shown))

    reader.post(STOP)

    assert reader.get(of_the_emergency(request_, "facture.pdf")).headers["Location"] == PAGE


def test_who_has_not_chosen_a_password_yet_is_no_witness(reader: Client, household: Household) -> None:
    reader.post(STOP)
    Account.objects.filter(agent__full_name="Alma Quéré").update(must_reset=True)

    refused = reader.post(PAGE, {"whose": household.primary.number, "request_key": str(uuid4()), **SAID})

    assert "il n’y en a pas deux en ce moment" in words(refused)
