"""Which papers to send (B-04, PIECE-01…15, REMB-06, REMB-07)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from entraide.portal.domain.consultations.models import Consultation
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.requests.models import Request
from entraide.portal.foundation.tasks.queue import drain
from tests.conftest import Household
from tests.portal.member_site.requests.conftest import text_of

pytestmark = pytest.mark.django_db
PAGE = "/depot/pieces/"


def ask(client: Client, care: str, paid: str = "all", feed: str = "off") -> str:
    response = client.get(PAGE, {"care": care, "paid": paid, "feed": feed})
    assert response.status_code == 200
    return text_of(response)


def test_two_questions_come_first_and_the_feed_is_answered_from_the_file(
    member_client: Client, household: Household
) -> None:
    """REMB-06: with the reason, and without asking for anything that is known."""
    Beneficiary.objects.filter(pk=household.primary.pk).update(claim_feed="on")
    works = text_of(member_client.get(PAGE))
    Beneficiary.objects.filter(pk=household.primary.pk).update(claim_feed="off")
    stopped = text_of(member_client.get(PAGE))

    assert 'value="on" id="id_feed_0" checked' in works
    assert "la télétransmission fonctionne pour vous" in works
    assert 'value="off" id="id_feed_1" checked' in stopped
    assert "la télétransmission ne fonctionne pas pour vous" in stopped
    assert "error-summary" not in works + stopped


def test_nothing_to_send_is_an_answer(member_client: Client) -> None:
    """PIECE-01, B-04: nothing is asked that the feed brings already."""
    page = ask(member_client, "consultation", feed="on")

    assert "Rien à envoyer : la télétransmission nous apporte tout" in page
    assert "papers__item" not in page
    assert f"{PAGE}?care=consultation&paid=all&feed=off" in page


def test_who_paid_nothing_has_nothing_to_send(member_client: Client) -> None:
    assert "vous n’avez rien payé" in ask(member_client, "dental-other", paid="nothing")


def test_the_exact_papers_lead_to_the_deposit_with_everything_chosen(member_client: Client) -> None:
    """PIECE-05."""
    page = ask(member_client, "optical-lenses")

    assert page.count("papers__item") == 3
    assert "Le décompte original de la Sécurité sociale" in page
    assert "avec la référence des verres" in page
    assert "/depot/?category=optical&type=optical-lenses&paid=all&feed=off" in page


def test_the_age_of_a_prescription_is_told_before_it_is_sent(member_client: Client) -> None:
    """PIECE-06."""
    assert "24 mois au plus" in ask(member_client, "contact-lenses-other", feed="on")
    assert "24 mois au plus" not in ask(member_client, "optical-lenses", feed="on")


def test_an_answer_is_missing_or_wrong_and_the_page_says_which(member_client: Client) -> None:
    missing = member_client.get(PAGE, {"care": "pharmacy"})
    unknown = member_client.get(PAGE, {"care": "astrologie", "paid": "all", "feed": "peut-être"})

    assert [missing.status_code, unknown.status_code] == [422, 422]
    assert 'href="#id_paid_0"' in text_of(missing)
    assert '<option value="pharmacy" selected>' in text_of(missing)
    assert 'href="#id_care"' in text_of(unknown)
    assert 'href="#id_feed_0"' in text_of(unknown)


def test_a_member_reads_for_whom_of_the_family_it_is_the_other_way_round(
    member_client: Client, household: Household
) -> None:
    """A36: only of those whose identity she sees, and noted in their journal (A68)."""
    Beneficiary.objects.update(claim_feed="off")
    Beneficiary.objects.filter(pk=household.primary.pk).update(claim_feed="on")

    page = text_of(member_client.get(PAGE))
    drain()

    assert household.child.first_name in page
    assert household.spouse.first_name not in page
    read = set(Consultation.objects.values_list("person_id", flat=True))
    assert household.child.pk in read
    assert household.spouse.pk not in read


def test_the_page_is_in_english_too(member_client: Client) -> None:
    member_client.post("/langue/", {"language": "en", "next": "/"})

    assert "The original Social Security statement" in ask(member_client, "pharmacy")


def test_signed_out_the_page_leads_to_the_door(client: Client) -> None:
    assert client.get(PAGE).headers["Location"].startswith("/connexion/")


def test_reading_stores_nothing_and_takes_few_questions(
    member_client: Client, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    with django_assert_max_num_queries(12):
        ask(member_client, "spa-cure")

    assert not Request.objects.exists()
    assert member_client.post(PAGE).status_code == 405
