"""Who is told that a statement can be read: those for whom it holds something, as they chose."""

from pathlib import Path

import pytest

from entraide.portal.domain.contracts.models import Contract, Coverage
from entraide.portal.domain.members.models import Beneficiary, Member
from entraide.portal.domain.payment_runs import telling
from entraide.portal.foundation.events.models import Entry
from entraide.portal.foundation.tasks.models import Job
from entraide.portal.foundation.tasks.queue import drain
from entraide.portal.notifications.models import Delivery
from tests.conftest import Household, give_account, make_person, years_ago
from tests.portal.domain.payment_runs.conftest import ordered
from tests.portal.feeds import take_in, visit

pytestmark = pytest.mark.usefixtures("bank", "household")


def told() -> list[str]:
    drain()
    return sorted(one.to for one in Delivery.objects.filter(notice="statement_ready"))


def test_the_member_is_told_by_mail_and_nothing_of_the_care(tmp_path: Path) -> None:
    """REMB-03"""
    take_in(tmp_path, visit(1, executor="Cabinet Brunoir"))
    ordered()

    assert told() == ["anne@example.org"]
    mail = Delivery.objects.get(notice="statement_ready")
    assert "24 novembre 2026" in mail.subject.replace("\xa0", " ")
    assert "/releves/" in mail.body
    assert not any(word in mail.body + mail.html for word in ("Brunoir", "9,00", "généraliste"))


def test_whoever_chose_the_post_gets_no_mail(household: Household, tmp_path: Path) -> None:
    """REMB-03"""
    Member.objects.filter(pk=household.member.pk).update(statement_delivery="post")
    take_in(tmp_path, visit(1))
    ordered()

    assert told() == []


def test_whoever_does_without_the_mail_of_statements_gets_none(household: Household, tmp_path: Path) -> None:
    """REMB-03: each for themselves."""
    Beneficiary.objects.filter(pk=household.primary.pk).update(unwanted_mails="statements news")
    take_in(tmp_path, visit(1, beneficiary_number="30041828"))
    ordered()

    assert told() == ["bruno@example.org"]


def test_an_adult_with_an_own_access_is_told_of_own_care(household: Household, tmp_path: Path) -> None:
    """A40"""
    take_in(tmp_path, visit(1, beneficiary_number="30041828"))
    ordered()

    assert told() == ["anne@example.org", "bruno@example.org"]


def test_nobody_is_told_of_a_statement_that_holds_nothing_for_them(
    household: Household, tmp_path: Path
) -> None:
    """A40: an amount of nothing would tell Anne that Bruno had care."""
    free = {"charged": "2.00", "base": "0.00", "rate": "0", "amo": "0.00", "withheld": ""}
    take_in(tmp_path, visit(1, beneficiary_number="30041828", **free))
    run = ordered()

    assert run.amount == 0
    assert told() == ["bruno@example.org"]


def insured_alone(number: str, like: Household) -> None:
    """A membership of one, covered as the household is."""
    since = like.member.joined_on
    member = Member.objects.create(number=number, segment=like.member.segment, joined_on=since)
    person = make_person(
        member, number, "primary_insured", f"Eva{number}", born=years_ago(50),
        iban="FR7630001007941234567890185", account_holder="Eva Vautrin",
    )  # fmt: skip
    give_account(person)
    contract = Contract.objects.create(
        member=member, number="C40SOCLE", label_fr="Contrat", label_en="Contract", tier="base",
        plan_fr="Socle", plan_en="Base", subscribed_on=since,
    )  # fmt: skip
    Coverage.objects.create(contract=contract, beneficiary=person, starts_on=since)


def test_the_run_is_told_some_memberships_at_a_time_and_nobody_twice(
    household: Household, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "MEMBERS_AT_ONCE", 2)
    numbers = [f"3005000{number}" for number in range(4)]
    for number in numbers:
        insured_alone(number, household)
    take_in(tmp_path, visit(0), *(visit(n, beneficiary_number=one) for n, one in enumerate(numbers, start=1)))
    ordered()

    found = told()

    assert (len(found), len(set(found))) == (5, 5)
    assert Job.objects.filter(kind="payment_runs.announce").count() == 3
    assert Entry.objects.filter(kind="StatementReady").count() == 5
