"""Reading a sent file on the screen (A36, A44, A46)."""

import dataclasses
import io
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.requests.models import Request, RequestFile
from entraide.portal.domain.requests.storage import vault
from tests.conftest import Household
from tests.portal.domain.requests.samples import GOOD, pdf
from tests.portal.member_site.requests.conftest import Answers, text_of, upload


@pytest.fixture
def address(sent: Request) -> str:
    """The page that shows Anne's photo."""
    photo = next(one for one in sent.files.all() if one.name == "photo.jpg")
    return f"/demandes/{sent.reference}/fichiers/{photo.pk}/voir/"


def test_the_request_leads_to_each_file_to_read_and_to_keep(
    member_client: Client, sent: Request, address: str
) -> None:
    page = text_of(member_client.get(f"/demandes/{sent.reference}/"))

    assert f'href="{address}"' in page
    assert f'href="{address.removesuffix("voir/")}"' in page


def test_a_file_is_shown_as_a_picture_drawn_anew(member_client: Client, address: str) -> None:
    page = text_of(member_client.get(address))
    picture = member_client.get(f"{address}1.jpg")

    assert f'src="{address}1.jpg"' in page
    assert 'alt="Page 1 sur 1 du fichier photo.jpg"' in page
    assert page.count("<h1") == 1
    assert Image.open(io.BytesIO(picture.content)).size == (60, 40)
    assert picture.content != GOOD["photo.jpg"]
    assert picture.headers["Content-Type"] == "image/jpeg"
    assert picture.headers["X-Content-Type-Options"] == "nosniff"
    assert picture.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert picture.headers["Cache-Control"] == "private, no-store"


def test_each_page_of_a_file_has_its_own_address(member_client: Client, answers: Answers) -> None:
    member_client.post("/depot/", answers(files=[upload("facture.pdf", pdf(pages=3))]))
    row = RequestFile.objects.select_related("request").get()
    base = f"/demandes/{row.request.reference}/fichiers/{row.pk}/voir/"  # type: ignore[union-attr]

    second = text_of(member_client.get(f"{base}?page=2"))

    assert f'src="{base}2.jpg"' in second
    assert "Page 2 sur 3" in second
    assert member_client.get(f"{base}3.jpg").status_code == 200
    assert member_client.get(f"{base}4.jpg").status_code == 404
    assert f'src="{base}3.jpg"' in text_of(member_client.get(f"{base}?page=99"))
    assert f'src="{base}1.jpg"' in text_of(member_client.get(f"{base}?page=x"))


def test_what_cannot_be_drawn_can_still_be_downloaded(member_client: Client, sent: Request) -> None:
    """As a file from before its kind was drawn."""
    row = sent.files.first()
    assert row is not None
    RequestFile.objects.filter(pk=row.pk).update(stored_name=vault().keep([b"%PDF-1.7 cut"]).name)
    address = f"/demandes/{sent.reference}/fichiers/{row.pk}/voir/"

    page = text_of(member_client.get(address))

    assert "ne peut pas être affiché ici" in page
    assert "sent-page" not in page
    assert member_client.get(f"{address}1.jpg").status_code == 404


def test_a_file_that_waits_for_the_antivirus_is_not_shown(
    member_client: Client, sent: Request, address: str, settings: LazySettings
) -> None:
    """A47: nor one that is infected."""
    settings.ENTRAIDE = dataclasses.replace(settings.ENTRAIDE, antivirus_url="clamd://localhost:1")
    for state in ("received", "scanning", "error", "infected"):
        RequestFile.objects.update(scan_state=state)

        for page in (address, f"{address}1.jpg"):
            answer = member_client.get(page)
            assert answer.status_code == 302
            assert answer.headers["Location"] == f"/demandes/{sent.reference}/"


def test_a_file_of_someone_else_is_404(
    sent: Request, address: str, household: Household, stranger: Beneficiary, sign_in: object
) -> None:
    for person in (household.spouse, household.adult_child, stranger):
        other = sign_in(Client(), person)  # type: ignore[operator]
        assert [other.get(page).status_code for page in (address, f"{address}1.jpg")] == [404] * 2
    unknown = f"/demandes/{sent.reference}/fichiers/{uuid4()}/voir/"
    assert sign_in(Client(), household.primary).get(unknown).status_code == 404  # type: ignore[operator]


def test_anonymous_goes_to_sign_in_and_other_methods_are_405(
    client: Client, member_client: Client, address: str
) -> None:
    for page in (address, f"{address}1.jpg"):
        assert Client().get(page).headers["Location"].startswith("/connexion/")
        assert member_client.post(page).status_code == 405


def test_the_page_asks_the_database_little_and_speaks_english(member_client: Client, address: str) -> None:
    member_client.get(address)
    with CaptureQueriesContext(connection) as captured:
        page = text_of(member_client.get(address, headers={"accept-language": "en"}))

    assert len(captured) <= 12
    assert "Download the original file" in page
