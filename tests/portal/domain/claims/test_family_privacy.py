"""Who sees what of whose care (security 2.4; A36, A39, A40)."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from entraide.portal.domain.claims.enums import CareKind
from entraide.portal.domain.claims.models import PaymentLine
from entraide.portal.domain.claims.queries import (
    Filters,
    claim_of,
    filter_options,
    latest_of,
    reimbursements_of,
)
from entraide.portal.domain.claims.statements import statement_of
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.queries import viewer_of
from entraide.portal.domain.members.viewer import Viewer
from tests.conftest import Household
from tests.portal.domain.claims.all_statements import all_statements_of
from tests.portal.domain.claims.care import SECRET_KINDS, SECRETS

pytestmark = pytest.mark.usefixtures("paid")


def _viewer(person: Beneficiary) -> Viewer:
    assert person.account_id is not None
    found = viewer_of(person.account_id)
    assert found is not None
    return found


def test_the_primary_insured_sees_her_care_and_that_of_a_child_under_16_in_full(viewer: Viewer) -> None:
    """REMB-01."""
    found = reimbursements_of(viewer, filters=Filters(), on=localdate())

    seen = {line.person.first_name for payment in found.page for line in payment.lines}
    assert seen == {"Anne", "Elsa"}


def test_of_the_others_only_date_payee_and_amount_are_told(viewer: Viewer) -> None:
    """A36: security 2.4, lines of spouse, of an adult child, and of 16 and 17."""
    found = reimbursements_of(viewer, filters=Filters(), on=localdate())

    others = [part for payment in found.page for part in payment.others]
    assert sorted((part.person.first_name, part.paid) for part in others) == [
        ("Bruno", 700), ("Bruno", 15000), ("Chloé", 8000), ("Denis", 2500),
    ]  # fmt: skip
    assert not any(secret in repr(found) + repr(list(found.page)) for secret in SECRETS)


def test_a_professional_paid_for_two_people_is_not_named_beside_the_other_adult(viewer: Viewer) -> None:
    """The pharmacy that Anne and Bruno share is named for her line only; his amount stands apart."""
    payments = list(reimbursements_of(viewer, filters=Filters(), on=localdate()).page)

    shared = [payment for payment in payments if payment.payee_name == "Pharmacie Partagée"]
    assert [len(payment.lines) for payment in shared] == [1]
    assert not shared[0].others
    assert all(
        not payment.payee_name for payment in payments if payment.others and payment.payee == "professional"
    )


@pytest.mark.parametrize("kind", SECRET_KINDS)
def test_no_kind_of_care_of_another_adult_is_found_or_offered(viewer: Viewer, kind: str) -> None:
    """A36: the filter is no oracle."""
    found = reimbursements_of(viewer, filters=Filters(kind=CareKind(kind)), on=localdate())

    assert found.page.paginator.count == 0
    assert found.found.paid == 0
    assert CareKind(kind) not in filter_options(viewer, on=localdate()).kinds


def test_care_that_paid_nothing_for_another_adult_does_not_exist(viewer: Viewer) -> None:
    """In September Bruno's device cost him 10 € and the mutual nothing: not even an amount to tell."""
    found = reimbursements_of(viewer, filters=Filters(), on=localdate())

    assert {payment.paid_on.month for payment in found.page} == {10, 11}
    assert {one.month.month for one in all_statements_of(viewer, on=localdate())} == {10, 11}


def test_the_care_of_another_adult_has_no_page(viewer: Viewer, household: Household) -> None:
    """A36: the identifier of a line, even known, opens nothing."""
    for payment in household.member.payments.all():
        for line in payment.lines.all():
            visible = line.beneficiary_id in {household.primary.pk, household.child.pk}
            assert (claim_of(viewer, line.pk, on=localdate()) is not None) is visible


def test_the_latest_care_holds_nobody_elses(viewer: Viewer) -> None:
    names = {claim.person.first_name for claim in latest_of(viewer, limit=50, on=localdate())}

    assert names == {"Anne", "Elsa"}


@pytest.mark.parametrize("role", ["spouse", "adult_child"])
def test_a_dependant_with_an_access_sees_only_own_care(household: Household, role: str) -> None:
    """Default of security 2.4: nothing of the others, not even amounts, totals or names."""
    person = getattr(household, role)
    viewer = _viewer(person)

    found = reimbursements_of(viewer, filters=Filters(), on=localdate())

    assert {line.beneficiary_id for line in person.lines.all()} == {person.pk}
    assert sum(len(payment.lines) for payment in found.page) == person.lines.count()
    assert not any(payment.others for payment in found.page)
    assert found.found.paid == sum(line.amc for line in person.lines.all())
    assert [one.first_name for one in filter_options(viewer, on=localdate()).people] == [person.first_name]


def test_the_account_of_the_primary_insured_is_not_shown_to_the_spouse(household: Household) -> None:
    payments = reimbursements_of(_viewer(household.spouse), filters=Filters(), on=localdate()).page

    assert {payment.iban_end for payment in payments} == {""}


def test_the_account_that_received_the_money_is_shown_to_its_owner(viewer: Viewer) -> None:
    payments = reimbursements_of(viewer, filters=Filters(), on=localdate()).page

    assert {payment.iban_end for payment in payments if payment.payee == "member"} == {"0189"}


def test_a_sixteenth_birthday_closes_the_past_too(viewer: Viewer, household: Household) -> None:
    """A39."""
    day = household.child.birth_date
    birthday = day.replace(year=day.year + 16)

    before = reimbursements_of(viewer, filters=Filters(), on=birthday - timedelta(days=1))
    after = reimbursements_of(viewer, filters=Filters(), on=birthday)

    assert "Elsa" in {line.person.first_name for payment in before.page for line in payment.lines}
    assert "Elsa" not in {line.person.first_name for payment in after.page for line in payment.lines}
    assert after.found.paid == before.found.paid


def test_a_statement_is_cut_for_its_reader(household: Household, viewer: Viewer) -> None:
    """A40: one statement, two readers, two contents."""
    statement = household.member.statements.get(number="R-202611")

    hers = statement_of(viewer, statement.pk, on=localdate())
    his = statement_of(_viewer(household.spouse), statement.pk, on=localdate())

    assert hers is not None
    assert his is not None
    assert not any(secret in repr(hers) for secret in SECRETS)
    assert {line.person.first_name for payment in his.payments for line in payment.lines} == {"Bruno"}
    assert "Anne" not in repr([payment.lines for payment in his.payments])


def test_a_stranger_has_nothing(household: Household, stranger: Beneficiary) -> None:
    """A36."""
    viewer = _viewer(stranger)

    assert reimbursements_of(viewer, filters=Filters(), on=localdate()).page.paginator.count == 0
    assert latest_of(viewer, on=localdate()) == []
    assert all_statements_of(viewer, on=localdate()) == []
    for statement in household.member.statements.all():
        assert statement_of(viewer, statement.pk, on=localdate()) is None
    for line in PaymentLine.objects.all():
        assert claim_of(viewer, line.pk, on=localdate()) is None
