"""The mutual's own look: rights, four eyes, approvals bound to the content (A70, A71, A73, A78)."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest

from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.agents.models import Agent
from entraide.portal.domain.agents.queries import agent_of
from entraide.portal.domain.bank.deciding import (
    approve_change,
    check_change,
    has_its_approvals,
    refuse_change,
)
from entraide.portal.domain.bank.ending import cancel_change
from entraide.portal.domain.bank.enums import RefusalReason, SecondLook
from entraide.portal.domain.bank.looks import second_looks
from entraide.portal.domain.bank.models import AccountChange, Approval
from entraide.portal.domain.bank.policies import reasons_for_second
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.bank_accounts import index_on_file
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.foundation.events.models import Entry
from tests.conftest import Household, Post
from tests.portal.bank import NEW, NOW, OTHER, Staff, agent

pytestmark = pytest.mark.django_db


def current(change: AccountChange) -> AccountChange:
    return AccountChange.objects.get(pk=change.pk)


def test_one_check_is_enough_when_nothing_calls_for_a_second_agent(
    change: AccountChange, staff: Staff
) -> None:
    assert not has_its_approvals(change, now=NOW)

    check_change(staff.payer, reference=change.reference, now=NOW)

    assert has_its_approvals(current(change), now=NOW)
    fact = Entry.objects.get(kind="AccountChangeChecked")
    assert (fact.actor, fact.about) == (staff.payer.account_id, change.asked_by_id)
    assert fact.data["second_needed"] is False


def test_only_who_checks_accounts_checks_and_only_they_or_a_supervisor_approve(
    change: AccountChange, staff: Staff
) -> None:
    for one in (staff.handler, staff.supervisor):
        with pytest.raises(DomainError, match="rôle"):
            check_change(one, reference=change.reference, now=NOW)
    check_change(staff.payer, reference=change.reference, now=NOW)
    with pytest.raises(DomainError, match="rôle"):
        approve_change(staff.handler, reference=change.reference, now=NOW)

    approve_change(staff.supervisor, reference=change.reference, now=NOW)

    assert [one.step for one in Approval.objects.order_by("pk")] == ["check", "approve"]


def test_a_mobile_declared_lately_asks_for_a_second_agent(
    change: AccountChange, staff: Staff, household: Household
) -> None:
    """A71: contact changed less than 30 days ago."""
    household.primary.mobile_declared_at = NOW - timedelta(days=29)
    household.primary.save()
    check_change(staff.payer, reference=change.reference, now=NOW)
    assert second_looks(current(change), now=NOW) == (SecondLook.CONTACT_CHANGED,)
    assert not has_its_approvals(current(change), now=NOW)

    approve_change(staff.second, reference=change.reference, now=NOW)

    assert has_its_approvals(current(change), now=NOW)
    assert second_looks(current(change), now=NOW + timedelta(days=2)) == ()


@pytest.mark.parametrize(("days", "asks"), [(29, True), (31, False)])
def test_an_address_changed_lately_asks_for_a_second_agent(
    household: Household, change: AccountChange, days: int, asks: bool
) -> None:
    """A71: also when the management system has taken the new address over since."""
    Entry.objects.create(
        kind="EmailChanged", at=NOW - timedelta(days=days), about=household.primary.pk, data={}
    )

    assert (SecondLook.CONTACT_CHANGED in second_looks(current(change), now=NOW)) is asks


def test_an_account_seen_elsewhere_asks_for_a_second_agent(
    change: AccountChange, stranger: Beneficiary
) -> None:
    """A70, A71"""
    Beneficiary.objects.filter(pk=stranger.pk).update(iban_index=index_on_file(NEW))

    assert second_looks(change, now=NOW) == (SecondLook.SEEN_ELSEWHERE,)


def test_the_same_account_in_ones_own_family_asks_for_nobody(
    change: AccountChange, household: Household
) -> None:
    Beneficiary.objects.filter(pk=household.spouse.pk).update(iban_index=index_on_file(NEW))

    assert second_looks(change, now=NOW) == ()


def test_more_than_the_threshold_waiting_asks_for_a_second_agent(
    change: AccountChange, policy: Callable[..., None]
) -> None:
    """A71: integer cents, and the profile's own figure."""
    at = {"families": 0}
    assert reasons_for_second(change, waiting_cents=150_000, **at) == ()
    assert reasons_for_second(change, waiting_cents=150_001, **at) == (SecondLook.AMOUNT,)

    policy(bank_second_agent_cents=100)

    assert reasons_for_second(change, waiting_cents=101, **at) == (SecondLook.AMOUNT,)


def test_the_agent_of_the_check_does_not_approve(change: AccountChange, staff: Staff) -> None:
    """A73"""
    check_change(staff.payer, reference=change.reference, now=NOW)

    with pytest.raises(DomainError, match="autre personne"):
        approve_change(staff.payer, reference=change.reference, now=NOW)


