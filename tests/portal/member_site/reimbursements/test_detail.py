"""/remboursements/<id>/: one care and what each paid for it (REMB-01)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from entraide.portal.domain.claims.models import PaymentLine
from entraide.portal.domain.members.models import Beneficiary
from tests.conftest import Household

SignIn = Callable[[Client, Beneficiary], Client]
pytestmark = pytest.mark.usefixtures("paid")


def _address(person: Beneficiary, kind: str) -> str:
    line = PaymentLine.objects.filter(beneficiary=person, kind=kind).first()
    assert line is not None
    return f"/remboursements/{line.pk}/"


def _plain(content: bytes) -> str:
    return content.decode().replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def test_the_shares_are_shown_with_everyday_words_first(member_client: Client, household: Household) -> None:
    page = _plain(member_client.get(_address(household.child, "dental")).content)

    for words in ("(frais réels)", "(base de remboursement)", "(taux de remboursement)", "(RAC)"):
        assert words in page
    for words in ("42,00 €", "25,20 €", "16,80 €", "60 %", "Détartrage", "Elsa Vautrin"):
        assert words in page


def test_the_shares_of_the_page_add_up(member_client: Client, household: Household) -> None:
    page = _plain(member_client.get(_address(household.primary, "consultation")).content)

    sentence = page.replace('<span class="amount">', "").replace("</span>", "")
    assert "30,00 € dépensés = 19,00 € de la Sécurité sociale + 9,00 € de votre mutuelle" in sentence
    assert "+ 2,00 € à votre charge." in sentence


def test_care_without_base_says_so(client: Client, household: Household, sign_in: SignIn) -> None:
    line = PaymentLine.objects.filter(claim_number="S8").get()
    sign_in(client, household.spouse)

    assert "ne rembourse pas ce soin" in client.get(f"/remboursements/{line.pk}/").content.decode()


@pytest.mark.parametrize(
    ("role", "kind"), [("spouse", "hearing"), ("adult_child", "hospital"), ("teen", "prevention")]
)
def test_the_care_of_another_adult_is_not_found(
    member_client: Client, household: Household, role: str, kind: str
) -> None:
    """A36: the same answer as for an identifier that does not exist."""
    theirs = member_client.get(_address(getattr(household, role), kind))
    missing = member_client.get("/remboursements/00000000-0000-4000-8000-000000000000/")

    assert theirs.status_code == missing.status_code == 404
    assert len(theirs.content) == len(missing.content)


def test_the_spouse_does_not_find_the_care_of_the_primary_insured(
    client: Client, household: Household, sign_in: SignIn
) -> None:
    sign_in(client, household.spouse)

    assert client.get(_address(household.primary, "consultation")).status_code == 404
    assert client.get(_address(household.child, "dental")).status_code == 404


def test_a_stranger_finds_nothing(
    client: Client, household: Household, stranger: Beneficiary, sign_in: SignIn
) -> None:
    sign_in(client, stranger)

    assert client.get(_address(household.primary, "consultation")).status_code == 404


def test_the_page_asks_few_questions(
    member_client: Client, household: Household, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    address = _address(household.primary, "consultation")

    with django_assert_max_num_queries(12):
        member_client.get(address)


def test_anonymous_goes_to_sign_in(client: Client, household: Household) -> None:
    response = client.get(_address(household.primary, "consultation"))

    assert response.headers["Location"].startswith("/connexion/?next=")


def test_posting_is_not_allowed(member_client: Client, household: Household) -> None:
    assert member_client.post(_address(household.primary, "consultation")).status_code == 405
