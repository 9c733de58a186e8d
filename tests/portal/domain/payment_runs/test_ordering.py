"""An ordered run makes payments, statements and the file for the bank, and their sums agree."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from lxml import etree

from entraide.portal.domain.adjudication.enums import LineState
from entraide.portal.domain.adjudication.history import counters_of
from entraide.portal.domain.adjudication.models import AdjudicatedLine
from entraide.portal.domain.claims.explanation import explanation_of
from entraide.portal.domain.claims.models import Payment, PaymentLine, Statement
from entraide.portal.domain.claims.queries import Filters, reimbursements_of
from entraide.portal.domain.claims.statements import statement_of
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.queries import viewer_of
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.payment_runs.models import PaymentRun, Transfer
from entraide.portal.domain.payment_runs.ordering import order_file, order_run
from entraide.portal.domain.payment_runs.refusals import RunRefused
from entraide.portal.domain.payment_runs.totals import totals_of
from tests.conftest import Household
from tests.portal.domain.claims.all_statements import all_statements_of
from tests.portal.domain.payment_runs.conftest import NOW, PAY_ON, PROFESSIONAL, ordered, prepared
from tests.portal.feeds import reissue, reversal, session, take_in, visit

pytestmark = pytest.mark.usefixtures("bank", "household")
END = date(2026, 12, 31)


def amounts_in(content: bytes | None) -> list[str]:
    """The amounts of a file for the bank."""
    assert content is not None
    tree = etree.fromstring(content)
    return [found.text for found in tree.iter("{*}InstdAmt")]


@pytest.mark.usefixtures("practice")
def test_lines_statements_and_the_file_have_one_sum(stranger: Beneficiary, tmp_path: Path) -> None:
    """I7"""
    third = {"payee": "professional", "executor_number": PROFESSIONAL}
    of_spouse = visit(3, beneficiary_number="30041828")
    take_in(tmp_path, visit(1), session(2, "2026-11-03"), of_spouse, visit(4, **third))
    run = prepared()

    content = order_run(run, now=NOW)

    run.refresh_from_db()
    sums = totals_of(run)
    assert sums.agree
    assert sums.transfers == 900 + 2500 + 900 + 900
    assert sorted(amounts_in(content)) == ["43.00", "9.00"]
    assert run.state == "ordered"
    assert set(AdjudicatedLine.objects.values_list("state", flat=True)) == {LineState.PAID}


def test_a_sum_that_differs_undoes_everything(tmp_path: Path) -> None:
    """I7: the transfer is not what the lines say; nothing is paid then."""
    take_in(tmp_path, visit(1))
    run = prepared()
    Transfer.objects.update(amount=901)

    with pytest.raises(RunRefused, match="the same sum everywhere"):
        order_run(run, now=NOW)

    assert not Payment.objects.exists()
    assert not Statement.objects.exists()
    assert AdjudicatedLine.objects.get().state == LineState.PRICED


def test_the_member_sees_the_payment_with_its_story(viewer: Viewer, tmp_path: Path) -> None:
    """REMB-01, B-02"""
    take_in(tmp_path, visit(1))
    ordered()

    found = reimbursements_of(viewer, filters=Filters(), on=END)

    (payment,) = found.page.object_list
    assert (payment.paid, payment.paid_on, payment.iban_end) == (900, PAY_ON, "0189")
    (line,) = payment.lines
    assert line.label.fr
    told = explanation_of(viewer, line.id, on=END)
    assert told is not None
    assert told[0].agrees


def test_each_member_has_one_statement_of_a_run(
    viewer: Viewer, stranger: Beneficiary, tmp_path: Path
) -> None:
    """REMB-02"""
    take_in(tmp_path, visit(1), session(2, "2026-11-03"))
    ordered()

    (summary,) = all_statements_of(viewer, on=END)

    assert summary.paid == 3400
    strangers = viewer_of(stranger.account_id) if stranger.account_id else None
    assert strangers is not None
    assert statement_of(strangers, summary.id, on=END) is None


def test_care_of_another_adult_shows_its_amount_only(viewer: Viewer, tmp_path: Path) -> None:
    """A40"""
    take_in(tmp_path, visit(1, beneficiary_number="30041828"))
    ordered()

    (payment,) = reimbursements_of(viewer, filters=Filters(), on=END).page.object_list

    assert payment.lines == ()
    assert [part.paid for part in payment.others] == [900]


def test_a_paid_line_uses_its_allowance_once(household: Household, tmp_path: Path) -> None:
    """B-06: the line of the feed and the line of the payment are one and the same care."""
    take_in(tmp_path, session(1, "2026-11-03"))
    key = f"allowance:C40SOCLE:sessions:{household.primary.pk}"
    before = counters_of(household.primary.pk, until=END).used(key, date(2026, 1, 1), END)

    ordered()

    after = counters_of(household.primary.pk, until=END).used(key, date(2026, 1, 1), END)
    assert (before.units, before.amount) == (after.units, after.amount) == (1, 2500)


def test_a_fourth_session_after_a_run_is_priced_after_the_paid_ones(tmp_path: Path) -> None:
    take_in(tmp_path, *(session(n, f"2026-0{n}-03") for n in (1, 2, 3)))
    ordered()

    take_in(tmp_path, session(4, "2026-04-03"), number="F2")

    assert AdjudicatedLine.objects.get(reference="L4").amc == 0


def test_a_corrected_line_is_taken_from_the_next_payment(viewer: Viewer, tmp_path: Path) -> None:
    first = visit(1)
    take_in(tmp_path, first)
    ordered()
    take_in(tmp_path, reissue(first, 2, charged="60.00", amo="19.00"), session(3, "2026-11-03"), number="F2")

    run = ordered(pay_on=PAY_ON + timedelta(days=1))

    assert totals_of(run).agree
    paid = sorted(
        PaymentLine.objects.filter(payment__statement__number=run.number).values_list("amc", flat=True)
    )
    assert paid[0] == -900
    assert run.amount == sum(paid)


def test_a_line_taken_back_since_stops_the_order(tmp_path: Path) -> None:
    first = visit(1)
    take_in(tmp_path, first)
    run = prepared()
    take_in(tmp_path, reversal(first, 2), number="F2")

    with pytest.raises(RunRefused, match="1 lines that were taken back since"):
        order_run(run, now=NOW)
    assert not Payment.objects.exists()


def test_an_account_that_changed_since_stops_the_order(household: Household, tmp_path: Path) -> None:
    """A71"""
    take_in(tmp_path, visit(1))
    run = prepared()
    household.primary.iban = "FR7630001007941234567890185"
    household.primary.save()

    with pytest.raises(RunRefused, match="1 accounts that changed since"):
        order_run(run, now=NOW)
    assert not Payment.objects.exists()


def test_a_person_who_got_an_account_of_their_own_since_stops_the_order(
    household: Household, tmp_path: Path
) -> None:
    """A71"""
    take_in(tmp_path, visit(1), visit(2, beneficiary_number="30041828"))
    run = prepared()
    household.spouse.iban, household.spouse.account_holder = "FR7630001007941234567890185", "Bruno Vautrin"
    household.spouse.save()

    with pytest.raises(RunRefused, match="1 accounts that changed since"):
        order_run(run, now=NOW)
    assert not Payment.objects.exists()


def test_a_run_is_ordered_once(tmp_path: Path) -> None:
    take_in(tmp_path, visit(1))
    run = ordered()

    with pytest.raises(RunRefused, match="ordered already"):
        order_run(run, now=NOW)
    assert Payment.objects.count() == 1


def test_a_run_whose_day_is_past_is_not_ordered(tmp_path: Path) -> None:
    take_in(tmp_path, visit(1))
    run = prepared()

    with pytest.raises(RunRefused, match="cancel and prepare again"):
        order_run(run, now=NOW + timedelta(days=2))


def test_the_file_can_be_written_again_byte_for_byte(household: Household, tmp_path: Path) -> None:
    """Even after the member moved to another bank."""
    take_in(tmp_path, visit(1))
    run = prepared()
    content = order_run(run, now=NOW)
    household.primary.iban = "FR7630001007941234567890185"
    household.primary.save()

    assert order_file(PaymentRun.objects.get()) == content


def test_the_bank_learns_nothing_of_care(tmp_path: Path) -> None:
    """A65: what the bank prints on an account names no care and nobody but the payee."""
    take_in(tmp_path, visit(1, beneficiary_number="30041828"), visit(2, executor="Cabinet Brunoir"))
    run = prepared()

    content = order_run(run, now=NOW)

    assert content is not None
    text = content.decode()
    assert "REMBOURSEMENT V20261124-1" in text
    assert not any(secret in text for secret in ("Brun", "BRUN", "Bruno", "Amandier", "30041828"))


def test_the_account_is_sealed_in_the_table_of_transfers(tmp_path: Path) -> None:
    """A62"""
    take_in(tmp_path, visit(1))
    ordered()

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT iban, holder FROM {Transfer._meta.db_table}")
        raw = b"".join(bytes(value) for row in cursor.fetchall() for value in row)

    assert b"FR76" not in raw
    assert b"Anne" not in raw


def test_care_without_a_share_of_ours_is_shown_without_a_transfer(viewer: Viewer, tmp_path: Path) -> None:
    take_in(tmp_path, *(session(n, f"2026-0{n}-03") for n in (1, 2, 3)))
    ordered()
    take_in(tmp_path, session(4, "2026-04-03"), number="F2")
    run = prepared()

    assert order_run(run, now=NOW) is None

    found = reimbursements_of(viewer, filters=Filters(), on=END).page.object_list
    assert ("none", 0) in {(payment.method.value, payment.paid) for payment in found}


def test_many_memberships_are_ordered_with_few_statements(
    household: Household, tmp_path: Path, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    """Set-based: the number of statements does not grow with the lines."""
    take_in(tmp_path, *(visit(n, care_start=f"2026-10-{n % 27 + 1:02d}") for n in range(1, 200)))
    run = prepared()

    with django_assert_max_num_queries(60):
        order_run(run, now=NOW)

    assert PaymentLine.objects.count() == 199


def test_care_of_two_professionals_stands_apart(viewer: Viewer, tmp_path: Path) -> None:
    """The feed says nothing of what belongs together: one professional and day are one care."""
    take_in(tmp_path, visit(1), session(2, "2026-11-03"), visit(3, care_start="2026-11-05"), visit(4))
    ordered()

    (payment,) = reimbursements_of(viewer, filters=Filters(), on=END).page.object_list

    assert sorted(len(group.lines) for group in payment.groups) == [1, 1, 2]
