"""/contrat/<id>/garanties/: what a contract pays, in clear words (PROF-01, PROF-02, PROF-07)."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from entraide.portal.domain.contracts.models import Contract, Coverage
from entraide.portal.domain.members.models import Beneficiary
from tests.conftest import Household
from tests.portal.domain.claims.tables import tables_of
from tests.portal.member_site.access.steps import words
from tests.portal.member_site.reimbursements.pdf_text import text_of

SignIn = Callable[[Client, Beneficiary], Client]
NBSP = "\N{NO-BREAK SPACE}"


def address(contract: Contract, query: str = "") -> str:
    return f"/contrat/{contract.pk}/garanties/{query}"


def page(client: Client, contract: Contract, query: str = "", *, status: int = 200) -> str:
    answer = client.get(address(contract, query))
    assert answer.status_code == status
    return words(answer)


@pytest.fixture
def option(household: Household) -> Contract:
    """Anne alone has the option."""
    found = Contract.objects.create(
        member=household.member, number="C40ZPREMIUM", label_fr="Option Premium", label_en="Premium option",
        tier="option", plan_fr="Premium", plan_en="Premium", subscribed_on=date(2019, 1, 1),
    )  # fmt: skip
    Coverage.objects.create(contract=found, beneficiary=household.primary, starts_on=date(2019, 1, 1))
    return found


def test_the_table_stands_under_the_five_headings_in_clear_words(
    member_client: Client, household: Household, tables: None
) -> None:
    """PROF-07: the levels are those of the engine's own table."""
    shown = page(member_client, household.contract)

    for heading in ("Hospitalisation", "Soins courants", "Dentaire", "Optique", "Aides auditives"):
        assert heading in shown
    for sentence in (
        "OPTAM 130 % du tarif de référence, Sécurité sociale comprise.",
        "Chambre particulière 50,00 € par nuit.",
        "Médecines douces 25,00 € par séance. Au plus 3 fois par an et par personne.",
        "Au plus 1 500,00 € par an et par personne, au-delà du ticket modérateur.",
        "Prothèses dentaires 100 % Santé 100 % Santé Tout ce que la Sécurité sociale ne paie pas",
        "Ce que la loi garantit au moins",
        "Rien n’est prévu pour : Implants.",
        "Consultation d’un généraliste 30,00 € 19,00 € 9,00 € 2,00 €",
    ):
        assert sentence in shown


def test_base_and_option_stand_side_by_side_in_the_order_they_pay(
    member_client: Client, household: Household, option: Contract, tables: None
) -> None:
    """PROF-01"""
    for contract in (household.contract, option):
        shown = page(member_client, contract)

        assert "130 % du tarif de référence, Sécurité sociale comprise. 200 % du tarif" in shown
        assert "Sécurité sociale et contrat précédent compris" in shown
        assert "Option Premium C40ZPREMIUM Couvre : Anne Vautrin" in shown
        assert "Rien de prévu. 500,00 €, en plus du contrat précédent. Au plus 2 fois par an" in shown
        assert "Après 6 mois de contrat." in shown


@pytest.mark.parametrize(
    ("typed", "found", "not_found"),
    [
        ("dentiste", "Soins dentaires", "Généralistes"),
        ("LUNETTES", "Verre de classe B", "Soins dentaires"),
        ("kiné", "Auxiliaires, sages-femmes", "Médicaments"),
        ("kine", "Auxiliaires, sages-femmes", "Médicaments"),
        ("chambre à l’hôpital", "Chambre particulière", "Soins dentaires"),
        ("glasses", "Monture de classe B", "Soins dentaires"),
    ],
)
def test_words_of_every_day_find_the_right_lines(
    member_client: Client, household: Household, tables: None, typed: str, found: str, not_found: str
) -> None:
    body = member_client.get(address(household.contract, f"?q={typed}")).content.decode()

    care = "\n".join(re.findall(r'<th scope="row"[^>]*><span class="promise">([^<]+)', body))
    assert found in care
    assert not_found not in care


def test_the_search_keeps_its_place_in_the_address_and_in_the_form(
    member_client: Client, household: Household, tables: None
) -> None:
    answer = member_client.get(address(household.contract, "?q=dents&heading=dental&year=2024"))

    body = answer.content.decode()
    assert 'value="dents"' in body
    assert '<option value="dental" selected>' in body
    assert "?year=2023&amp;q=dents&amp;heading=dental" in body
    assert 'name="year" value="2024"' in body


