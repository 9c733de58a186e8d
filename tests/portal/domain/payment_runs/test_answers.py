"""What the bank says of transfers changes what is owed, once, and the person concerned is told."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client

from entraide.formats.sepa import AnswerItem, AnswerKind, BankAnswer, GroupStatus
from entraide.portal.domain.claims.models import Payment, PaymentLine
from entraide.portal.domain.payment_runs.answers import Recorded, record_answer
from entraide.portal.domain.payment_runs.models import PaymentRun, Transfer
from entraide.portal.domain.payment_runs.queries import held_by
from entraide.portal.domain.payment_runs.totals import totals_of
from entraide.portal.foundation.events.models import Entry
from entraide.portal.foundation.tasks.queue import drain
from entraide.portal.notifications.models import Delivery
from tests.conftest import Household
from tests.portal.domain.payment_runs.conftest import NOW, PROFESSIONAL, ordered, prepared
from tests.portal.feeds import take_in, visit

pytestmark = pytest.mark.usefixtures("bank", "household")
LATER = NOW + timedelta(days=7)
BACK_ON = date(2026, 11, 26)


def item(kind: AnswerKind, *, reason: str = "", amount: int | None = None, name: str = "") -> AnswerItem:
    name = name or Transfer.objects.get().end_to_end_id
    return AnswerItem(end_to_end_id=name, kind=kind, reason=reason, amount=amount, on=BACK_ON)


def answered(*items: AnswerItem, group: GroupStatus | None = None, of: str | None = None) -> Recorded:
    answer = BankAnswer(
        message_id="B1", original_message_id=of, made_at=datetime(2026, 11, 26, tzinfo=UTC), group=group,
        items=items,
    )  # fmt: skip
    return record_answer(answer, today=BACK_ON)


def paid_once(tmp_path: Path) -> PaymentRun:
    take_in(tmp_path, visit(1))
    return ordered()


def mails() -> list[str]:
    drain()
    return [one.notice for one in Delivery.objects.filter(notice="payment_sent_back")]


def test_an_accepted_transfer_is_noted(tmp_path: Path) -> None:
    paid_once(tmp_path)

    done = answered(item(AnswerKind.ACCEPTED))

    assert (done.accepted, done.changed) == (1, 1)
    assert Transfer.objects.get().state == "accepted"
    assert Payment.objects.get().returned_on is None
    assert mails() == []


@pytest.mark.parametrize("kind", [AnswerKind.REFUSED, AnswerKind.RETURNED])
def test_a_transfer_that_came_back_is_owed_again_and_told(
    kind: AnswerKind, household: Household, tmp_path: Path
) -> None:
    """BANK-01"""
    paid_once(tmp_path)

    answered(item(kind, reason="AC04", amount=900))

    assert Payment.objects.get().returned_on == BACK_ON
    assert mails() == ["payment_sent_back"]
    mail = Delivery.objects.get(notice="payment_sent_back")
    assert mail.to == "anne@example.org"
    assert "9,00" not in mail.body
    assert "Changer de compte" in mail.body


def test_the_same_message_twice_is_no_change(tmp_path: Path) -> None:
    paid_once(tmp_path)
    answered(item(AnswerKind.RETURNED, reason="AC04"))

    again = answered(item(AnswerKind.RETURNED, reason="AC04"))

    assert (again.changed, again.unchanged) == (0, 1)
    assert len(mails()) == 1
    assert Entry.objects.filter(kind="BankAnswerRecorded").count() == 1


def test_a_transfer_that_came_back_does_not_become_accepted(tmp_path: Path) -> None:
    """Messages may come in another order than they were written."""
    paid_once(tmp_path)
    answered(item(AnswerKind.RETURNED, reason="AC04"))

    assert answered(item(AnswerKind.ACCEPTED)).unchanged == 1
    assert Transfer.objects.get().state == "returned"


def test_what_is_not_ours_is_told_and_changes_nothing(tmp_path: Path) -> None:
    paid_once(tmp_path)

    done = answered(item(AnswerKind.RETURNED, name="V20200101-7"), item(AnswerKind.RETURNED, amount=901))

    assert done.unknown == ["V20200101-7", "V20261124-1-1, 9.01 in place of 9.00"]
    assert done.changed == 0
    assert Payment.objects.get().returned_on is None


def test_a_file_refused_as_a_whole_pays_nobody(tmp_path: Path) -> None:
    run = paid_once(tmp_path)

    done = answered(group=GroupStatus.REFUSED, of=run.number)

    assert done.refused == 1
    assert Payment.objects.get().returned_on == BACK_ON


def test_a_file_accepted_but_for_one(household: Household, tmp_path: Path) -> None:
    household.spouse.iban, household.spouse.account_holder = "FR7630001007941234567890185", "Bruno Vautrin"
    household.spouse.save()
    take_in(tmp_path, visit(1), visit(2, beneficiary_number="30041828"))
    run = ordered()
    of_spouse = Transfer.objects.get(beneficiary=household.spouse).end_to_end_id

    done = answered(
        item(AnswerKind.REFUSED, reason="AC01", name=of_spouse), group=GroupStatus.ACCEPTED, of=run.number
    )

    assert (done.accepted, done.refused) == (1, 1)
    assert mails() == ["payment_sent_back"]
    assert Delivery.objects.filter(notice="payment_sent_back").get().to == "bruno@example.org"


def test_what_the_bank_says_of_one_transfer_goes_before_what_it_says_of_the_file(tmp_path: Path) -> None:
    run = paid_once(tmp_path)

    done = answered(item(AnswerKind.ACCEPTED), group=GroupStatus.REFUSED, of=run.number)

    assert (done.accepted, done.refused) == (1, 0)
    assert Payment.objects.get().returned_on is None


def test_an_account_that_failed_is_not_tried_again_until_it_changes(
    household: Household, tmp_path: Path
) -> None:
    paid_once(tmp_path)
    answered(item(AnswerKind.RETURNED, reason="AC04"))

    held = prepared(now=LATER, pay_on=LATER.date())

    (only,) = held_by(held)
    assert (only.reason.value, only.amount) == ("account_refused", 900)
    held.delete()
    household.primary.iban = "FR7630001007941234567890185"
    household.primary.save()
    run = ordered(now=LATER, pay_on=LATER.date())
    assert (run.amount, run.transfers) == (900, 1)
    payment = Payment.objects.get()
    assert (payment.returned_on, payment.paid_on, payment.iban_end) == (None, LATER.date(), "0185")
    assert totals_of(run).agree


def test_another_reason_is_tried_again_with_the_next_run_and_what_is_new(tmp_path: Path) -> None:
    paid_once(tmp_path)
    answered(item(AnswerKind.REFUSED, reason="TM01"))
    take_in(tmp_path, visit(2, care_start="2026-11-05"), number="F2")

    run = ordered(now=LATER, pay_on=LATER.date())

    assert run.amount == 1800
    assert Transfer.objects.get(run=run).amount == 1800
    assert totals_of(run).agree


@pytest.mark.usefixtures("practice")
def test_a_professionals_transfer_that_comes_back_is_told_to_no_member(tmp_path: Path) -> None:
    take_in(tmp_path, visit(1, payee="professional", executor_number=PROFESSIONAL))
    ordered()

    answered(item(AnswerKind.RETURNED, reason="AC04"))

    assert Payment.objects.get().returned_on == BACK_ON
    assert mails() == []


def test_the_pages_say_that_it_came_back(member_client: Client, tmp_path: Path) -> None:
    """REMB-01"""
    paid_once(tmp_path)
    before = member_client.get("/remboursements/").content.decode()
    answered(item(AnswerKind.RETURNED, reason="AC04"))

    line = PaymentLine.objects.get()
    for address in ("/remboursements/", f"/remboursements/{line.pk}/"):
        page = " ".join(member_client.get(address).content.decode().split())
        assert "La banque nous l’a rendu le 26 novembre 2026" in page
    assert "rendu le" not in before
