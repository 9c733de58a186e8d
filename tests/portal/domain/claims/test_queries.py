"""Lists, filters, totals and statements of reimbursements (REMB-01, REMB-02)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db.models import Sum
from django.utils.timezone import localdate

from entraide.portal.domain.claims.enums import CareKind, Period
from entraide.portal.domain.claims.models import PaymentLine
from entraide.portal.domain.claims.periods import first_and_last, months_before
from entraide.portal.domain.claims.queries import (
    PAYMENTS_PER_PAGE,
    Filters,
    claim_of,
    filter_options,
    latest_of,
    reimbursements_of,
)
from entraide.portal.domain.claims.statements import statement_of, statements_of
from entraide.portal.domain.members.viewer import Viewer
from tests.conftest import Household
from tests.portal.domain.claims.all_statements import all_statements_of
from tests.portal.domain.claims.care import Care, pay

TODAY = date(2026, 11, 22)


def _many(household: Household, count: int) -> None:
    for number in range(count):
        pay(household.member, Care(person=household.primary), Care(person=household.spouse, claim="S2"),
            on=TODAY - timedelta(days=number))  # fmt: skip


def test_payments_come_newest_first_a_page_at_a_time(household: Household, viewer: Viewer) -> None:
    """REMB-01."""
    _many(household, PAYMENTS_PER_PAGE + 3)

    first = reimbursements_of(viewer, filters=Filters(), page=1, on=TODAY).page
    second = reimbursements_of(viewer, filters=Filters(), page=2, on=TODAY).page

    days = [payment.paid_on for payment in [*first, *second]]
    assert (len(first), len(second)) == (PAYMENTS_PER_PAGE, 3)
    assert days == sorted(days, reverse=True)


@pytest.mark.parametrize("page", ["x", "0", "-3", "999999", ""])
def test_a_page_number_that_makes_no_sense_gives_a_page_that_exists(
    household: Household, viewer: Viewer, page: str
) -> None:
    _many(household, 2)

    assert len(reimbursements_of(viewer, filters=Filters(), page=page, on=TODAY).page) == 2


@pytest.mark.parametrize("count", [2, 40])
def test_the_number_of_questions_to_the_database_does_not_grow(
    household: Household, viewer: Viewer, count: int, django_assert_num_queries: Callable[[int], Any]
) -> None:
    _many(household, count)

    with django_assert_num_queries(5):
        list(reimbursements_of(viewer, filters=Filters(), on=TODAY).page)
    with django_assert_num_queries(3):
        filter_options(viewer, on=TODAY)
    with django_assert_num_queries(2):
        latest_of(viewer, on=TODAY)
    with django_assert_num_queries(5):
        statements_of(viewer, on=TODAY)


def test_totals_are_those_of_the_database(household: Household, viewer: Viewer, paid: None) -> None:
    """Every cent that the mutual paid for the family is in the total, once."""
    found = reimbursements_of(viewer, filters=Filters(), on=localdate()).found

    assert found.paid == PaymentLine.objects.aggregate(sum=Sum("amc"))["sum"]
    assert found.shares.charged == found.shares.amo + found.shares.amc + found.shares.left


def test_totals_follow_the_filters_and_the_year_does_not(viewer: Viewer, paid: None) -> None:
    everything = reimbursements_of(viewer, filters=Filters(), on=localdate())
    dental = reimbursements_of(viewer, filters=Filters(kind=CareKind.DENTAL), on=localdate())

    assert dental.found.shares.charged == 4200
    assert dental.this_year == everything.this_year


def test_filter_by_person_keeps_that_person_only(household: Household, viewer: Viewer, paid: None) -> None:
    found = reimbursements_of(viewer, filters=Filters(person=household.child.pk), on=localdate())

    assert {line.person.first_name for payment in found.page for line in payment.lines} == {"Elsa"}
    assert not any(payment.others for payment in found.page)


def test_filter_by_another_adult_gives_amounts_alone(
    household: Household, viewer: Viewer, paid: None
) -> None:
    """A36."""
    found = reimbursements_of(viewer, filters=Filters(person=household.spouse.pk), on=localdate())

    assert not any(payment.lines for payment in found.page)
    assert found.found.others == 15700
    assert found.found.shares.charged == 0


@pytest.mark.parametrize(
    ("period", "days"),
    [
        (Period.ALL.value, None),
        (Period.MONTH.value, (date(2026, 11, 1), TODAY)),
        (Period.QUARTER.value, (date(2026, 8, 22), TODAY)),
        (Period.YEAR.value, (date(2026, 1, 1), TODAY)),
        ("2024", (date(2024, 1, 1), date(2024, 12, 31))),
    ],
)
def test_periods_are_days_of_payment_both_ends_included(period: str, days: tuple[date, date] | None) -> None:
    assert first_and_last(period, on=TODAY) == days


def test_three_months_before_the_end_of_may_is_the_end_of_february() -> None:
    assert months_before(date(2024, 5, 31), 3) == date(2024, 2, 29)
    assert months_before(date(2025, 1, 15), 3) == date(2024, 10, 15)


def test_filter_by_period(household: Household, viewer: Viewer) -> None:
    pay(household.member, Care(person=household.primary), on=date(2026, 11, 3))
    pay(household.member, Care(person=household.primary), on=date(2025, 12, 31))

    def found(period: str) -> int:
        return reimbursements_of(viewer, filters=Filters(period=period), on=TODAY).page.paginator.count

    counts = [found(period) for period in ("", "month", "3-months", "year", "2025", "2024")]
    assert counts == [2, 1, 1, 1, 1, 0]
    assert filter_options(viewer, on=TODAY).past_years == (2025,)


def test_a_claim_gathers_the_lines_of_one_care(household: Household, viewer: Viewer) -> None:
    drug = Care(person=household.primary, kind="pharmacy", claim="S7", amo=0, amc=0, base=0, rate=0)
    drugs = [replace(drug, charged=charged) for charged in (300, 900, 500)]
    payment = pay(household.member, *drugs, Care(person=household.primary, claim="S8"), on=TODAY)

    claim = claim_of(viewer, payment.lines.filter(claim_number="S7").first().pk, on=TODAY)  # type: ignore[union-attr]

    assert claim is not None
    assert [line.shares.charged for line in claim.lines] == [300, 900, 500]
    assert claim.shares.left == 1700
    assert claim.statement_id == payment.statement_id


def test_a_claim_that_does_not_exist_is_none(viewer: Viewer) -> None:
    assert claim_of(viewer, uuid4(), on=TODAY) is None


def test_the_latest_three_are_whole_claims(household: Household, viewer: Viewer) -> None:
    """HOME: the three latest reimbursements."""
    for number in range(5):
        lines = [
            Care(person=household.primary, claim=f"S{number}"),
            Care(person=household.primary, claim=f"S{number}"),
        ]
        pay(household.member, *lines, on=TODAY - timedelta(days=number))

    latest = latest_of(viewer, limit=3, on=TODAY)

    assert [claim.paid_on for claim in latest] == [TODAY - timedelta(days=number) for number in range(3)]
    assert [len(claim.lines) for claim in latest] == [2, 2, 2]


def test_care_paid_on_one_day_comes_in_the_order_of_its_claims(household: Household, viewer: Viewer) -> None:
    """However many payments that day had, and whichever of them hold nothing for this reader."""
    for claim in ("S7", "S3", "S9", "S1", "S5"):
        pay(household.member, Care(person=household.primary, claim=claim), on=TODAY)
        pay(household.member, Care(person=household.spouse, claim=f"A{claim}"), on=TODAY)
    pay(household.member, Care(person=household.primary, claim="S0"), on=TODAY - timedelta(days=1))

    latest = latest_of(viewer, limit=3, on=TODAY)

    assert [claim.lines[0].claim_number for claim in latest] == ["S1", "S3", "S5"]


def test_every_payment_stands_on_one_page_whoever_it_was_for(household: Household, viewer: Viewer) -> None:
    """A36: one to a professional for two adults is two; the pages together hold as many as are counted."""
    for number in range(17):
        both = [Care(person=one, claim=f"S{number}") for one in (household.primary, household.spouse)]
        pay(household.member, *both, on=TODAY - timedelta(days=number // 4), payee="professional")

    pages = [
        reimbursements_of(viewer, filters=Filters(), page=number, on=TODAY).page for number in range(1, 6)
    ]
    shown = [payment for page in pages for payment in page]

    assert (pages[0].paginator.count, len(shown)) == (34, 34)
    assert [one.paid_on for one in shown] == sorted((one.paid_on for one in shown), reverse=True)
    assert sum(bool(one.lines) for one in shown) == sum(bool(one.others) for one in shown) == 17


def test_a_month_can_have_two_statements_and_another_none(household: Household, viewer: Viewer) -> None:
    """REMB-02: the sample list of the source has two in July and none in September."""
    days = {"A": date(2026, 7, 9), "B": date(2026, 7, 23), "C": date(2026, 8, 6), "D": date(2026, 10, 8)}
    for number, day in days.items():
        pay(household.member, Care(person=household.primary), on=day, statement=number)

    found = [(one.month, one.rank) for one in all_statements_of(viewer, on=TODAY)]

    assert found == [
        (date(2026, 10, 1), 1), (date(2026, 8, 1), 1), (date(2026, 7, 1), 2), (date(2026, 7, 1), 1),
    ]  # fmt: skip


def test_statement_page_and_database_agree_to_the_cent(
    household: Household, viewer: Viewer, paid: None
) -> None:
    """REMB-02, I7."""
    shown = list(reimbursements_of(viewer, filters=Filters(), on=localdate()).page)
    for summary in all_statements_of(viewer, on=localdate()):
        statement = statement_of(viewer, summary.id, on=localdate())
        assert statement is not None
        of_page = [payment for payment in shown if payment in statement.payments]
        in_database = PaymentLine.objects.filter(payment__statement_id=summary.id).aggregate(sum=Sum("amc"))
        assert statement.paid == summary.paid == in_database["sum"]
        assert statement.paid == sum(payment.paid for payment in of_page)
