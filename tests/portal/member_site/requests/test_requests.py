"""Following a request: list, proof, own files (B-01, A36, A46)."""

import hashlib
import io
from datetime import timedelta
from uuid import uuid4

import pikepdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from entraide.portal.domain.consultations.models import Consultation
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.requests.models import Request, Step
from entraide.portal.domain.requests.receipt import verify_receipt
from entraide.portal.foundation.tasks.queue import drain
from tests.conftest import Household
from tests.portal.domain.requests.samples import GOOD
from tests.portal.member_site.requests.conftest import Answers, text_of, upload


def pages_of(request: Request) -> list[str]:
    base = f"/demandes/{request.reference}/"
    return [base, f"{base}recu.pdf", *(f"{base}fichiers/{one.pk}/" for one in request.files.all())]


def test_the_receipt_says_what_arrived_and_what_comes(member_client: Client, sent: Request) -> None:
    """B-01: reference, promise, and name, size and SHA-256 of each file."""
    page = text_of(member_client.get(f"/demandes/{sent.reference}/?envoye=1"))

    assert "Vos documents sont bien arrivés" in page
    assert sent.reference in page
    assert "au plus tard le" in page
    for name in ("facture.pdf", "photo.jpg"):
        assert name in page
        assert hashlib.sha256(GOOD[name]).hexdigest() in page
    assert f"/demandes/{sent.reference}/recu.pdf" in page
    assert page.count("<h1") == 1


def test_later_the_page_shows_where_it_stands(member_client: Client, sent: Request) -> None:
    Step.objects.create(request=sent, state="in_progress", at=timezone.now())
    Request.objects.update(state="in_progress")

    page = text_of(member_client.get(f"/demandes/{sent.reference}/"))

    assert "Vos documents sont bien arrivés" not in page
    assert "En cours" in page
    assert "Ma facture" in page
    assert page.count("<h1") == 1


def test_the_receipt_in_pdf_is_sealed_and_says_the_same(member_client: Client, sent: Request) -> None:
    response = member_client.get(f"/demandes/{sent.reference}/recu.pdf")

    proof = verify_receipt(response.content)
    document = pikepdf.open(io.BytesIO(response.content))
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{sent.reference}.pdf"'
    assert bool(document.Root.MarkInfo.Marked)
    assert proof.reference == sent.reference
    assert [(one.name, one.sha256) for one in proof.files] == [
        (name, hashlib.sha256(GOOD[name]).hexdigest()) for name in ("facture.pdf", "photo.jpg")
    ]


def test_own_files_come_back_byte_for_byte(member_client: Client, sent: Request) -> None:
    """A46: as an attachment, never opened inside our pages."""
    for one in sent.files.all():
        response = member_client.get(f"/demandes/{sent.reference}/fichiers/{one.pk}/")

        assert b"".join(response.streaming_content) == GOOD[one.name]
        assert response.headers["Content-Length"] == str(len(GOOD[one.name]))
        assert response.headers["Content-Type"] == one.media_type
        assert response.headers["Content-Disposition"] == f'attachment; filename="{one.name}"'
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert "no-store" in response.headers["Cache-Control"]


def test_a_name_with_accents_is_written_as_the_rfc_says(member_client: Client, answers: Answers) -> None:
    """A46, RFC 6266."""
    member_client.post("/depot/", answers(files=[upload('reçu "d’été".pdf', GOOD["facture.pdf"])]))
    request = Request.objects.get()

    response = member_client.get(f"/demandes/{request.reference}/fichiers/{request.files.get().pk}/")

    assert response.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''re%C3%A7u%20")


def test_the_list_shows_the_newest_first(member_client: Client, sent: Request, answers: Answers) -> None:
    Request.objects.update(received_at=timezone.now() - timedelta(days=3))
    member_client.post("/depot/", answers())
    newest = Request.objects.order_by("received_at").last()
    assert newest is not None

    page = text_of(member_client.get("/demandes/"))

    assert page.index(newest.reference) < page.index(sent.reference)
    assert "Reçue" in page


def test_an_empty_list_says_what_to_do(member_client: Client) -> None:
    page = text_of(member_client.get("/demandes/"))

    assert "Aucune demande pour le moment" in page
    assert 'href="/depot/"' in page


def test_what_is_someone_else_s_is_404(
    sent: Request, household: Household, stranger: Beneficiary, sign_in: object
) -> None:
    """A36: the same answer as for what does not exist, even inside the family."""
    for person in (household.spouse, household.adult_child, stranger):
        other = sign_in(Client(), person)  # type: ignore[operator]
        assert [other.get(page).status_code for page in pages_of(sent)] == [404] * 4
        assert sent.reference not in text_of(other.get("/demandes/"))


def test_the_person_concerned_reads_it_and_their_reading_is_noted(
    member_client: Client, answers: Answers, household: Household, sign_in: object
) -> None:
    """Matrix 2.4, A68: everything but the receipt, which is the sender's proof."""
    member_client.post("/depot/", answers(beneficiary=str(household.spouse.pk)))
    request = Request.objects.get()
    bruno = sign_in(Client(), household.spouse)  # type: ignore[operator]
    detail, receipt, file = pages_of(request)

    page = text_of(bruno.get(detail + "?envoye=1"))

    assert "Anne Vautrin l’a envoyée" in page
    assert "Vos documents sont bien arrivés" not in page
    assert "recu.pdf" not in page
    assert bruno.get(receipt).status_code == 404
    assert b"".join(bruno.get(file).streaming_content) == GOOD["facture.pdf"]
    assert "par Anne Vautrin pour vous" in text_of(bruno.get("/demandes/"))
    assert "envoyé par Anne Vautrin" in text_of(bruno.get("/documents/envoyes/"))
    drain()
    noted = Consultation.objects.filter(person=household.primary, reader=household.spouse.pk)
    assert set(noted.values_list("seen", "object_id")) == {
        ("request", request.pk), ("request", None), ("document", request.files.get().pk)
    }  # fmt: skip


def test_reading_ones_own_is_not_noted(member_client: Client, sent: Request) -> None:
    for page in ["/demandes/", "/documents/envoyes/", *pages_of(sent)]:
        member_client.get(page)
    drain()

    assert not Consultation.objects.exists()


def test_what_does_not_exist_is_404(member_client: Client, sent: Request) -> None:
    for address in (
        "/demandes/MESE-0000-0000/",
        "/demandes/x/recu.pdf",
        f"/demandes/{sent.reference}/fichiers/{uuid4()}/",
        f"/demandes/MESE-0000-0000/fichiers/{sent.files.first().pk}/",  # type: ignore[union-attr]
    ):
        assert member_client.get(address).status_code == 404


def test_anonymous_goes_to_sign_in(client: Client, sent: Request) -> None:
    for address in ["/demandes/", *pages_of(sent)]:
        response = client.get(address)
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/connexion/")


def test_other_methods_are_405(member_client: Client, sent: Request) -> None:
    for address in ["/demandes/", *pages_of(sent)]:
        assert member_client.post(address).status_code == 405


@pytest.mark.parametrize("page", ["/demandes/", "detail", "receipt"])
def test_pages_ask_the_database_the_same_however_much_was_sent(
    member_client: Client, sent: Request, answers: Answers, page: str
) -> None:
    address = {"detail": pages_of(sent)[0], "receipt": pages_of(sent)[1]}.get(page, page)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert member_client.get(address).status_code == 200
        return len(captured)

    queries()
    few = queries()
    for _ in range(4):
        member_client.post("/depot/", answers())

    assert queries() == few <= 12
