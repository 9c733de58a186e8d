"""The networks: what they grant, in three steps, hospitals side by side (NET-01 to NET-05)."""

import re

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from entraide.portal.domain.facilities.loading import FacilityRow, load_facilities
from entraide.portal.foundation.web.wording import decimal

pytestmark = pytest.mark.django_db
PAGE, HOSPITALS = "/reseau/", "/reseau/hopitaux/"
NUMBERS = ("690999909", "380999904", "380999912", "270000326")


@pytest.fixture
def directory() -> None:
    load_facilities(
        (
            FacilityRow(finess=number, name=f"Clinique {number[:2]}{number[-1]}", address="1 rue du Lac",
                        postcode="38000", city="Grenoble", kind="Centre hospitalier", phone="+33465710102")
            for number in NUMBERS
        ),
        file="test",
    )  # fmt: skip


def text(response: HttpResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_figure_and_advantage_of_the_profile_is_on_the_page(
    member_client: Client, language: str
) -> None:
    member_client.post("/langue/", {"language": language, "next": PAGE})
    said = text(member_client.get(PAGE)).replace("’", "'")
    networks = settings.PROFILE.networks

    for network in networks.networks:
        assert network.phone in said
        for domain in network.domains:
            told = [*domain.advantages, *(one.on for one in (*domain.savings, *domain.warranties))]
            for one in told:
                assert one.in_language(language).replace("’", "'") in said
            for saving in domain.savings:
                assert re.search(rf"{saving.percent}\s?%", said)
    for step in networks.steps:
        assert step.title.in_language(language).replace("’", "'") in said
    if networks.federation:
        for kind in networks.federation.kinds:
            label = kind.label.in_language(language).replace("’", "'")
            assert f"{decimal(kind.count)} {label}" in said


def test_each_profession_leads_to_the_search_of_its_partners(member_client: Client) -> None:
    page = member_client.get(PAGE).content.decode()
    links = re.findall(r'href="(/professionnels/\?[^"]+)"', page)

    assert len(links) == sum(len(one.domains) for one in settings.PROFILE.networks.networks)
    assert member_client.get(links[0].replace("&amp;", "&")).status_code in {200, 422}


@pytest.mark.usefixtures("directory")
def test_hospitals_stand_side_by_side_three_at_the_most(member_client: Client) -> None:
    response = member_client.get(HOSPITALS, {"choice": NUMBERS})

    page = response.content.decode()
    assert [name in page for name in ("Clinique 699", "Clinique 384", "Clinique 382", "Clinique 276")] == [
        True, True, True, False,
    ]  # fmt: skip
    assert "Trois établissements au plus" in text(response)
    assert f'href="{HOSPITALS}?choice={NUMBERS[1]}&amp;choice={NUMBERS[2]}"' in page


@pytest.mark.usefixtures("directory")
def test_a_hospital_that_is_found_joins_those_already_there(member_client: Client) -> None:
    response = member_client.get(HOSPITALS, {"q": "clinique", "choice": NUMBERS[0]})

    links = re.findall(rf'href="({HOSPITALS}\?choice=[^"]+choice=[^"]+)"', response.content.decode())
    assert len(links) == 3
    compared = text(member_client.get(links[0].replace("&amp;", "&")))
    assert "2 établissements côte à côte" in compared


@pytest.mark.parametrize("choice", ["x", "\x00", "999999999", ""])
def test_a_number_that_is_nobodys_is_passed_over(member_client: Client, choice: str) -> None:
    response = member_client.get(HOSPITALS, {"choice": choice, "q": "nulle part"})

    assert response.status_code == 200
    assert "Aucun établissement trouvé" in text(response)


@pytest.mark.usefixtures("directory")
def test_the_comparison_asks_the_database_twelve_times_at_the_most(member_client: Client) -> None:
    with CaptureQueriesContext(connection) as asked:
        member_client.get(HOSPITALS, {"choice": NUMBERS[:3], "q": "clinique"})

    assert len(asked) <= 12


@pytest.mark.parametrize("page", [PAGE, HOSPITALS])
def test_without_a_session_the_page_leads_to_sign_in_and_no_other_method_is_taken(
    client: Client, member_client: Client, page: str
) -> None:
    assert Client().get(page).headers["Location"].startswith("/connexion/")
    assert member_client.post(page).status_code == 405
