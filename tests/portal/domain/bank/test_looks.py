"""What waits to be paid on an account that is to change (A71)."""

from pathlib import Path

import pytest

from entraide.portal.domain.adjudication.models import AdjudicatedLine
from entraide.portal.domain.bank.looks import amount_waiting
from entraide.portal.domain.bank.models import AccountChange
from entraide.portal.domain.members.models import Beneficiary
from tests.conftest import Household
from tests.portal.bank import OTHER, ask, viewer_for
from tests.portal.domain.claims.tables import tables
from tests.portal.feeds import take_in, visit

__all__ = ["tables"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def amounts(tables: None, household: Household, tmp_path: Path) -> int:
    """Cents of one visit; one each of Anne, Bruno and Elsa waits, and one paid to the doctor."""
    people = (household.primary, household.spouse, household.child)
    lines = [
        visit(
            number,
            beneficiary_number=one.number,
            nir="",
            birth_date=one.birth_date.isoformat(),
            birth_rank="1",
        )
        for number, one in enumerate(people)
    ]
    paid_to_doctor = visit(9, payee="professional", executor_number="381234567")
    take_in(tmp_path, *lines, paid_to_doctor)
    assert AdjudicatedLine.objects.count() == 4
    one = amount_waiting(ask(viewer_for(household.spouse), person=household.spouse))
    AccountChange.objects.all().delete()
    assert one > 0
    return one


def test_the_account_of_the_contract_has_what_waits_for_all_who_share_it(
    amounts: int, household: Household
) -> None:
    assert amount_waiting(ask(viewer_for(household.primary))) == 3 * amounts


def test_an_account_apart_is_left_out(amounts: int, household: Household) -> None:
    spouse = Beneficiary.objects.get(pk=household.spouse.pk)
    spouse.iban = OTHER
    spouse.save()

    assert amount_waiting(ask(viewer_for(household.primary))) == 2 * amounts


def test_a_childs_own_account_has_what_waits_for_the_child(amounts: int, household: Household) -> None:
    assert amount_waiting(ask(viewer_for(household.primary), person=household.child)) == amounts
