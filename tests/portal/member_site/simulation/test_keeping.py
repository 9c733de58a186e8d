"""Keeping a simulation, finding it again at the figures of the day, deleting it (REMB-05, B-03)."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.simulations.models import SavedSimulation
from entraide.portal.domain.simulations.saving import MOST_SAVED
from tests.conftest import Household
from tests.portal.member_site.access.steps import words
from tests.portal.member_site.simulation.asking import QUOTE, crown, form, key_in

pytestmark = pytest.mark.django_db
SignIn = Callable[[Client, Beneficiary], Client]
KEEP = crown("garder/")


def keep(client: Client, address: str = KEEP, **fields: object) -> HttpResponse:
    return client.post(address, form(**({"name": "Couronne du bas"} | fields)))


@pytest.fixture
def kept(member_client: Client) -> SavedSimulation:
    assert keep(member_client).status_code == 303
    return SavedSimulation.objects.get()


def test_a_result_is_kept_under_a_name_and_stands_in_the_list(member_client: Client) -> None:
    asked = member_client.get(KEEP)
    stored = keep(member_client, request_key=key_in(asked))

    saved = SavedSimulation.objects.get()
    assert 'value="Couronne dentaire"' in asked.content.decode()
    assert (stored.status_code, stored.headers["Location"]) == (303, f"/simulation/enregistrees/{saved.pk}/")
    index = member_client.get("/simulation/")
    assert "Couronne du bas" in words(index)
    assert stored.headers["Location"] in index.content.decode()


def test_the_result_leads_to_keeping_with_its_answers(member_client: Client) -> None:
    body = member_client.get(crown()).content.decode()

    assert 'href="/simulation/couronne/garder/?' in body
    assert "material=metal_ceramic" in body


def test_a_quote_can_be_kept_and_opened_too(member_client: Client) -> None:
    address = f"/simulation/devis/garder/?{'&'.join(f'{name}={value}' for name, value in QUOTE.items())}"

    stored = keep(member_client, address)

    page = member_client.get(stored.headers["Location"])
    assert 'name="price_1" value="600,00"' in page.content.decode()
    assert "le montant est le même" in words(page)


def test_answers_without_a_result_go_back_to_their_questions(member_client: Client) -> None:
    response = member_client.get("/simulation/couronne/garder/?tooth=99&material=zirconia")

    assert response.headers["Location"] == "/simulation/couronne/?tooth=99&material=zirconia"


def test_a_case_that_does_not_exist_is_not_kept(member_client: Client) -> None:
    assert member_client.get("/simulation/voyance/garder/").status_code == 404


@pytest.mark.parametrize("name", ["", "x" * 61])
def test_a_name_is_wanted_and_not_too_long(member_client: Client, name: str) -> None:
    response = keep(member_client, name=name)

    assert response.status_code == 422
    assert "field__error" in response.content.decode()
    assert not SavedSimulation.objects.exists()


def test_a_second_click_stores_once_and_another_name_under_the_key_is_a_conflict(
    member_client: Client,
) -> None:
    key = str(uuid4())
    first, again = keep(member_client, request_key=key), keep(member_client, request_key=key)
    other = keep(member_client, request_key=key, name="Autre")

    assert first.headers["Location"] == again.headers["Location"]
    assert other.status_code == 409
    assert SavedSimulation.objects.count() == 1


def test_the_twenty_first_is_refused_with_what_to_do(member_client: Client) -> None:
    for _number in range(MOST_SAVED):
        keep(member_client)

    response = keep(member_client)

    assert response.status_code == 422
    assert "supprimez-en une" in words(response)
    assert SavedSimulation.objects.count() == MOST_SAVED


def test_it_opens_at_the_figures_of_today_and_says_when_the_amount_is_the_same(
    member_client: Client, kept: SavedSimulation
) -> None:
    page = member_client.get(f"/simulation/enregistrees/{kept.pk}/")

    assert page.status_code == 200
    assert "le montant est le même" in words(page)
    assert 'name="price" value="600"' in page.content.decode()
    assert "Pourquoi ce montant" in words(page)
    assert 'href="/simulation/couronne/estimation.pdf?' in page.content.decode()


def test_a_result_that_changed_since_says_both_amounts(member_client: Client, kept: SavedSimulation) -> None:
    SavedSimulation.objects.filter(pk=kept.pk).update(left_least=1234, left_most=1234)

    shown = words(member_client.get(f"/simulation/enregistrees/{kept.pk}/"))

    assert "Ce montant a changé depuis le" in shown
    assert "12,34" in shown


def test_a_day_of_care_that_is_past_gives_way_to_today(member_client: Client) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    keep(member_client, f"{KEEP}&on={tomorrow:%d/%m/%Y}")
    kept = SavedSimulation.objects.get()
    past = kept.answers.replace(f"{tomorrow:%Y}", f"{tomorrow.year - 1}")
    kept.answers = past
    kept.save()

    shown = words(member_client.get(f"/simulation/enregistrees/{kept.pk}/"))

    assert "La date des soins est passée" in shown
    assert "Pourquoi ce montant" in shown


def test_answers_that_give_nothing_any_more_are_shown_to_be_corrected(
    member_client: Client, kept: SavedSimulation
) -> None:
    kept.answers = "tooth=99&material=metal_ceramic"
    kept.save()

    page = member_client.get(f"/simulation/enregistrees/{kept.pk}/")

    assert page.status_code == 200
    assert "ne peut plus être fait tel quel" in words(page)
    assert 'name="tooth" value="99"' in page.content.decode()


def test_deleting_asks_first_and_then_it_is_gone(member_client: Client, kept: SavedSimulation) -> None:
    address = f"/simulation/enregistrees/{kept.pk}/supprimer/"

    asked = member_client.get(address)
    assert SavedSimulation.objects.filter(pk=kept.pk).exists()
    done = member_client.post(address)

    assert "Couronne du bas" in words(asked)
    assert (done.status_code, done.headers["Location"]) == (303, "/simulation/")
    assert not SavedSimulation.objects.exists()
    assert member_client.get(address).status_code == 404


@pytest.mark.parametrize("page", ["", "supprimer/"])
def test_somebody_elses_is_not_found_not_even_in_the_family(
    household: Household, stranger: Beneficiary, sign_in: SignIn, kept: SavedSimulation, page: str
) -> None:
    address = f"/simulation/enregistrees/{kept.pk}/{page}"
    for person in (household.spouse, household.adult_child, stranger):
        other = sign_in(Client(), person)
        assert other.get(address).status_code == 404
        assert other.post(address).status_code == (404 if page else 405)
        assert "Couronne du bas" not in other.get("/simulation/").content.decode()
    assert SavedSimulation.objects.filter(pk=kept.pk).exists()


ADDRESSES = [
    KEEP, "/simulation/devis/garder/", f"/simulation/enregistrees/{UUID(int=4)}/",
    f"/simulation/enregistrees/{UUID(int=4)}/supprimer/",
]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_without_a_session_the_pages_lead_to_sign_in(client: Client, address: str) -> None:
    for answer in (client.get(address), client.post(address)):
        assert answer.headers["Location"].startswith("/connexion/")


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_pages_take_no_other_method(member_client: Client, address: str) -> None:
    assert member_client.put(address).status_code == 405


def test_a_visitor_is_told_to_keep_the_address_and_offered_nothing_else() -> None:
    visitor = Client()
    level = visitor.get("/simulation/couronne/").content.decode().split('name="level"')[1].split('value="')[1]

    body = visitor.get(f"{crown()}&age=40&level={level.split(chr(34))[0]}").content.decode()

    assert "gardez l’adresse de cette page" in body
    assert "garder/?" not in body
    assert "conseiller/" not in body
