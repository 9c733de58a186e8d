"""/documents/, /documents/information/ and the PDFs (DOC-01, DOC-02)."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from entraide.portal.domain.members.models import Beneficiary
from tests.conftest import Household
from tests.portal.domain.library.shelf import PDF, put

SignIn = Callable[[Client, Beneficiary], Client]
ADDRESSES = (
    "/documents/",
    "/documents/information/",
    "/documents/00000000-0000-4000-8000-000000000000.pdf",
)


def test_a_document_shows_title_date_kind_and_size(member_client: Client, vault_dir: Path) -> None:
    """DOC-01."""
    put("Tableau de garanties 2026", vault_dir=vault_dir)

    page = member_client.get("/documents/").content.decode()

    for words in ("Tableau de garanties 2026", "janvier 2026", "Garanties", "179 ko"):
        assert words in page


def test_the_shelves_are_apart(member_client: Client, vault_dir: Path) -> None:
    """DOC-02."""
    put("Bulletin de santé", vault_dir=vault_dir, shelf="information", kind="health-letter")

    assert "Bulletin de santé" not in member_client.get("/documents/").content.decode()
    assert "Bulletin de santé" in member_client.get("/documents/information/").content.decode()


def test_titles_are_in_the_language_of_the_reader(member_client: Client, vault_dir: Path) -> None:
    put("Tableau", vault_dir=vault_dir)

    assert (
        "Tableau (EN)" in member_client.get("/documents/", headers={"accept-language": "en"}).content.decode()
    )


def test_a_kind_that_the_portal_does_not_know_is_a_document(member_client: Client, vault_dir: Path) -> None:
    put("Annexe", vault_dir=vault_dir, kind="annex-7")

    page = member_client.get("/documents/").content.decode()

    assert "Document, " in page
    assert "annex-7" not in page


def test_an_empty_shelf_says_so(member_client: Client) -> None:
    assert "Cette étagère est vide" in member_client.get("/documents/").content.decode()


def test_the_pdf_comes_byte_for_byte_and_is_not_kept(member_client: Client, vault_dir: Path) -> None:
    document = put("Tableau de garanties", vault_dir=vault_dir)

    response = member_client.get(f"/documents/{document.pk}.pdf")

    assert b"".join(response.streaming_content) == PDF  # type: ignore[attr-defined]
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Length"] == str(len(PDF))
    assert response.headers["Content-Disposition"] == 'inline; filename="tableau-de-garanties.pdf"'
    assert response.headers["Cache-Control"] == "no-store"


def test_another_members_pdf_is_not_found(
    client: Client, household: Household, stranger: Beneficiary, sign_in: SignIn, vault_dir: Path
) -> None:
    """A36."""
    document = put("Échéancier", vault_dir=vault_dir, member=household.member)

    for person in (stranger, household.spouse):
        assert sign_in(Client(), person).get(f"/documents/{document.pk}.pdf").status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_asks_the_same_number_of_questions_whatever_its_size(
    member_client: Client, vault_dir: Path, count: int, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    for number in range(count):
        put(f"Papier {number}", vault_dir=vault_dir, content=b"%PDF-1.7 x")

    with django_assert_max_num_queries(5):
        member_client.get("/documents/")


@pytest.mark.parametrize("address", ADDRESSES)
def test_anonymous_goes_to_sign_in(client: Client, db: None, address: str) -> None:
    assert client.get(address).headers["Location"].startswith("/connexion/?next=")


@pytest.mark.parametrize("address", ADDRESSES)
def test_posting_is_not_allowed(member_client: Client, address: str) -> None:
    assert member_client.post(address).status_code == 405
