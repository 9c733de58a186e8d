"""/remboursements/: payments, totals, filters (REMB-01)."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from entraide.portal.domain.members.models import Beneficiary
from tests.conftest import Household
from tests.portal.domain.claims.care import SECRETS, Care, pay
from tests.portal.member_site.access.steps import words

SignIn = Callable[[Client, Beneficiary], Client]


def test_each_care_has_its_icon_its_word_and_its_shares(member_client: Client, paid: None) -> None:
    """REMB-01."""
    page = member_client.get("/remboursements/").content.decode()

    assert "icons.svg" in page
    for told in (
        "#stethoscope",
        "#tooth",
        "#pill",
        "Consultation",
        "Dentaire",
        "Docteur Elstir",
        "42,00 €",
        "25,20 €",
    ):
        assert told in page.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def test_of_another_adult_only_name_date_and_amount_appear(member_client: Client, paid: None) -> None:
    """A36."""
    page = member_client.get("/remboursements/").content.decode()

    assert "Soins confidentiels" in page
    assert not [secret for secret in SECRETS if secret in page]
    assert not [word for word in ("#ear", "#hospital", "Audition") if word in page]


def test_no_filter_reveals_the_care_of_another_adult(
    member_client: Client, household: Household, paid: None
) -> None:
    """A36: every person, every kind, every period."""
    for query in (
        *(f"person={one.pk}" for one in household.people),
        *(f"kind={kind}" for kind in ("hearing", "hospital", "prevention", "pharmacy", "consultation")),
        *(f"period={period}" for period in ("month", "3-months", "year", "2025")),
    ):
        page = member_client.get(f"/remboursements/?{query}").content.decode()
        assert not [secret for secret in SECRETS if secret in page], query


def test_a_person_with_an_access_sees_nobody_else(
    client: Client, household: Household, sign_in: SignIn, paid: None
) -> None:
    sign_in(client, household.spouse)

    page = words(client.get("/remboursements/"))

    assert "Cabinet Brunoir" in page
    assert not [
        name
        for name in ("Chloé", "Denis", "Elsa", "Docteur Amandier", "0189", "Docteur Elstir")
        if name in page
    ]


def test_filters_live_in_the_address_and_in_the_pager(member_client: Client, household: Household) -> None:
    today = timezone.localdate()
    for number in range(15):
        pay(household.member, Care(person=household.child, kind="dental"), on=today - timedelta(days=number))

    page = member_client.get(f"/remboursements/?kind=dental&person={household.child.pk}").content.decode()

    assert f"person={household.child.pk}&amp;kind=dental&amp;page=2" in page
    assert '<option value="dental" selected>' in page
    assert "15 versements" in page


@pytest.mark.parametrize(
    "query", ["kind=hearing", "kind=zzz", "person=00000000-0000-4000-8000-000000000000", "period=1789"]
)
def test_a_choice_that_is_not_in_the_list_is_refused_and_explained(
    member_client: Client, paid: None, query: str
) -> None:
    """The kind of another adult's care is answered like one that does not exist."""
    response = member_client.get(f"/remboursements/?{query}")

    assert response.status_code == 422
    assert "Ce choix n’existe pas" in response.content.decode()


def test_a_long_history_says_that_there_are_more_and_every_page_can_be_reached(
    member_client: Client, household: Household
) -> None:
    """How many there are in all is not counted for whoever reads the newest ones."""
    today = timezone.localdate()
    for number in range(61):
        pay(household.member, Care(person=household.child), on=today - timedelta(days=number))

    first, last = (words(member_client.get(f"/remboursements/?page={number}")) for number in (1, 8))

    assert "Plus de 50 versements" in first
    assert "Page 1 Page suivante" in first
    assert "61 versements" in last
    assert "Page 8 sur 8" in last
    assert "Page suivante" not in last


def test_a_member_without_payment_is_told_what_to_do(member_client: Client) -> None:
    page = member_client.get("/remboursements/").content.decode()

    assert "Pas encore de remboursement" in page
    assert "/depot/" in page


def test_filters_that_find_nothing_offer_the_way_back(member_client: Client, household: Household) -> None:
    pay(household.member, Care(person=household.primary), on=date(2020, 3, 1))

    page = member_client.get("/remboursements/?period=month").content.decode()

    assert "Aucun versement ne correspond" in page


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_asks_the_same_number_of_questions_whatever_its_size(
    member_client: Client,
    household: Household,
    count: int,
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    for number in range(count):
        care = [Care(person=one, claim=f"S{number}") for one in household.people]
        pay(household.member, *care, on=timezone.localdate() - timedelta(days=number))

    with django_assert_max_num_queries(11):
        assert member_client.get("/remboursements/?period=year").status_code == 200


def test_the_page_speaks_english(member_client: Client, paid: None) -> None:
    page = member_client.get("/remboursements/", headers={"accept-language": "en"}).content.decode()

    assert '<html lang="en">' in page
    assert "€42.00" in page


def test_a_stranger_finds_an_empty_list(
    client: Client, stranger: Beneficiary, sign_in: SignIn, paid: None
) -> None:
    sign_in(client, stranger)

    assert "Docteur" not in client.get("/remboursements/").content.decode()


def test_anonymous_goes_to_sign_in(client: Client, db: None) -> None:
    assert client.get("/remboursements/").headers["Location"] == "/connexion/?next=%2Fremboursements%2F"


def test_posting_is_not_allowed(member_client: Client) -> None:
    assert member_client.post("/remboursements/").status_code == 405