@pytest.mark.parametrize(
    ("email", "name"), [("ormont2@example.org", "PAUL  ORMONT"), ("x@example.org", "Somebody Else")]
)
def test_a_second_account_of_the_same_person_does_not_approve_either(
    change: AccountChange, staff: Staff, email: str, name: str
) -> None:
    """A73: by name, or by address."""
    made = agent(email, name, Role.PAYER)
    if name == "Somebody Else":
        row = Agent.objects.get(pk=made.id)
        row.email = "Paul@Example.org"
        row.save()
    twin = agent_of(made.account_id)
    assert twin is not None
    check_change(staff.payer, reference=change.reference, now=NOW)

    with pytest.raises(DomainError, match="autre personne"):
        approve_change(twin, reference=change.reference, now=NOW)


def test_who_asked_decides_nothing_by_an_account_at_the_mutual(change: AccountChange) -> None:
    """A73: nor anybody of the family, nor the holder of the new account."""
    for number, name in enumerate(("Anne Vautrin", "bruno VAUTRIN")):
        one = agent(f"a{number}@example.org", name, Role.PAYER)
        with pytest.raises(DomainError, match="famille"):
            check_change(one, reference=change.reference, now=NOW)
    by_mail = agent("anne@example.org", "Quelqu’un", Role.PAYER)
    with pytest.raises(DomainError, match="famille"):
        check_change(by_mail, reference=change.reference, now=NOW)


def test_an_agent_who_is_the_holder_of_the_new_account_decides_nothing(
    change: AccountChange, staff: Staff
) -> None:
    edited = current(change)
    edited.holder = "Paul Ormont"
    edited.save()

    with pytest.raises(DomainError, match="famille"):
        check_change(staff.payer, reference=change.reference, now=NOW)


@pytest.mark.parametrize("name", ["iban", "bic", "holder"])
def test_an_edit_after_the_check_voids_it(change: AccountChange, staff: Staff, name: str) -> None:
    """A78: approvals bind to the content."""
    check_change(staff.payer, reference=change.reference, now=NOW)
    approve_change(staff.second, reference=change.reference, now=NOW)
    edited = current(change)
    setattr(edited, name, OTHER if name == "iban" else "X")
    edited.save()

    assert not has_its_approvals(current(change), now=NOW)
    with pytest.raises(DomainError, match="pas encore contrôlé"):
        approve_change(staff.supervisor, reference=change.reference, now=NOW)
    check_change(staff.second, reference=change.reference, now=NOW)
    assert has_its_approvals(current(change), now=NOW)
    assert Approval.objects.count() == 1


def test_a_file_exchanged_after_the_check_voids_it(change: AccountChange, staff: Staff) -> None:
    """A78"""
    check_change(staff.payer, reference=change.reference, now=NOW)
    change.paper.sha256 = "0" * 64
    change.paper.save()

    assert not has_its_approvals(current(change), now=NOW)


def test_nothing_is_approved_before_the_check_and_nothing_twice(change: AccountChange, staff: Staff) -> None:
    with pytest.raises(DomainError, match="pas encore contrôlé"):
        approve_change(staff.second, reference=change.reference, now=NOW)
    check_change(staff.payer, reference=change.reference, now=NOW)
    with pytest.raises(DomainError, match="déjà contrôlé"):
        check_change(staff.second, reference=change.reference, now=NOW)
    approve_change(staff.second, reference=change.reference, now=NOW)
    with pytest.raises(DomainError, match="déjà approuvé"):
        approve_change(staff.supervisor, reference=change.reference, now=NOW)


def test_a_refusal_has_a_reason_and_tells_what_to_do(
    change: AccountChange, staff: Staff, sent: Callable[[], list[Post]]
) -> None:
    refuse_change(staff.payer, reference=change.reference, reason=RefusalReason.PAPER_UNREADABLE, now=NOW)

    (mail,) = [one for one in sent() if one.notice == "account_change_refused"]
    assert "photo nette" in mail.body
    assert (current(change).state, current(change).refusal) == ("refused", "paper_unreadable")
    assert Entry.objects.get(kind="AccountChangeRefused").actor == staff.payer.account_id


def test_what_is_over_or_unknown_is_decided_by_nobody(
    change: AccountChange, staff: Staff, viewer: Viewer
) -> None:
    cancel_change(viewer, change_id=change.pk, now=NOW)

    with pytest.raises(DomainError, match="n’attend plus"):
        check_change(staff.payer, reference=change.reference, now=NOW)
    with pytest.raises(DomainError, match="Aucun changement"):
        check_change(staff.payer, reference=str(uuid4()), now=NOW)
