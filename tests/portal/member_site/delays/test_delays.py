"""The page of delays, and what a member who waits is told of them (B-10)."""

import pytest
from django.test import Client
from django.utils import timezone

from entraide.portal.domain.figures.counting import LEAST, count_delays
from entraide.portal.domain.figures.models import Delay
from entraide.portal.domain.requests.models import Request
from tests.conftest import Household
from tests.portal.domain.correspondence.history import ask
from tests.portal.domain.figures.answered import many_answered
from tests.portal.domain.handling.conftest import reference
from tests.portal.member_site.access.steps import words

PAGE = "/delais/"
TOO_FEW = "Pas encore assez de réponses pour un chiffre"


@pytest.fixture
def counted(household: Household) -> None:
    """Twenty answers of one category on their very day, none of any other."""
    now = timezone.now()
    many_answered(household.primary, [0] * LEAST, at=now)
    count_delays(now=now)


def waiting(household: Household, number: int, **more: str) -> str:
    """The page of an open request of Anne's."""
    one = ask(household.primary, at=timezone.now(), files=(), **more)  # type: ignore[arg-type]
    Request.objects.filter(pk=one.pk).update(reference=reference(number))
    return f"/demandes/{reference(number)}/"


def test_a_visitor_reads_figures_beside_promises(client: Client, counted: None) -> None:
    page = words(client.get(PAGE))

    assert page.count("le jour même") == 2
    assert "5 à 7 jours ouvrés" in page
    assert page.index("le jour même") < page.index(TOO_FEW)
    assert "le jour même" not in page[page.index(TOO_FEW) :]


def test_without_answers_or_without_a_count_the_page_says_so(client: Client, household: Household) -> None:
    never = words(client.get(PAGE))
    count_delays(now=timezone.now())
    empty = words(client.get(PAGE))

    assert "Pas de chiffre récent" in never
    assert TOO_FEW in empty
    for page in (never, empty):
        assert "5 à 7 jours ouvrés" in page
        assert "La moitié des réponses" not in page


def test_the_page_is_in_english_and_takes_no_other_method(client: Client, counted: None) -> None:
    page = words(client.get(PAGE, headers={"Accept-Language": "en"}))

    assert "5 to 7 working days" in page
    assert "the same day" in page
    assert client.post(PAGE).status_code == 405


def test_who_waits_for_an_answer_reads_how_long_it_takes_now(
    member_client: Client, household: Household, counted: None
) -> None:
    sentence = "En ce moment, la moitié des réponses arrivent le jour même, neuf sur dix le jour même."
    followed, other = waiting(household, 1), waiting(household, 2, category="quote")

    for address in (followed, f"{followed}?envoye=1"):
        page = words(member_client.get(address))
        assert sentence in page
        assert "Voir les délais du moment" in page
    assert "En ce moment, la moitié" not in words(member_client.get(other))
    Delay.objects.all().delete()
    assert "En ce moment, la moitié" not in words(member_client.get(followed))