def test_a_heading_shows_its_lines_alone(member_client: Client, household: Household, tables: None) -> None:
    shown = page(member_client, household.contract, "?heading=hearing")

    assert "3 lignes trouvées" in shown
    assert "Aide auditive de classe II 360,00 € par oreille." in shown
    assert "Soins dentaires" not in shown


def test_words_that_nothing_answers_lead_back_to_the_whole_table(
    member_client: Client, household: Household, tables: None
) -> None:
    assert "Aucune ligne ne répond" in page(member_client, household.contract, "?q=aspirateur")


@pytest.mark.parametrize("query", ["?q=" + "x" * 61, "?heading=teeth", "?q=a%00b"])
def test_a_search_that_cannot_be_is_refused_and_the_table_stays(
    member_client: Client, household: Household, tables: None, query: str
) -> None:
    answer = member_client.get(address(household.contract, query))

    assert answer.status_code == 422
    assert "field__error" in answer.content.decode()
    assert "Soins dentaires" in words(answer)


@pytest.mark.parametrize("year", ["1999", "2019", "2200", "x", "²026", "20260"])
def test_a_year_without_a_table_is_not_found(
    member_client: Client, household: Household, tables: None, year: str
) -> None:
    assert member_client.get(address(household.contract, f"?year={year}")).status_code == 404


@pytest.mark.parametrize("year", range(2020, 2027))
def test_every_year_of_the_table_can_be_read_and_printed(
    member_client: Client, household: Household, tables: None, year: int
) -> None:
    assert "soins reçus" in page(member_client, household.contract, f"?year={year}")
    assert member_client.get(f"/contrat/{household.contract.pk}/garanties.pdf?year={year}").status_code == 200


def two_tables(settings: LazySettings) -> None:
    """Three sessions at 25 euros to the end of June 2025, then at 30."""
    (table,) = tables_of("C40SOCLE")["C40SOCLE"]
    later = replace(
        table,
        valid_from=date(2025, 7, 1),
        guarantees=tuple(
            replace(one, amount=3000) if one.id == "sessions" else one for one in table.guarantees
        ),
    )
    first = replace(table, valid_until=date(2025, 6, 30))
    settings.PROFILE = replace(settings.PROFILE, guarantees={"C40SOCLE": (first, later)})


def test_the_days_of_care_decide_which_table_is_shown(
    member_client: Client, household: Household, settings: LazySettings
) -> None:
    two_tables(settings)

    before, changed, after = (
        page(member_client, household.contract, f"?year={year}") for year in (2024, 2025, 2026)
    )

    assert "25,00 € par séance" in before
    assert "30,00 € par séance" not in before
    assert "soins reçus du 1er janvier 2025 au 30 juin 2025" in changed
    assert "soins reçus du 1er juillet 2025 au 31 décembre 2025" in changed
    assert changed.index("25,00 € par séance") < changed.index("30,00 € par séance")
    assert "25,00 € par séance" not in after


def test_days_between_two_tables_are_told_as_missing(
    member_client: Client, household: Household, settings: LazySettings
) -> None:
    (table,) = tables_of("C40SOCLE")["C40SOCLE"]
    first = replace(table, valid_until=date(2025, 3, 31))
    later = replace(table, valid_from=date(2025, 9, 1))
    settings.PROFILE = replace(settings.PROFILE, guarantees={"C40SOCLE": (first, later)})

    shown = page(member_client, household.contract, "?year=2025")

    assert "soins reçus du 1er janvier 2025 au 31 mars 2025" in shown
    assert "Pour les soins reçus du 1er avril 2025 au 31 août 2025, le tableau n’est pas" in shown
    assert "soins reçus du 1er septembre 2025 au 31 décembre 2025" in shown


def test_a_contract_that_is_over_shows_its_last_year(
    member_client: Client, household: Household, tables: None
) -> None:
    Contract.objects.filter(pk=household.contract.pk).update(ended_on=date(2024, 6, 30))

    shown = page(member_client, household.contract)

    assert "du 1er janvier 2024 au 30 juin 2024" in shown
    assert member_client.get(address(household.contract, "?year=2025")).status_code == 404


