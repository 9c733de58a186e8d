"""The form that sends a card, and the page behind its link (CARD-01, A53, A32)."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from entraide.portal.domain.card.models import CardSending
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.tasks.queue import drain
from entraide.portal.foundation.web.sessions import FRESH_FACTOR
from entraide.portal.notifications.models import Delivery
from tests.conftest import Household
from tests.portal.cards import carded
from tests.portal.member_site.requests.conftest import text_of

__all__ = ["carded"]
pytestmark = pytest.mark.usefixtures("carded")
PAGE = "/carte/envoyer/"


def body(of: Beneficiary, **changes: object) -> dict[str, Any]:
    values = {"person": str(of.pk), "to": "professional", "email": "pharmacie@example.org"}
    return values | {"request_key": str(uuid4())} | changes


def link_sent() -> str:
    drain()
    words = Delivery.objects.get(notice="card_sent").body
    return "/carte/recue/" + words.partition("/carte/recue/")[2].split()[0]


def test_a_card_is_sent_and_its_link_opens_it_without_an_account(
    member_client: Client, household: Household
) -> None:
    answer = member_client.post(PAGE, body(household.primary), follow=True)
    link, visitor = link_sent(), Client()

    page, paper = visitor.get(link), visitor.get(f"{link}carte.pdf")

    assert "C’est envoyé" in text_of(answer)
    assert "Anne Vautrin" in text_of(page)
    assert paper.content.startswith(b"%PDF")
    for one in (page, paper):
        assert one.headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in one.headers["X-Robots-Tag"]
        assert "no-store" in one.headers["Cache-Control"]


@pytest.mark.django_db
def test_a_link_that_is_over_says_so_and_shows_nothing(member_client: Client, household: Household) -> None:
    member_client.post(PAGE, body(household.primary))
    link = link_sent()
    CardSending.objects.update(withdrawn_at="2026-01-01T00:00:00Z")

    over, unknown = Client().get(link), Client().get("/carte/recue/nothing/")

    assert (over.status_code, unknown.status_code) == (404, 404)
    assert text_of(over).partition("Ce lien ne s’ouvre plus")[2]
    assert "Anne Vautrin" not in text_of(over)
    assert Client().get(f"{link}carte.pdf").status_code == 404


def test_without_a_fresh_proof_nothing_is_sent(member_client: Client, household: Household) -> None:
    """A32"""
    session = member_client.session
    session[FRESH_FACTOR] = 0
    session.save()

    answer = member_client.post(PAGE, body(household.primary))

    assert answer.headers["Location"].startswith("/securite/confirmer/")
    assert not CardSending.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"person": ""}, "person"),
        ({"person": str(uuid4())}, "person"),
        ({"to": ""}, "to"),
        ({"to": "everybody"}, "to"),
        ({"email": ""}, "email"),
        ({"email": "pharmacie"}, "email"),
        ({"email": "a@example.org\nBcc: b@example.org"}, "email"),
        ({"email": "a@example.org, b@example.org"}, "email"),
    ],
)
def test_bad_answers_are_refused_beside_their_field_and_kept(
    member_client: Client, household: Household, changes: dict[str, object], field: str
) -> None:
    """A53: one address, and nothing else."""
    answer = member_client.post(PAGE, body(household.primary, **changes))

    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert not CardSending.objects.exists()


def test_a_key_used_for_another_card_is_refused(member_client: Client, household: Household) -> None:
    asked = body(household.primary)
    member_client.post(PAGE, asked)

    answer = member_client.post(PAGE, asked | {"person": str(household.child.pk)})

    assert answer.status_code == 409
    assert CardSending.objects.count() == 1


def test_the_page_offers_people_without_their_addresses(member_client: Client, household: Household) -> None:
    page = member_client.get(PAGE).content.decode()

    assert "Bruno Vautrin" in page
    assert household.spouse.email not in page
