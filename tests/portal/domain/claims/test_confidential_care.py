"""A line marked confidential is known to its patient alone, whatever age and consents (2.4, L.1111-5)."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from entraide.portal.domain.adjudication.allowances import allowances_of
from entraide.portal.domain.claims.by_post import Addressee, addressees, posted_statements
from entraide.portal.domain.claims.enums import CareKind
from entraide.portal.domain.claims.models import PaymentLine
from entraide.portal.domain.claims.periods import Quarter
from entraide.portal.domain.claims.queries import (
    Filters,
    claim_of,
    filter_options,
    latest_of,
    reimbursements_of,
)
from entraide.portal.domain.claims.statements import own_statements_of, statement_of
from entraide.portal.domain.exports.sources import SOURCES
from entraide.portal.domain.members.models import Beneficiary, CareConsent
from entraide.portal.domain.members.queries import viewer_of
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.simulations.subjects import subject_of
from tests.conftest import Household, give_account
from tests.portal.domain.claims.all_statements import all_statements_of
from tests.portal.domain.claims.care import Care, pay

pytestmark = pytest.mark.django_db
SECRET = "Centre Secretan"
ROLES = ["teen", "child", "spouse", "adult_child"]


@pytest.fixture(params=ROLES)
def patient(request: pytest.FixtureRequest, household: Household) -> Beneficiary:
    """Somebody of the family with one open and one confidential line, paid together to the account."""
    person: Beneficiary = getattr(household, request.param)
    hide(household, person)
    return person


def hide(household: Household, person: Beneficiary) -> PaymentLine:
    open_care = Care(person=person, kind="dental", amc=900, claim="S20", professional="Docteur Amandier")
    secret = Care(
        person=person, kind="laboratory", charged=7131, base=0, rate=0, amo=0, amc=7131, claim="S21",
        professional=SECRET, label="Analyse secrète", details={"confidential": True},
    )  # fmt: skip
    payment = pay(household.member, open_care, secret, on=date(2026, 11, 12))
    alone = Care(
        person=person, amc=4417, charged=4417, amo=0, base=0, rate=0, claim="S22", professional=SECRET,
        kind="imaging", details={"confidential": True},
    )  # fmt: skip
    pay(household.member, alone, on=date(2024, 2, 5), statement="R-ALONE")
    return payment.lines.get(claim_number="S21")


def as_seen(person: Beneficiary) -> Viewer:
    found = viewer_of(person.account_id or give_account(person).pk)
    assert found is not None
    return found


def all_that_is_seen(viewer: Viewer) -> str:
    today = localdate()
    found = reimbursements_of(viewer, filters=Filters(), on=today)
    statements = all_statements_of(viewer, on=today)
    papers = [statement_of(viewer, one.id, on=today) for one in statements]
    everything = [
        found,
        list(found.page),
        filter_options(viewer, on=today),
        latest_of(viewer, on=today),
        papers,
    ]
    # Random ids hold any four digits once in a while.
    return re.sub(r"UUID\('[-0-9a-f]{36}'\)", "", repr(everything))


def test_it_is_in_no_list_total_count_statement_kind_or_year_of_the_primary_insured(
    viewer: Viewer, patient: Beneficiary
) -> None:
    today = localdate()
    words = all_that_is_seen(viewer)

    assert not any(mark in words for mark in (SECRET, "Analyse secrète", "7131", "8031", "4417"))
    found = reimbursements_of(viewer, filters=Filters(), on=today)
    assert (found.found.paid, found.page.paginator.count) == (900, 1)
    assert len(all_statements_of(viewer, on=today)) == 1
    options = filter_options(viewer, on=today)
    assert CareKind.LABORATORY not in options.kinds
    assert 2024 not in options.past_years


def test_its_address_opens_nothing_and_its_own_claim_does_not_tell(
    viewer: Viewer, patient: Beneficiary
) -> None:
    for line in PaymentLine.objects.filter(confidential=True):
        assert claim_of(viewer, line.pk, on=localdate()) is None


def test_its_patient_reads_all_of_it(patient: Beneficiary) -> None:
    own = as_seen(patient)

    assert SECRET in all_that_is_seen(own)
    assert reimbursements_of(own, filters=Filters(), on=localdate()).found.paid == 900 + 7131 + 4417
    assert len(own_statements_of(own)) == 2
    copy = repr([list(table.rows()) for source in SOURCES.tables for table in source(patient.pk)])
    assert SECRET in copy


def test_consent_does_not_open_it(household: Household, viewer: Viewer) -> None:
    hide(household, household.spouse)
    CareConsent.objects.create(
        giver=household.spouse, reader=household.primary, request_key=uuid4(), given_at=timezone.now()
    )

    words = all_that_is_seen(viewer)

    assert "Docteur Amandier" in words
    assert SECRET not in words


def test_no_page_or_paper_of_the_primary_insured_tells_it(
    member_client: Client, patient: Beneficiary
) -> None:
    for page in ("/", "/remboursements/", "/remboursements/?kind=laboratory", "/releves/"):
        words = member_client.get(page).content.decode().replace("\xa0", " ").replace("\u202f", " ")
        assert not any(mark in words for mark in (SECRET, "71,31", "80,31", "44,17"))


def test_a_letter_on_paper_leaves_it_out_and_still_adds_up(household: Household) -> None:
    """REMB-03: the mutual paid more to the account than the letter may tell."""
    hide(household, household.teen)
    household.member.statement_delivery = "post"
    household.member.save()
    Beneficiary.objects.filter(pk=household.primary.pk).update(postcode="38000", city="Grenoble")
    household.primary.refresh_from_db()
    household.primary.address_line1 = "1 rue du Test"
    household.primary.save()
    quarter = Quarter.parse("2026-Q4")

    (letter,) = posted_statements([household.member.pk], quarter, on=date(2027, 1, 5))

    assert (letter.paid, letter.untold) == (900, 7131)
    assert [type(one) for one in addressees(quarter, on=date(2027, 1, 5))] == [Addressee]


def test_no_letter_leaves_for_confidential_care_alone(household: Household) -> None:
    hide(household, household.teen)
    household.member.statement_delivery = "post"
    household.member.save()
    household.primary.address_line1 = "1 rue du Test"
    household.primary.save()

    assert list(addressees(Quarter.parse("2024-Q1"), on=date(2027, 1, 5))) == []


@pytest.mark.usefixtures("tables")
def test_allowances_and_simulations_of_a_child_count_it_for_nobody_else(
    household: Household, viewer: Viewer
) -> None:
    session = Care(
        person=household.child, kind="alternative", act="OST", charged=6000, base=0, rate=0, amo=0, amc=2500,
        day=date(2026, 5, 3), claim="S30", details={"confidential": True},
    )  # fmt: skip
    pay(household.member, session, on=date(2026, 5, 12))
    today = date(2026, 11, 22)

    def used(who: Viewer) -> list[Any]:
        found = allowances_of(who, household.child.pk, on=today)
        assert found is not None
        return list(found.touched)

    assert used(viewer) == []
    assert len(used(as_seen(household.child))) == 1
    simulated = subject_of(viewer, household.child.pk, today=today)
    assert simulated is not None
    assert simulated.counters == type(simulated.counters)()


@pytest.mark.parametrize(("role", "sees"), [("spouse", True), ("adult_child", False)])
def test_a_parent_on_file_sees_the_young_childs_care_but_no_confidential_line(
    household: Household, role: str, sees: bool
) -> None:
    """2.4: lines of a minor under 16, spouse if parent on file."""
    hide(household, household.child)
    numbers = f"{household.primary.number}|{getattr(household, role).number}"
    Beneficiary.objects.filter(pk=household.child.pk).update(parents=numbers)

    words = all_that_is_seen(as_seen(getattr(household, role)))

    assert ("Docteur Amandier" in words) is sees
    assert SECRET not in words


def test_a_parent_on_file_asks_no_more_questions(
    household: Household, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    hide(household, household.child)
    spouse = as_seen(household.spouse)

    with django_assert_max_num_queries(5):
        reimbursements_of(spouse, filters=Filters(), on=localdate())
