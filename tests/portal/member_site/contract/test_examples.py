"""/contrat/<id>/exemples/: the standard examples in euros of a contract (PROF-07)."""

from collections.abc import Callable

import pytest
from django.test import Client

from entraide.portal.domain.contracts.models import Contract, Coverage
from entraide.portal.domain.members.models import Beneficiary, Member
from tests.conftest import Household, give_account, make_person, years_ago
from tests.portal.member_site.access.steps import words

SignIn = Callable[[Client, Beneficiary], Client]


def examples(client: Client, contract: Contract) -> str:
    answer = client.get(f"/contrat/{contract.pk}/exemples/")
    assert answer.status_code == 200
    return words(answer)


def test_a_contract_shows_what_everyday_care_leaves_to_pay(
    member_client: Client, household: Household, tables: None
) -> None:
    page = examples(member_client, household.contract)

    assert "Consultation d’un généraliste 30,00 € 19,00 € 9,00 € 2,00 €" in page
    for heading in ("Hospitalisation", "Soins courants", "Dentaire", "Optique", "Aides auditives"):
        assert heading in page
    assert "/exemples/" in member_client.get(f"/contrat/{household.contract.pk}/").content.decode()


def test_an_option_pays_after_the_base_contract(
    member_client: Client, household: Household, tables: None
) -> None:
    option = Contract.objects.create(
        member=household.member, number="C40ZPREMIUM", label_fr="Option Premium", label_en="Premium option",
        tier="option", plan_fr="Premium", plan_en="Premium", subscribed_on=years_ago(3),
    )  # fmt: skip
    Coverage.objects.create(contract=option, beneficiary=household.primary, starts_on=years_ago(3))

    page = examples(member_client, option)

    assert f"Option Premium, après {household.contract.label_fr}" in page
    assert _left(page, "Couronne, molaire (tarif libre)") < _left(
        examples(member_client, household.contract), "Couronne, molaire (tarif libre)"
    )


def test_a_contract_without_tables_says_so(member_client: Client, household: Household) -> None:
    Contract.objects.filter(pk=household.contract.pk).update(number="UNKNOWN")

    assert "ne peuvent pas encore être calculés" in examples(member_client, household.contract)


@pytest.mark.parametrize("who", ["spouse", "stranger"])
def test_the_examples_of_a_contract_are_for_those_who_see_it(
    client: Client, household: Household, sign_in: SignIn, who: str
) -> None:
    """A36"""
    person = household.spouse if who == "spouse" else _stranger(household)
    answer = sign_in(client, person).get(f"/contrat/{household.contract.pk}/exemples/")

    assert answer.status_code == (200 if who == "spouse" else 404)


def _stranger(household: Household) -> Beneficiary:
    elsewhere = Member.objects.create(
        number="30049999", segment=household.member.segment, joined_on=years_ago(4)
    )
    person = make_person(elsewhere, "30049999", "primary_insured", "Zoé", born=years_ago(50))
    give_account(person)
    return person


def _left(page: str, label: str) -> float:
    """The last of the four amounts that follow the label."""
    amounts = page[page.index(label) + len(label) :].split("€")[:4]
    return float(amounts[-1].strip().replace(" ", "").replace(",", "."))
