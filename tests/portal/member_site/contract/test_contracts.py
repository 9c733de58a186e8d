"""/contrat/ and /contrat/<id>/ (PROF-01, PROF-02)."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from entraide.portal.domain.contracts.models import Contract, Coverage
from entraide.portal.domain.members.models import Beneficiary
from tests.conftest import Household

SignIn = Callable[[Client, Beneficiary], Client]


def test_contracts_and_family_are_shown(member_client: Client, household: Household) -> None:
    page = member_client.get("/contrat/").content.decode()

    for words in ("C40SOCLE", "Contrat santé", "01/01/2018", *(one.full_name for one in household.people)):
        assert words in page


def test_the_contract_tells_number_date_level_and_people(member_client: Client, household: Household) -> None:
    """PROF-02: roles are those of the source."""
    page = member_client.get(f"/contrat/{household.contract.pk}/").content.decode()

    for words in (
        "C40SOCLE",
        "janvier 2018",
        "Socle",
        "Assuré principal",
        "Conjoint",
        "Enfant",
        "/documents/",
    ):
        assert words in page


def test_labels_are_in_the_language_of_the_reader(member_client: Client, household: Household) -> None:
    page = member_client.get("/contrat/", headers={"accept-language": "en"}).content.decode()

    assert "Health contract" in page
    assert "Contrat santé</span>" not in page


def test_a_contract_that_is_over_shows_its_last_day(member_client: Client, household: Household) -> None:
    Contract.objects.filter(pk=household.contract.pk).update(ended_on=date(2024, 6, 30))

    assert (
        "Terminé le 30 juin 2024" in member_client.get(f"/contrat/{household.contract.pk}/").content.decode()
    )


def test_the_spouse_has_links_to_own_page_only(client: Client, household: Household, sign_in: SignIn) -> None:
    page = sign_in(client, household.spouse).get(f"/contrat/{household.contract.pk}/").content.decode()

    assert f"/beneficiaires/{household.spouse.pk}/" in page
    assert f"/beneficiaires/{household.primary.pk}/" not in page


def test_a_member_without_contract_is_told_what_to_do(member_client: Client, household: Household) -> None:
    Coverage.objects.all().delete()
    Contract.objects.all().delete()

    assert "Aucun contrat à votre nom" in member_client.get("/contrat/").content.decode()


@pytest.mark.parametrize("count", [1, 20])
def test_the_pages_ask_the_same_number_of_questions_whatever_their_size(
    member_client: Client,
    household: Household,
    count: int,
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    for number in range(count):
        contract = Contract.objects.create(
            member=household.member, number=f"C{number}", label_fr="Option", label_en="Option", tier="option",
            plan_fr="Confort", plan_en="Comfort", subscribed_on=date(2019, 1, 1),
        )  # fmt: skip
        for person in household.people:
            Coverage.objects.create(contract=contract, beneficiary=person, starts_on=date(2019, 1, 1))

    with django_assert_max_num_queries(7):
        member_client.get("/contrat/")
    with django_assert_max_num_queries(6):
        member_client.get(f"/contrat/{household.contract.pk}/")
    with django_assert_max_num_queries(11):
        member_client.get(f"/beneficiaires/{household.child.pk}/")


def test_the_contract_of_another_family_is_not_found(
    client: Client, household: Household, stranger: Beneficiary, sign_in: SignIn
) -> None:
    """A36."""
    sign_in(client, stranger)

    assert client.get(f"/contrat/{household.contract.pk}/").status_code == 404
    assert "Vautrin" not in client.get("/contrat/").content.decode()


def test_anonymous_goes_to_sign_in(client: Client, household: Household) -> None:
    for address in ("/contrat/", f"/contrat/{household.contract.pk}/"):
        assert client.get(address).headers["Location"].startswith("/connexion/?next=")


def test_posting_is_not_allowed(member_client: Client, household: Household) -> None:
    for address in ("/contrat/", f"/contrat/{household.contract.pk}/"):
        assert member_client.post(address).status_code == 405
