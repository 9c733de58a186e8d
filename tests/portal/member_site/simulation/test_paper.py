"""The estimate as a PDF, for members (B-03)."""

import re

import pytest
from django.test import Client

from tests.portal.member_site.access.steps import words
from tests.portal.member_site.reimbursements.pdf_text import text_of

pytestmark = pytest.mark.django_db
SPECIALIST = {"act": "CS", "fees": "free", "price": "60"}
QUOTE = {"act_1": "CD", "price_1": "23", "fees": "none"}


def test_a_member_keeps_the_estimate_as_a_pdf_with_the_figures_of_the_page(member_client: Client) -> None:
    """B-03: tagged for screen readers; the same answers give the same bytes."""
    page = words(member_client.get("/simulation/specialiste/", SPECIALIST))
    answer = member_client.get("/simulation/specialiste/estimation.pdf", SPECIALIST)

    paper = text_of(answer.content)
    left = re.search(r"Reste à votre charge ([0-9,]+)", page)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert left is not None
    assert left[1] in paper
    assert "Anne Vautrin" in paper
    assert answer.content == member_client.get("/simulation/specialiste/estimation.pdf", SPECIALIST).content


def test_the_pdf_keeps_the_answers_the_reserves_and_the_cheaper_way(member_client: Client) -> None:
    """B-03: on paper too, nobody reads the amount without what may change it."""
    answer = member_client.get("/simulation/specialiste/estimation.pdf", SPECIALIST)
    supposed = member_client.get("/simulation/analyses/estimation.pdf", {"price": "40"})

    paper = text_of(answer.content)
    for words_of in ("Vos réponses", "60,00", "Ce qui peut changer ce montant", "Une situation particulière"):
        assert words_of in paper
    assert "Avec un médecin sans dépassement" in paper
    assert "En supposant que le tarif" in text_of(supposed.content)


def test_a_price_above_the_legal_limit_has_no_pdf(member_client: Client) -> None:
    crown = {"tooth": "11", "material": "metal_ceramic", "price": "700"}

    answer = member_client.get("/simulation/couronne/estimation.pdf", crown)

    assert answer.headers["Location"].startswith("/simulation/couronne/?")


def test_a_quote_has_its_pdf_too(member_client: Client) -> None:
    answer = member_client.get("/simulation/devis/estimation.pdf", QUOTE)

    assert "Consultation dentaire" in text_of(answer.content)


def test_answers_that_give_no_result_have_no_pdf(member_client: Client) -> None:
    for address in ("/simulation/couronne/", "/simulation/devis/"):
        answer = member_client.get(f"{address}estimation.pdf", {"tooth": "99"})

        assert answer.headers["Location"] == f"{address}?tooth=99"
    assert member_client.get("/simulation/voyance/estimation.pdf").status_code == 404


@pytest.mark.parametrize("address", ["couronne/estimation.pdf", "devis/estimation.pdf"])
def test_the_pdf_is_for_members(client: Client, member_client: Client, address: str) -> None:
    assert client.get(f"/simulation/{address}").headers["Location"].startswith("/connexion/")
    assert member_client.post(f"/simulation/{address}").status_code == 405
