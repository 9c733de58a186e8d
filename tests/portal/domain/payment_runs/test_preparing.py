"""What waits is grouped by payee, and what cannot be paid is held with its reason."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings

from entraide.portal.domain.claims.models import Payment
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.payment_runs.models import Held, PaymentRun, ProfessionalAccount, Transfer
from entraide.portal.domain.payment_runs.preparing import cancel_run
from entraide.portal.domain.payment_runs.queries import held_by
from entraide.portal.domain.payment_runs.refusals import RunRefused
from entraide.portal.foundation.events.models import Entry
from tests.conftest import Household
from tests.portal.domain.payment_runs.conftest import NOW, PAY_ON, PROFESSIONAL, ordered, prepared
from tests.portal.feeds import Line, reversal, session, take_in, visit

pytestmark = pytest.mark.usefixtures("bank", "household")
OWN_ACCOUNT = "FR7630001007941234567890185"


def third_party(number: object, **values: str) -> Line:
    told = {"payee": "professional", "executor": "Cabinet Amandier", "executor_number": PROFESSIONAL}
    return visit(number, **(told | values))


def sums() -> dict[str, int]:
    """What leaves for each account, by its last figures."""
    return {one.iban[-4:]: one.amount for one in Transfer.objects.all()}


def reasons(run: PaymentRun) -> dict[str, int]:
    return {held.reason.value: held.amount for held in held_by(run)}


def test_the_lines_of_one_account_become_one_transfer(tmp_path: Path) -> None:
    """REMB-03"""
    take_in(tmp_path, visit(1), session(2, "2026-11-03"), visit(3, beneficiary_number="30041831"))

    run = prepared()

    assert sums() == {"0189": 900 + 2500 + 900}
    assert (run.number, run.lines, run.payments, run.transfers, run.amount) == ("V20261124-1", 3, 1, 1, 4300)
    assert not run.held.exists()


def test_a_person_with_an_account_of_their_own_is_paid_there(household: Household, tmp_path: Path) -> None:
    """PROF-03"""
    household.spouse.iban, household.spouse.account_holder = OWN_ACCOUNT, "Bruno Vautrin"
    household.spouse.save()
    take_in(tmp_path, visit(1), visit(2, beneficiary_number="30041828"))

    prepared()

    assert sums() == {"0189": 900, "0185": 900}


@pytest.mark.usefixtures("practice")
def test_a_professional_is_paid_once_for_all_members(stranger: Beneficiary, tmp_path: Path) -> None:
    """Third-party payment."""
    take_in(tmp_path, third_party(1), third_party(2, beneficiary_number="30041828"), visit(3))

    run = prepared()

    assert sums() == {"0143": 1800, "0189": 900}
    assert run.payments == 2


def test_nothing_is_paid_or_shown_by_preparing(tmp_path: Path) -> None:
    take_in(tmp_path, visit(1))

    prepared()

    assert not Payment.objects.exists()


def test_what_cannot_be_paid_is_held_with_its_reason(
    household: Household, practice: ProfessionalAccount, tmp_path: Path
) -> None:
    Beneficiary.objects.filter(pk=household.primary.pk).update(iban=b"")
    practice.iban = "FR7630004000031234567890144"
    practice.save()
    take_in(
        tmp_path,
        visit(1),
        third_party(2),
        third_party(3, executor_number="", executor="Docteur Sansnumero"),
        third_party(4, executor_number="999999999", executor="Docteur Inconnu"),
    )

    run = prepared()

    assert (run.transfers, run.amount) == (0, 0)
    assert reasons(run) == {"no_account": 1800, "bad_account": 900, "no_number": 900}


def test_an_account_outside_sepa_is_held(household: Household, tmp_path: Path) -> None:
    household.primary.iban = "BR1500000000000010932840814P2"
    household.primary.save()
    take_in(tmp_path, visit(1))

    assert reasons(prepared()) == {"bad_account": 900}


def test_two_professionals_of_one_name_are_not_taken_for_one(tmp_path: Path) -> None:
    nameless = {"executor_number": "", "executor": "Docteur Martin"}
    take_in(
        tmp_path,
        third_party(1, **nameless),
        third_party(2, executor_number="111111111", executor="Docteur Martin"),
    )

    run = prepared()

    assert reasons(run) == {"no_number": 900, "no_account": 900}


def test_professionals_without_a_number_are_held_one_by_one(tmp_path: Path) -> None:
    names = ("Docteur Martin", "Docteur Petit")
    take_in(tmp_path, *(third_party(n, executor_number="", executor=name) for n, name in enumerate(names)))

    (held,) = held_by(prepared())

    assert (held.reason.value, held.payees, held.amount) == ("no_number", 2, 1800)


def test_care_without_a_share_of_ours_needs_no_account(tmp_path: Path) -> None:
    """Three sessions are paid a year; the fourth is shown, and nothing is due for it."""
    paid = [session(n, f"2026-0{n}-03", payee="professional", executor_number="") for n in (1, 2, 3)]
    take_in(tmp_path, *paid, session(4, "2026-04-03"), number="F1")

    run = prepared()

    assert (run.lines, run.payments, run.transfers) == (1, 1, 0)
    assert reasons(run) == {"no_number": 7500}


def test_what_was_taken_back_after_it_was_paid_is_kept_from_later_care(tmp_path: Path) -> None:
    first = visit(1)
    take_in(tmp_path, first)
    ordered()
    take_in(tmp_path, reversal(first, 2), session(3, "2026-11-03"), number="F2")

    run = prepared()

    assert run.amount == 2500 - 900
    assert run.lines == 2


def test_a_payee_who_owes_more_than_is_due_waits(tmp_path: Path) -> None:
    first = visit(1)
    take_in(tmp_path, first)
    ordered()
    take_in(tmp_path, reversal(first, 2), number="F2")

    run = prepared()

    assert (run.lines, run.transfers) == (0, 0)
    assert reasons(run) == {"debt": -900}


def test_a_line_taken_back_before_it_was_paid_is_not_paid(tmp_path: Path) -> None:
    first = visit(1)
    take_in(tmp_path, first, reversal(first, 2), visit(3))

    run = prepared()

    assert (run.amount, run.lines) == (900, 1)


def test_a_line_is_in_one_run_only(tmp_path: Path) -> None:
    take_in(tmp_path, visit(1))
    ordered()

    with pytest.raises(RunRefused, match="none that waits"):
        prepared()


def test_a_second_run_waits_for_the_first(tmp_path: Path) -> None:
    take_in(tmp_path, visit(1))
    prepared()

    with pytest.raises(RunRefused, match="V20261124-1, prepared already"):
        prepared()
    assert PaymentRun.objects.count() == 1


def test_a_cancelled_run_leaves_its_lines_waiting(tmp_path: Path) -> None:
    take_in(tmp_path, visit(1))
    cancel_run(prepared())

    assert not Transfer.objects.exists()
    assert not Held.objects.exists()
    assert prepared().amount == 900
    assert Entry.objects.filter(kind="PaymentRunCancelled").count() == 1


def test_an_ordered_run_cannot_be_cancelled(tmp_path: Path) -> None:
    take_in(tmp_path, visit(1))
    run = ordered()

    with pytest.raises(RunRefused, match="a run that was ordered"):
        cancel_run(run)
    assert Payment.objects.count() == 1


@pytest.mark.parametrize("days", [-1, -400])
def test_money_cannot_leave_in_the_past(days: int, tmp_path: Path) -> None:
    take_in(tmp_path, visit(1))

    with pytest.raises(RunRefused, match="a day from 2026-11-23"):
        prepared(pay_on=NOW.date() + timedelta(days=days))


def test_without_an_account_of_the_mutual_nothing_is_prepared(settings: LazySettings, tmp_path: Path) -> None:
    settings.PROFILE = replace(settings.PROFILE, bank=None)
    settings.ENTRAIDE = replace(settings.ENTRAIDE, demo=False)
    take_in(tmp_path, visit(1))

    with pytest.raises(RunRefused, match=r"profile\.toml, bank: found nothing"):
        prepared()
    assert not PaymentRun.objects.exists()


def test_the_fact_tells_counts_and_nobody(tmp_path: Path) -> None:
    take_in(tmp_path, visit(1))

    prepared(pay_on=date(2026, 12, 1))

    told = Entry.objects.get(kind="PaymentRunPrepared")
    assert told.data == {"number": "V20261201-1", "lines": 1, "transfers": 1, "held": 0}
    assert told.about is None
    assert date(2026, 12, 1) > PAY_ON
