"""The end of the cooling-off, and what stops a change before it (A71, A73, I10)."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone

from entraide.portal.domain.access.actions.safety import freeze, make_safety_link
from entraide.portal.domain.access.enums import Change
from entraide.portal.domain.bank import tasks
from entraide.portal.domain.bank.deciding import approve_change, check_change
from entraide.portal.domain.bank.ending import cancel_change
from entraide.portal.domain.bank.models import AccountChange
from entraide.portal.domain.bank.settling import due_changes, settle
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.bank_accounts import put_account_on_file
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.events.models import Entry
from entraide.portal.foundation.tasks.queue import drain
from tests.conftest import Household, Post, years_ago
from tests.portal.bank import COOLING, NEW, NOW, OTHER, Staff, account_of, ask, make_staff, viewer_for
from tests.portal.domain.access.reading import newest_safety_token

pytestmark = pytest.mark.django_db
LATER = NOW + COOLING
Sent = Callable[[], list[Post]]


def state_of(change: AccountChange) -> str:
    return AccountChange.objects.get(pk=change.pk).state


def approve(staff: Staff, change: AccountChange) -> None:
    check_change(staff.payer, reference=change.reference, now=NOW)
    approve_change(staff.second, reference=change.reference, now=NOW)


def test_a_checked_change_is_applied_after_its_delay_and_not_a_second_before(
    change: AccountChange, staff: Staff, household: Household
) -> None:
    """I10, A71"""
    before = account_of(household.primary)
    approve(staff, change)

    assert settle(change.pk, now=LATER - timedelta(seconds=1)) is None
    assert due_changes(now=LATER - timedelta(seconds=1)) == []
    assert account_of(household.primary) == before

    settle(change.pk, now=LATER)

    primary = Beneficiary.objects.get(pk=household.primary.pk)
    assert (primary.iban, primary.bic, primary.account_holder) == (NEW, "PSSTFRPPGRE", "Anne Vautrin")
    assert state_of(change) == "applied"
    assert settle(change.pk, now=LATER) is None


def test_without_its_check_a_change_waits_however_long(
    change: AccountChange, household: Household, staff: Staff
) -> None:
    """I10"""
    before = account_of(household.primary)
    for days in (3, 4, 400):
        settle(change.pk, now=NOW + timedelta(days=days))
    assert (account_of(household.primary), state_of(change)) == (before, "ready")
    assert Entry.objects.filter(kind="AccountChangeReady").count() == 1

    check_change(staff.payer, reference=change.reference, now=LATER)
    settle(change.pk, now=LATER)

    assert account_of(household.primary) == NEW


def test_without_the_second_agent_where_one_is_needed_it_waits(
    change: AccountChange, household: Household, staff: Staff
) -> None:
    """I10, A71"""
    household.primary.mobile_declared_at = NOW - timedelta(days=1)
    household.primary.save()
    check_change(staff.payer, reference=change.reference, now=NOW)

    settle(change.pk, now=LATER)
    assert state_of(change) == "ready"

    approve_change(staff.supervisor, reference=change.reference, now=LATER)
    settle(change.pk, now=LATER)
    assert state_of(change) == "applied"


def test_the_change_of_one_person_leaves_the_others_alone(household: Household, staff: Staff) -> None:
    """BANK-01"""
    change = ask(viewer_for(household.primary), person=household.child)
    approve(staff, change)

    settle(change.pk, now=LATER)

    assert account_of(household.child) == NEW
    assert account_of(household.primary) == "FR7630006000011234567890189"
    assert account_of(household.teen) == ""


def test_everybody_concerned_is_told_when_it_is_applied(
    change: AccountChange, staff: Staff, sent: Sent
) -> None:
    approve(staff, change)
    settle(change.pk, now=LATER)

    told = {(one.notice, one.to) for one in sent()}
    assert ("account_change_applied", "anne@example.org") in told
    assert ("account_change_applied_sms", "+33639980101") in told
    assert ("account_change_concerns_applied", "bruno@example.org") in told


def test_the_periodic_job_applies_what_is_due(viewer: Viewer, staff: Staff, household: Household) -> None:
    change = ask(viewer, now=timezone.now() - COOLING - timedelta(minutes=1))
    approve(staff, change)

    tasks.settle_due({})
    drain()

    assert account_of(household.primary) == NEW


def test_an_account_that_the_mutual_changed_meanwhile_is_not_overwritten(
    change: AccountChange, staff: Staff, household: Household
) -> None:
    approve(staff, change)
    Beneficiary.objects.get(pk=household.primary.pk)
    put_account_on_file(
        Beneficiary.objects.get(pk=household.primary.pk), iban=OTHER, bic="", holder="Anne Vautrin"
    )

    settle(change.pk, now=LATER)

    assert account_of(household.primary) == OTHER
    assert AccountChange.objects.get().refusal == "account_moved"


def test_a_child_who_came_of_age_meanwhile_keeps_their_account(household: Household, staff: Staff) -> None:
    """A39, A72"""
    change = ask(viewer_for(household.primary), person=household.teen)
    approve(staff, change)
    Beneficiary.objects.filter(pk=household.teen.pk).update(birth_date=years_ago(18, days=0))

    settle(change.pk, now=LATER)

    assert (account_of(household.teen), state_of(change)) == ("", "refused")


def test_a_frozen_or_closed_access_applies_nothing(
    change: AccountChange, staff: Staff, household: Household
) -> None:
    approve(staff, change)
    Account.objects.filter(pk=household.primary.account_id).update(frozen_at=NOW)

    settle(change.pk, now=LATER)

    assert account_of(household.primary) != NEW


def test_the_link_of_the_notice_freezes_the_access_and_stops_the_change(
    change: AccountChange, staff: Staff, household: Household
) -> None:
    """B-05, A23: signed out, in one click after the page that explains."""
    approve(staff, change)

    freeze(token=newest_safety_token("account_change_asked"), now=NOW + timedelta(hours=1))

    assert state_of(change) == "frozen"
    assert Account.objects.get(pk=household.primary.account_id).frozen_at is not None
    settle(change.pk, now=LATER)
    assert account_of(household.primary) != NEW
    assert Entry.objects.filter(kind="AccountChangeFrozen").count() == 1


def test_any_freeze_stops_what_waits_and_leaves_that_of_others(
    change: AccountChange, household: Household
) -> None:
    """A23: also one from the mail of a new browser."""
    theirs = ask(viewer_for(household.spouse), person=household.spouse)
    account = Account.objects.get(pk=household.primary.account_id)

    freeze(token=make_safety_link(account, change=Change.NEW_BROWSER, now=NOW), now=NOW)

    assert (state_of(change), state_of(theirs)) == ("frozen", "asked")


def test_who_asked_cancels_and_may_ask_again(change: AccountChange, viewer: Viewer, sent: Sent) -> None:
    cancel_change(viewer, change_id=change.pk, now=NOW)

    assert state_of(change) == "cancelled"
    assert {"account_change_cancelled", "account_change_concerns_cancelled"} <= {one.notice for one in sent()}
    assert ask(viewer, iban=OTHER).is_live
    with pytest.raises(DomainError, match="rien à annuler"):
        cancel_change(viewer, change_id=change.pk, now=NOW)


def test_an_adult_who_shares_the_account_cancels_and_who_asked_is_told(
    change: AccountChange, household: Household, sent: Sent
) -> None:
    cancel_change(viewer_for(household.spouse), change_id=change.pk, now=NOW)

    (mail,) = [one for one in sent() if one.notice == "account_change_cancelled"]
    assert mail.to == "anne@example.org"
    assert "Un autre adulte" in mail.body


def test_nobody_else_cancels(change: AccountChange, household: Household, stranger: Beneficiary) -> None:
    """A36: strangers, and an adult with an account of their own."""
    household.spouse.iban = OTHER
    household.spouse.save()
    for one in (household.spouse, stranger):
        with pytest.raises(DomainError):
            cancel_change(viewer_for(one), change_id=change.pk, now=NOW)
    own = ask(viewer_for(household.spouse), person=household.spouse, iban=NEW)
    for one in (household.primary, household.adult_child):
        with pytest.raises(DomainError):
            cancel_change(viewer_for(one), change_id=own.pk, now=NOW)

    assert (state_of(change), state_of(own)) == ("asked", "asked")


@pytest.mark.django_db(transaction=True)
def test_of_a_cancellation_and_an_application_one_wins(household: Household) -> None:
    """A73: whoever comes second finds it over; the account says who won."""
    viewer, staff = viewer_for(household.primary), make_staff()
    for _ in range(4):
        before = account_of(household.primary)
        change = ask(viewer, iban=OTHER if before == NEW else NEW)
        approve(staff, change)
        start = Barrier(2)

        def cancel(one: AccountChange = change, start: Barrier = start) -> None:
            start.wait()
            try:
                cancel_change(viewer, change_id=one.pk, now=LATER)
            except DomainError:
                pass
            finally:
                connection.close()

        def apply(one: AccountChange = change, start: Barrier = start) -> None:
            start.wait()
            settle(one.pk, now=LATER)
            connection.close()

        threads = [Thread(target=cancel), Thread(target=apply)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()

        applied = account_of(household.primary) != before
        assert state_of(change) == ("applied" if applied else "cancelled")
        facts = Entry.objects.filter(
            kind__in=["AccountChangeApplied", "AccountChangeCancelled"], data__change_id=str(change.pk)
        )
        assert facts.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_an_approval_and_a_cancellation_one_wins(household: Household) -> None:
    """A73"""
    viewer, staff = viewer_for(household.primary), make_staff()
    change = ask(viewer)
    start, refused = Barrier(2), []

    def run(act: Callable[[], object]) -> None:
        start.wait()
        try:
            act()
        except DomainError as error:
            refused.append(error.message)
        finally:
            connection.close()

    acts = [
        lambda: cancel_change(viewer, change_id=change.pk, now=NOW),
        lambda: check_change(staff.payer, reference=change.reference, now=NOW),
    ]
    threads = [Thread(target=run, args=[act]) for act in acts]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    # The cancellation stands in any case: checked first, it is cancelled after; cancelled first, no check.
    assert state_of(change) == "cancelled"
    assert len(refused) + AccountChange.objects.get().approvals.count() == 1
