"""How many teleconsultations are left, as the page says it (TELE-03, B-06, B-08)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from entraide.portal.domain.consultations.enums import Seen
from entraide.portal.domain.consultations.models import Consultation
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.tasks.queue import drain
from entraide.portal.foundation.web.wording import day
from tests.conftest import Household
from tests.portal.member_site.access.steps import words
from tests.portal.partners import DOCTORS, in_the_demo, with_partners
from tests.portal.teleconsultations import consult

__all__ = ["in_the_demo", "with_partners"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_demo")]
PAGE = "/teleconsultation/"
SignIn = Callable[[Client, Beneficiary], Client]
YEAR = timezone.localdate().year
LEFT = f"Téléconsultations Lointaine Il en reste 4 sur 5, jusqu’au 31 décembre {YEAR}"


def read(client: Client, page: str = PAGE) -> str:
    answer = client.get(page)
    assert answer.status_code == 200
    return words(answer).replace("\xa0", " ")


def counted(client: Client) -> str:
    """What stands between the limit of a year and what comes after the counters."""
    shown = read(client)
    return shown[shown.index("5 téléconsultations par an et par personne") : shown.index("Une urgence ?")]


def test_what_was_used_and_what_is_left_stand_with_the_day_that_was_told(
    member_client: Client, household: Household
) -> None:
    """TELE-03, B-06: 3 of 5."""
    for _ in range(3):
        consult(household.primary)

    shown = counted(member_client)

    assert f"Anne Vautrin 3 sur 5 utilisées en {YEAR}, il en reste 2" in shown
    assert f"Le compteur repart le 1er janvier {YEAR + 1}." in shown
    assert f"D’après ce que Lointaine nous a dit jusqu’au {day(timezone.localdate())}." in shown


def test_of_somebody_who_used_none_that_is_said_once_the_partner_told_something(
    member_client: Client, household: Household
) -> None:
    consult(household.child)

    shown = counted(member_client)

    assert f"Anne Vautrin Aucune utilisée en {YEAR}, il en reste 5 sur 5" in shown
    assert f"Elsa Vautrin 1 sur 5 utilisée en {YEAR}, il en reste 4" in shown


def test_where_the_partner_told_nothing_no_number_is_made_up(member_client: Client) -> None:
    """B-06: said, and what to do."""
    shown = counted(member_client)

    assert f"Lointaine compte les téléconsultations et ne nous a encore rien dit de {YEAR}" in shown
    assert "Demandez-le avant de consulter." in shown
    assert "sur 5" not in shown
    assert "Le compteur repart" not in shown


def test_a_new_year_begins_without_a_number(member_client: Client, household: Household) -> None:
    consult(household.primary, date(YEAR - 1, 12, 31))

    assert f"ne nous a encore rien dit de {YEAR}" in counted(member_client)


@pytest.mark.parametrize(
    ("times", "sentence"),
    [(5, "5 sur 5 utilisées en {year} : il n’en reste plus"),
     (6, "6 utilisées en {year} pour 5 comprises : il n’en reste plus")],
)  # fmt: skip
def test_after_the_last_one_the_page_says_whom_to_ask_what_the_next_costs(
    member_client: Client, household: Household, times: int, sentence: str
) -> None:
    for _ in range(times):
        consult(household.primary)

    shown = counted(member_client)

    assert sentence.format(year=YEAR) in shown
    assert "La suivante n’est plus comprise. Demandez son prix à Lointaine avant de consulter." in shown
    assert "01 99 00 12 34" in shown


def test_a_spouse_and_children_from_sixteen_count_in_their_own_space(
    member_client: Client, client: Client, household: Household, sign_in: SignIn
) -> None:
    """B-08, security 2.4"""
    for one in household.people:
        consult(one)

    shown = counted(member_client)
    own = counted(sign_in(client, household.spouse))

    for one in (household.spouse, household.adult_child, household.teen):
        assert one.full_name not in shown
    assert "Chaque adulte, et chaque enfant dès 16 ans, suit son compteur dans son propre espace." in shown
    assert f"Bruno Vautrin 1 sur 5 utilisée en {YEAR}, il en reste 4" in own
    assert "suit son compteur" not in own


def test_a_counter_that_was_read_is_in_the_childs_journal(
    member_client: Client, household: Household
) -> None:
    """A68: nothing was read where nothing was told."""
    member_client.get(PAGE)
    drain()
    assert not Consultation.objects.filter(seen=Seen.ALLOWANCES).exists()

    consult(household.spouse)
    member_client.get(PAGE)
    drain()

    noted = Consultation.objects.get(seen=Seen.ALLOWANCES)
    assert noted.person_id == household.child.pk


def test_a_partner_without_a_limit_has_no_counter(
    member_client: Client, household: Household, settings: LazySettings
) -> None:
    rules = DOCTORS.teleconsultations
    assert rules is not None
    unlimited = replace(DOCTORS, teleconsultations=replace(rules, yearly_limit=0))
    settings.PROFILE = replace(settings.PROFILE, partners=(unlimited,))
    consult(household.primary)

    assert "Combien de fois ?" not in read(member_client)


def test_the_counter_is_said_in_english(member_client: Client, household: Household) -> None:
    for _ in range(3):
        consult(household.primary)
    member_client.post("/langue/", {"language": "en", "next": PAGE})

    shown = read(member_client)

    assert f"3 of 5 used in {YEAR}, 2 left" in shown
    assert f"The counter starts again on 1 January {YEAR + 1}." in shown


def test_the_page_of_a_person_has_their_counter_beside_other_limits(
    member_client: Client, household: Household
) -> None:
    """B-06"""
    consult(household.primary)
    consult(household.child, timezone.localdate())
    consult(household.spouse, timezone.localdate())

    for one in (household.primary, household.child):
        shown = read(member_client, f"/beneficiaires/{one.pk}/")
        assert LEFT in shown
    assert "Téléconsultations Lointaine" not in read(member_client, f"/beneficiaires/{household.spouse.pk}/")
    drain()
    noted = Consultation.objects.filter(seen=Seen.ALLOWANCES)
    assert {one.person_id for one in noted} == {household.child.pk}


def test_the_page_of_a_person_says_it_when_nothing_was_told_or_nothing_is_left(
    member_client: Client, household: Household
) -> None:
    page = f"/beneficiaires/{household.primary.pk}/"
    assert f"Lointaine compte les téléconsultations et ne nous a encore rien dit de {YEAR}" in read(
        member_client, page
    )

    for _ in range(5):
        consult(household.primary)

    shown = read(member_client, page)
    assert f"Tout est utilisé, sur 5, jusqu’au 31 décembre {YEAR}" in shown
    assert "Demandez son prix à Lointaine avant de consulter. 01 99 00 12 34" in shown


def test_the_first_page_tells_ones_own_once_something_was_used(
    member_client: Client, household: Household
) -> None:
    """B-06"""
    consult(household.child)
    assert "Téléconsultations Lointaine" not in read(member_client, "/")

    consult(household.primary)

    assert LEFT in read(member_client, "/")


def test_the_pages_ask_at_most_twelve_questions(
    member_client: Client, household: Household, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    for one in household.people:
        for back in range(3):
            consult(one, timezone.localdate() - timedelta(days=back))

    for page in (
        "/",
        PAGE,
        f"/beneficiaires/{household.child.pk}/",
        f"/beneficiaires/{household.primary.pk}/",
    ):
        with django_assert_max_num_queries(12):
            assert member_client.get(page).status_code == 200
