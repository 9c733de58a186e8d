"""What a person's stored care has used of every cap and allowance (B-06)."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from entraide.portal.domain.adjudication.history import counters_of
from entraide.portal.domain.claims.models import PaymentLine
from entraide.portal.domain.members.models import Beneficiary
from entraide.reimbursement import Counters
from tests.conftest import Household
from tests.portal.domain.claims.care import Care, pay

pytestmark = pytest.mark.usefixtures("tables")
PAID_ON = date(2026, 11, 12)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def session(person: Beneficiary, *, day: date, amc: int = 2500, charged: int = 5500) -> Care:
    return Care(
        person=person, kind="alternative", act="OST", charged=charged, base=0, rate=0, amo=0, amc=amc,
        day=day, claim=f"O-{day:%m%d}", professional="Paul Roux",
    )  # fmt: skip


def sessions_used(counters: Counters, person: Beneficiary) -> tuple[int, int]:
    used = counters.used(f"allowance:C40SOCLE:sessions:{person.pk}", *YEAR)
    return used.units, used.amount


def test_each_line_uses_its_allowance(household: Household) -> None:
    """B-06"""
    anne = household.primary
    pay(household.member, *(session(anne, day=date(2026, month, 3)) for month in (2, 5)), on=PAID_ON)

    assert sessions_used(counters_of(anne.pk, until=PAID_ON), anne) == (2, 5000)


def test_care_after_the_day_does_not_count_yet(household: Household) -> None:
    anne = household.primary
    pay(household.member, *(session(anne, day=date(2026, month, 3)) for month in (2, 5)), on=PAID_ON)

    assert sessions_used(counters_of(anne.pk, until=date(2026, 5, 2)), anne) == (1, 2500)
    assert sessions_used(counters_of(anne.pk, until=date(2026, 5, 3)), anne) == (2, 5000)


def test_what_the_fund_withheld_counts_as_it_decided(household: Household) -> None:
    """The fund took one euro where the tariff of the day says two."""
    anne = household.primary
    pay(household.member, Care(person=anne, amo=2000, details={"withheld": 100}), on=PAID_ON)

    used = counters_of(anne.pk, until=PAID_ON).used(f"participation:{anne.pk}", *YEAR)

    assert used.amount == 100


def test_the_share_of_the_fund_tells_what_it_withheld(household: Household) -> None:
    anne = household.primary
    pay(household.member, Care(person=anne), on=PAID_ON)

    used = counters_of(anne.pk, until=PAID_ON).used(f"participation:{anne.pk}", *YEAR)

    assert used.amount == 200


def test_a_line_that_cannot_be_priced_counts_for_nothing(household: Household) -> None:
    anne = household.primary
    unknown = Care(person=anne, act="XYZ", claim="S8")
    before_cover = Care(person=anne, day=date(2017, 3, 1), claim="S9")
    pay(household.member, unknown, before_cover, session(anne, day=date(2026, 2, 3)), on=PAID_ON)

    counters = counters_of(anne.pk, until=PAID_ON)

    assert sessions_used(counters, anne) == (1, 2500)
    assert not counters.used(f"participation:{anne.pk}", date.min, date.max).amount


def test_a_correction_gives_back_what_the_line_used(household: Household) -> None:
    anne, day = household.primary, date(2026, 2, 3)
    pay(household.member, session(anne, day=day), session(anne, day=date(2026, 5, 3)), on=PAID_ON)
    pay(household.member, session(anne, day=day, amc=-2500, charged=-5500), on=date(2026, 11, 19))

    assert sessions_used(counters_of(anne.pk, until=PAID_ON), anne) == (1, 2500)


def test_nobody_uses_the_allowance_of_another(household: Household) -> None:
    pay(household.member, session(household.spouse, day=date(2026, 2, 3)), on=PAID_ON)

    counters = counters_of(household.primary.pk, until=PAID_ON)

    assert counters == Counters()


@pytest.mark.parametrize("count", [1, 40])
def test_four_queries_whatever_the_number_of_lines(
    household: Household, count: int, django_assert_num_queries: Callable[[int], Any]
) -> None:
    pay(household.member, *(Care(person=household.primary, claim=f"S{n}") for n in range(count)), on=PAID_ON)

    with django_assert_num_queries(4):
        counters_of(household.primary.pk, until=PAID_ON)
    assert PaymentLine.objects.count() == count
