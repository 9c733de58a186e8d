"""A card by post again: for whom, where to, once at a time (CARD-02)."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.requests.enums import By, Move
from entraide.portal.domain.requests.life import Hand, Said, make_move
from entraide.portal.domain.requests.models import Request
from tests.conftest import Household
from tests.portal.member_site.requests.conftest import text_of

PAGE = "/carte/renvoi/"


@pytest.fixture(autouse=True)
def address(household: Household) -> None:
    household.primary.address_line1 = "3 rue de l’Écluse"
    household.primary.save()


def body(*people: Beneficiary, **changes: object) -> dict[str, Any]:
    values = {"people": [str(one.pk) for one in people], "reason": "lost", "request_key": str(uuid4())}
    return values | changes


def done(request: Request, move: Move = Move.ANSWER, *, days_ago: int = 0) -> None:
    Request.objects.filter(pk=request.pk).update(received_at=timezone.now() - timedelta(days=days_ago))
    hand = Hand(by=By.MEMBER if move == Move.WITHDRAW else By.AGENT)
    make_move(request.pk, move=move, hand=hand, said=Said(), now=timezone.now())


def test_each_person_gets_a_request_of_their_own_once_whatever_is_clicked_twice(
    member_client: Client, household: Household
) -> None:
    asked = body(household.primary, household.child)

    first, again = member_client.post(PAGE, asked), member_client.post(PAGE, asked)

    sent = Request.objects.order_by("concerns__birth_date")
    assert (first.status_code, again.status_code) == (303, 303)
    assert {one.concerns_id for one in sent} == {household.primary.pk, household.child.pk}
    assert len(sent) == 2
    assert {(one.kind, one.type) for one in sent} == {("card", "card-again")}
    assert "2 cartes sont demandées" in text_of(member_client.get(first.headers["Location"]))


def test_the_page_shows_the_address_and_the_request_keeps_it(
    member_client: Client, household: Household
) -> None:
    page = text_of(member_client.get(PAGE))
    answer = member_client.post(PAGE, body(household.primary, reason="never_came"))
    told = text_of(member_client.get(answer.headers["Location"]))

    assert "3 rue de l’Écluse" in page
    assert "Ce n’est pas mon adresse" in page
    assert "3 rue de l’Écluse, 38000 Grenoble" in told
    assert "Carte jamais arrivée" in told


def test_a_card_on_its_way_is_not_asked_for_again_before_its_days_are_over(
    member_client: Client, household: Household
) -> None:
    days = settings.PROFILE.card.again_after_days
    member_client.post(PAGE, body(household.primary))
    request = Request.objects.get()

    while_open = member_client.post(PAGE, body(household.primary))
    done(request, days_ago=days - 1)
    too_soon = member_client.post(PAGE, body(household.primary, household.child))
    Request.objects.update(received_at=timezone.now() - timedelta(days=days))
    later = member_client.post(PAGE, body(household.primary))

    assert (while_open.status_code, too_soon.status_code, later.status_code) == (422, 422, 303)
    assert "laissez-lui le temps d’arriver" in text_of(too_soon)
    assert "Une carte est déjà en route" in text_of(member_client.get(PAGE))
    assert Request.objects.count() == 2


def test_a_request_that_was_withdrawn_sent_no_card(member_client: Client, household: Household) -> None:
    member_client.post(PAGE, body(household.primary))
    done(Request.objects.get(), Move.WITHDRAW)

    assert member_client.post(PAGE, body(household.primary)).status_code == 303


def test_nobody_asks_for_a_person_of_another_family_and_nothing_is_half_stored(
    member_client: Client, household: Household, stranger: Beneficiary
) -> None:
    wrong = member_client.post(PAGE, body(household.primary, stranger))
    empty = member_client.post(PAGE, body(reason="eaten"))

    assert (wrong.status_code, empty.status_code) == (422, 422)
    assert "Choisissez parmi les personnes de la liste." in text_of(wrong)
    assert "Cochez au moins une personne." in text_of(empty)
    assert not Request.objects.exists()


def test_without_an_address_nothing_can_be_asked(member_client: Client, household: Household) -> None:
    for part in ("address_line1", "postcode", "city"):
        setattr(household.primary, part, "")
    household.primary.save()

    page = text_of(member_client.get(PAGE))

    assert "Donner mon adresse" in page
    assert member_client.post(PAGE, body(household.primary)).status_code == 422


def test_the_page_takes_few_queries_and_the_card_leads_to_it(
    member_client: Client, household: Household
) -> None:
    member_client.post(PAGE, body(household.primary, household.child))

    with CaptureQueriesContext(
        connection,
    ) as queries:
        member_client.get(PAGE)

    assert len(queries) <= 12
    assert f'href="{PAGE}"' in member_client.get("/carte/").content.decode()
