"""Why this amount: the steps on the page of a care, and the same in PDF (B-02)."""

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO

import pikepdf
import pytest
from django.test import Client

from entraide.portal.domain.claims.models import PaymentLine
from entraide.portal.domain.members.models import Beneficiary
from tests.conftest import Household
from tests.portal.domain.claims.care import SECRETS, Care, pay
from tests.portal.member_site.reimbursements.pdf_text import text_of

SignIn = Callable[[Client, Beneficiary], Client]
pytestmark = pytest.mark.usefixtures("tables")
PAID_ON = date(2026, 11, 12)
ASK = "un conseiller vous l’explique volontiers"


def paid_line(household: Household, **changes: object) -> PaymentLine:
    line = pay(household.member, Care(person=household.primary, **changes), on=PAID_ON).lines.first()  # type: ignore[arg-type]
    assert line is not None
    return line


def words(content: bytes) -> str:
    """What is read, without tags, with plain spaces."""
    plain = re.sub(r"<[^>]+>", " ", content.decode())
    return re.sub(r"\s+", " ", plain.replace("\N{NARROW NO-BREAK SPACE}", " "))


def test_each_step_is_a_sentence_with_its_amount(member_client: Client, household: Household) -> None:
    line = paid_line(household)

    page = words(member_client.get(f"/remboursements/{line.pk}/").content)

    steps = [
        "Prix payé (frais réels) 30,00 €",
        "Tarif de référence de la Sécurité sociale (base de remboursement)",
        "Tarif de l’acte au jour des soins 30,00 €",
        "Ce qu’elle rembourse de ce tarif (taux de remboursement) Taux de l’acte, 70 % 21,00 €",
        "-2,00 €",
        "Versé par la Sécurité sociale 19,00 €",
        "(ticket modérateur)",
        "Contrat santé socle : ce qui est prévu pour ce soin",
        "Versé par Contrat santé socle 9,00 €",
        "Reste à votre charge dont 2,00 € non remboursables",
    ]
    places = [page.index(step) for step in steps]
    assert places == sorted(places)


def test_the_steps_that_are_paid_add_up_to_the_price(member_client: Client, household: Household) -> None:
    line = paid_line(household)

    page = member_client.get(f"/remboursements/{line.pk}/").content.decode()

    strong = re.findall(r'why__step--strong.*?class="amount">([0-9,]+)', page, re.DOTALL)
    assert sum(int(each.replace(",", "")) for each in strong) == line.charged


def test_the_sources_of_the_rules_can_be_opened_without_a_script(
    member_client: Client, household: Household
) -> None:
    page = member_client.get(f"/remboursements/{paid_line(household).pk}/").content.decode()

    details = page[page.index("<details") : page.index("</details>", page.index("why__origins"))]
    assert "<summary>D’où viennent ces règles" in details
    assert "Code de la sécurité sociale, art. L160-13" in details
    assert "confirmer" not in details


def test_a_reader_of_english_reads_english(member_client: Client, household: Household) -> None:
    line = paid_line(household)

    answer = member_client.get(f"/remboursements/{line.pk}/", headers={"accept-language": "en"})

    page = words(answer.content)
    assert "Why this amount?" in page
    assert "Rate of the act, 70% €21.00" in page
    assert "Paid by Base health contract €9.00" in page
    assert "Prix payé" not in page


def test_what_the_engine_does_not_come_to_is_said_honestly(
    member_client: Client, household: Household
) -> None:
    """The amounts of the management system, whom to ask, and no step."""
    line = paid_line(household, amc=1000)

    page = words(member_client.get(f"/remboursements/{line.pk}/").content)

    assert ASK in page
    assert "10,00 €" in page
    assert "ticket modérateur" not in page


def test_a_care_that_is_told_says_nothing_of_an_adviser(member_client: Client, household: Household) -> None:
    assert ASK not in words(member_client.get(f"/remboursements/{paid_line(household).pk}/").content)


def test_care_that_health_insurance_does_not_know_is_short(
    member_client: Client, household: Household
) -> None:
    session = {
        "kind": "alternative",
        "act": "OST",
        "charged": 5500,
        "base": 0,
        "rate": 0,
        "amo": 0,
        "amc": 2500,
    }
    line = paid_line(household, **session)

    page = words(member_client.get(f"/remboursements/{line.pk}/").content)

    assert "La Sécurité sociale ne rembourse pas ce soin" in page
    assert "ticket modérateur" not in page
    assert "Versé par Contrat santé socle 25,00 €" in page


def test_the_pdf_tells_the_same_steps(member_client: Client, household: Household) -> None:
    line = paid_line(household)
    page = member_client.get(f"/remboursements/{line.pk}/").content.decode()

    answer = member_client.get(f"/remboursements/{line.pk}.pdf")

    assert f'href="/remboursements/{line.pk}.pdf"' in page
    paper = text_of(answer.content)
    for each in ("Prix payé (frais réels)", "Taux de l’acte, 70", "Versé par Contrat santé socle", "9,00"):
        assert each in paper
    assert "Code de la sécurité sociale, art. L160-13" in paper


@pytest.mark.parametrize(("language", "title"), [("fr", "Pourquoi ce montant"), ("en", "Why this amount")])
def test_the_pdf_is_tagged_titled_and_names_nobody(
    member_client: Client, household: Household, language: str, title: str
) -> None:
    line = paid_line(household)

    answer = member_client.get(f"/remboursements/{line.pk}.pdf", headers={"accept-language": language})

    assert answer.headers["Content-Disposition"] == 'inline; filename="pourquoi-ce-montant.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"
    with pikepdf.open(BytesIO(answer.content)) as pdf:
        assert str(pdf.Root.Lang) == language
        assert bool(pdf.Root.MarkInfo.Marked)
        assert title in str(pdf.docinfo["/Title"])


def test_the_pdf_of_what_is_not_told_says_whom_to_ask(member_client: Client, household: Household) -> None:
    line = paid_line(household, amc=1000)

    paper = text_of(member_client.get(f"/remboursements/{line.pk}.pdf").content)

    assert "un conseiller vous" in paper
    assert "10,00" in paper


def test_the_pdf_of_another_adult_is_not_found(
    member_client: Client, household: Household, paid: None
) -> None:
    """A36"""
    theirs = PaymentLine.objects.filter(beneficiary=household.spouse).first()
    assert theirs is not None

    answer = member_client.get(f"/remboursements/{theirs.pk}.pdf")

    assert answer.status_code == 404
    assert not any(secret in answer.content.decode() for secret in SECRETS)


def test_the_pdf_asks_anonymous_people_to_sign_in(client: Client, household: Household) -> None:
    answer = client.get(f"/remboursements/{paid_line(household).pk}.pdf")

    assert answer.headers["Location"].startswith("/connexion/?next=")


def test_posting_to_the_pdf_is_not_allowed(member_client: Client, household: Household) -> None:
    assert member_client.post(f"/remboursements/{paid_line(household).pk}.pdf").status_code == 405