def test_a_contract_without_a_table_says_whom_to_ask(
    member_client: Client, household: Household, option: Contract, tables: None
) -> None:
    Contract.objects.filter(pk=option.pk).update(number="UNKNOWN")

    assert "Ce tableau n’est pas encore dans l’espace" in page(member_client, option)
    assert "Le contrat Option Premium s’y ajoute" in page(member_client, household.contract)
    assert member_client.get(f"/contrat/{option.pk}/garanties.pdf").status_code == 404


def test_the_contract_leads_to_its_guarantees_first(
    member_client: Client, household: Household, tables: None
) -> None:
    """PROF-02"""
    body = member_client.get(f"/contrat/{household.contract.pk}/").content.decode()
    body = body[body.index("<main") : body.index("</main>")]

    assert body.count("button--primary") == 1
    assert f'button--primary" href="{address(household.contract)}"' in body


def test_the_page_exists_in_english(member_client: Client, household: Household, tables: None) -> None:
    answer = member_client.get(address(household.contract), headers={"accept-language": "en"})

    shown = words(answer)
    assert "130% of the reference tariff, health insurance included." in shown
    assert "€25.00 for each session" in shown
    assert not [word for word in ("par an", "Rien", "Soins", "Sécurité sociale") if word in shown]


def test_the_paper_holds_the_sentences_of_the_page(
    member_client: Client, household: Household, option: Contract, tables: None
) -> None:
    """PROF-07: tagged for screen readers, with its language and title; the same bytes every time."""
    first, again = (
        member_client.get(f"/contrat/{household.contract.pk}/garanties.pdf?year=2025") for _ in range(2)
    )

    assert first.headers["Content-Disposition"] == 'inline; filename="garanties-2025.pdf"'
    assert first.content == again.content
    shown = text_of(first.content).replace(NBSP, " ")
    for sentence in (
        "Mes garanties santé en 2025",
        "130 % du tarif de référence, Sécurité sociale comprise.",
        "Au plus 3 fois par an et par personne.",
        "Ce que la loi garantit au moins",
        "Anne Vautrin",
    ):
        assert sentence in shown
    with pikepdf.open(BytesIO(first.content)) as pdf, pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert str(pdf.Root.Lang) == "fr"


def test_a_grown_child_reads_only_of_contracts_that_cover_her(
    client: Client, household: Household, option: Contract, sign_in: SignIn, tables: None
) -> None:
    """Security 2.4: her own cover, and nobody's name."""
    sign_in(client, household.adult_child)

    shown = page(client, household.contract)

    assert "Option Premium" not in shown
    assert "Bruno" not in shown
    assert client.get(address(option)).status_code == 404
    assert client.get(f"/contrat/{option.pk}/garanties.pdf").status_code == 404


def test_the_table_of_another_family_is_not_found(
    client: Client, household: Household, stranger: Beneficiary, sign_in: SignIn, tables: None
) -> None:
    """A36"""
    sign_in(client, stranger)

    assert client.get(address(household.contract)).status_code == 404
    assert client.get(f"/contrat/{household.contract.pk}/garanties.pdf").status_code == 404


def test_without_a_session_the_pages_lead_to_sign_in(client: Client, household: Household) -> None:
    for one in (address(household.contract), f"/contrat/{household.contract.pk}/garanties.pdf"):
        assert client.get(one).headers["Location"].startswith("/connexion/?next=")


def test_the_pages_take_no_other_method(member_client: Client, household: Household) -> None:
    for one in (address(household.contract), f"/contrat/{household.contract.pk}/garanties.pdf"):
        assert member_client.post(one).status_code == 405


@pytest.mark.parametrize("count", [1, 20])
def test_the_page_asks_few_questions_whatever_the_number_of_contracts(
    member_client: Client,
    household: Household,
    tables: None,
    count: int,
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    for number in range(count):
        Contract.objects.create(
            member=household.member, number=f"C{number}", label_fr="Option", label_en="Option", tier="option",
            plan_fr="Confort", plan_en="Comfort", subscribed_on=timezone.localdate(),
        )  # fmt: skip

    with django_assert_max_num_queries(7):
        member_client.get(address(household.contract))
