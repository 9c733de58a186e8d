"""Who consults, and by which way: what stands about whom (TELE-01…03, B-06, security 2.4)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from entraide.portal.domain.consultations.enums import Seen
from entraide.portal.domain.consultations.models import Consultation
from entraide.portal.domain.contracts.models import Coverage
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.tasks.queue import drain
from tests.conftest import Household, give_account
from tests.portal.member_site.access.steps import words
from tests.portal.partners import in_the_demo, with_partners

__all__ = ["in_the_demo", "with_partners"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_demo")]
PAGE = "/teleconsultation/"
SignIn = Callable[[Client, Beneficiary], Client]
OWN_WAY = "https://lointaine.example/seul"


def rows_of(client: Client) -> str:
    """The table of who consults."""
    page = client.get(PAGE).content.decode()
    return page[page.index('<table class="table') : page.index("</table>")]


def test_the_member_and_minor_children_consult_through_us(
    member_client: Client, household: Household
) -> None:
    """TELE-02"""
    rows = rows_of(member_client)

    assert 'href="/passage/lointaine/"' in rows
    for child in (household.teen, household.child):
        assert f'href="/passage/lointaine/?person={child.pk}"' in rows


def test_of_a_spouse_and_an_adult_child_only_the_way_of_their_own_stands_there(
    member_client: Client, household: Household
) -> None:
    """TELE-02, security 2.4"""
    page = member_client.get(PAGE).content.decode()

    assert page.count(f'href="{OWN_WAY}"') == 2
    for one in (household.spouse, household.adult_child):
        assert one.full_name in page
        assert str(one.pk) not in page
        assert one.full_name not in rows_of(member_client)


def test_a_spouse_sees_oneself_alone(client: Client, household: Household, sign_in: SignIn) -> None:
    shown = words(sign_in(client, household.spouse).get(PAGE))

    assert household.spouse.full_name in shown
    assert "Consulter avec mon compte" in shown
    for other in (household.primary, household.adult_child, household.teen, household.child):
        assert other.full_name not in shown


def test_a_teenager_with_an_access_consults_for_themselves(
    client: Client, household: Household, sign_in: SignIn
) -> None:
    give_account(household.teen)
    shown = words(sign_in(client, household.teen).get(PAGE))

    assert "Consulter pour moi" in shown
    assert household.child.full_name not in shown


def test_the_health_number_is_masked(member_client: Client, household: Household) -> None:
    """X10"""
    shown = words(member_client.get(PAGE))

    assert household.primary.nir not in shown.replace(" ", "")
    assert "•• ••• ••• ••" in shown


def test_what_stands_about_a_child_is_in_the_childs_journal(
    member_client: Client, household: Household
) -> None:
    """A68"""
    member_client.get(PAGE)
    drain()

    noted = Consultation.objects.filter(seen=Seen.IDENTITY)
    assert {one.person_id for one in noted} == {household.teen.pk, household.child.pk}


def test_who_is_not_covered_has_no_way(member_client: Client, household: Household) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    Coverage.objects.filter(beneficiary=household.child).update(ends_on=yesterday)

    rows = rows_of(member_client)

    assert f"?person={household.child.pk}" not in rows
    assert "Aucun contrat aujourd’hui" in rows


def test_an_emergency_is_not_sent_to_a_doctor_on_a_screen(member_client: Client) -> None:
    page = member_client.get(PAGE).content.decode()

    assert 'href="tel:15"' in page
    assert 'href="tel:112"' in page
