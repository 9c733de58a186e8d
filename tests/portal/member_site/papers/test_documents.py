"""/documents/, /documents/information/ and the PDFs (DOC-01, DOC-02)."""

from collections.abc import Callable
from datetime import date
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
    "/documents/recus/",
    "/documents/envoyes/",
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


def test_the_pdf_is_taken_home_when_the_address_says_so(member_client: Client, vault_dir: Path) -> None:
    """DOC-01: viewed and downloaded; the same bytes."""
    document = put("Tableau de garanties", vault_dir=vault_dir)

    page = member_client.get("/documents/").content.decode()
    response = member_client.get(f"/documents/{document.pk}.pdf?download=1")

    assert f'href="/documents/{document.pk}.pdf" target="_blank"' in page
    assert f'href="/documents/{document.pk}.pdf?download=1"' in page
    assert b"".join(response.streaming_content) == PDF  # type: ignore[attr-defined]
    assert response.headers["Content-Disposition"] == 'attachment; filename="tableau-de-garanties.pdf"'
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("how", ["", "?download=1"])
def test_the_file_of_a_personal_document_holds_nobodys_name(
    member_client: Client, household: Household, vault_dir: Path, how: str
) -> None:
    """A40: its title may name its reader, the name on the disk does not."""
    document = put(
        "Attestation de Anne Vautrin", vault_dir=vault_dir, kind="certificate", member=household.member
    )

    named = member_client.get(f"/documents/{document.pk}.pdf{how}").headers["Content-Disposition"]

    assert named.endswith('filename="attestation-2026-01-01.pdf"')


def test_a_document_of_a_segment_is_for_its_members_alone(
    household: Household, sign_in: SignIn, vault_dir: Path
) -> None:
    """DOC-01, DOC-02: not in the list of the others, nor at its address."""
    client = sign_in(Client(), household.spouse)
    for shelf in ("contract", "information"):
        address = "/documents/" if shelf == "contract" else "/documents/information/"
        own = put("Du segment", vault_dir=vault_dir, segment=household.member.segment, shelf=shelf)
        other = put("D’un autre", vault_dir=vault_dir, segment="somebody-elses", shelf=shelf)

        page = client.get(address).content.decode()

        assert "Du segment" in page
        assert "D’un autre" not in page
        assert client.get(f"/documents/{own.pk}.pdf").status_code == 200
        assert client.get(f"/documents/{other.pk}.pdf").status_code == 404


def test_a_short_shelf_has_no_filters_and_a_long_one_finds_by_kind_and_year(
    member_client: Client, vault_dir: Path
) -> None:
    for year in range(2019, 2027):
        put(f"Garanties {year}", vault_dir=vault_dir, published_on=date(year, 1, 1))
    assert 'name="kind"' not in member_client.get("/documents/").content.decode()
    put("Formulaire ancien", vault_dir=vault_dir, kind="form", published_on=date(2020, 1, 1))
    put("Adhésion", vault_dir=vault_dir, kind="membership-form", published_on=date(2021, 1, 1))
    put("Annexe", vault_dir=vault_dir, kind="annex-7", published_on=date(2020, 1, 1))

    whole = member_client.get("/documents/").content.decode()
    forms = member_client.get("/documents/?kind=membership-form").content.decode()
    other = member_client.get("/documents/?kind=other&year=2020").content.decode()
    none = member_client.get("/documents/?kind=other&year=2019")

    assert whole.count(">Formulaire</option>") == 1
    assert "Formulaire ancien" in forms
    assert "Adhésion" in forms
    assert "Garanties 2020" not in forms
    assert "Annexe" in other
    assert "Formulaire ancien" not in other
    assert none.status_code == 200
    assert "Aucun document ne correspond" in none.content.decode()


@pytest.mark.parametrize("query", ["kind=poésie", "year=1830", "year=x", "kind=%00"])
def test_a_filter_that_does_not_exist_is_told(member_client: Client, query: str) -> None:
    for address in ("/documents/", "/documents/information/"):
        answer = member_client.get(f"{address}?{query}")

        assert answer.status_code == 422
        assert "Choisissez dans la liste" in answer.content.decode()


def test_an_empty_shelf_says_what_will_come(member_client: Client) -> None:
    assert "la grille des cotisations" in member_client.get("/documents/").content.decode()
    assert "conseils de santé" in member_client.get("/documents/information/").content.decode()


def test_another_members_pdf_is_not_found(
    client: Client, household: Household, stranger: Beneficiary, sign_in: SignIn, vault_dir: Path
) -> None:
    """A36: the same answer as for what does not exist, whatever way it is asked for."""
    document = put("Échéancier", vault_dir=vault_dir, member=household.member)

    for person in (stranger, household.spouse):
        browser, answers = sign_in(Client(), person), []
        for identifier in (document.pk, "00000000-0000-4000-8000-000000000000"):
            address = f"/documents/{identifier}.pdf"
            answers.append(
                [
                    browser.get(address),
                    browser.head(address),
                    browser.get(address, headers={"range": "bytes=0-10"}),
                    browser.get(f"{address}?download=1"),
                ]
            )
        for theirs, missing in zip(*answers, strict=True):
            assert theirs.status_code == missing.status_code == 404
            assert len(theirs.content) == len(missing.content)
            assert set(theirs.headers) == set(missing.headers)


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
