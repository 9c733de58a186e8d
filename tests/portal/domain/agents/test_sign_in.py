"""Identifier and password of an agent (A1, A4, A7, A8, A9, A74)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Thread

import pytest
from django.db import connection
from django.utils import timezone

from entraide.portal.domain.access.actions.sign_in import check_credentials
from entraide.portal.domain.access.browsers import remember_browser
from entraide.portal.domain.access.locks import is_locked, unlock
from entraide.portal.domain.agents.actions.passwords import change_agent_password, renew_expired_password
from entraide.portal.domain.agents.actions.sign_in import (
    AgentOutcome,
    agent_password_expired,
    check_agent_credentials,
)
from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.agents.models import Agent
from entraide.portal.domain.errors import DomainError
from entraide.portal.foundation.accounts.models import Account, Limit
from entraide.portal.foundation.events.models import Entry
from tests.conftest import PASSWORD, Household
from tests.portal.agents import AGENT_PASSWORD, make_agent

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=timezone.get_default_timezone())
EMAIL = "ines.belmont@example.org"


def attempt(
    identifier: str = EMAIL, password: str = AGENT_PASSWORD, *, source: str = "", at: datetime = NOW
) -> AgentOutcome:
    return check_agent_credentials(identifier, password, source=source or "192.0.2.1", now=at)


@pytest.mark.parametrize("typed", [EMAIL, f"  {EMAIL.upper()} ", "ｉｎｅｓ.belmont@example.org"])
def test_variants_of_an_address_are_one_identifier(handler: Agent, typed: str) -> None:
    """A4"""
    assert attempt(typed).account == handler.account


def test_a_member_is_nobody_here(household: Household) -> None:
    """A74: a right member number and password open nothing on this side."""
    assert attempt("30041827", PASSWORD) == AgentOutcome()


def test_five_wrong_passwords_close_the_access_and_a_new_link_is_needed(handler: Agent) -> None:
    """A7, A9: the right one is not told apart during the lock; afterwards it is right, and not enough."""
    for turn in range(5):
        assert attempt(password="wrong", source=f"192.0.2.{turn}") == AgentOutcome()
    during = attempt(at=NOW + timedelta(hours=23))
    after = attempt(at=NOW + timedelta(hours=25))

    assert during == AgentOutcome()
    assert (after.account, after.must_reset) == (handler.account, True)
    assert Entry.objects.filter(kind="AgentLocked").count() == 1


def test_variants_and_unknown_identifiers_share_the_same_counting(handler: Agent) -> None:
    """A1, A4"""
    for typed in (EMAIL, EMAIL.upper(), f" {EMAIL}", f"{EMAIL} ", "ｉnes.belmont@example.org"):
        attempt(typed, "wrong")
    for _turn in range(5):
        attempt("nobody@example.org", "wrong")

    counted = Limit.objects.filter(scope="sign-in").values_list("count", flat=True)
    assert sorted(counted) == [5, 5]
    locked = [one.data["agent"] for one in Entry.objects.filter(kind="AgentLocked").order_by("at")]
    assert locked == [str(handler.pk), None]


def test_a_right_password_forgets_the_wrong_ones(handler: Agent) -> None:
    for _round in range(3):
        for _turn in range(4):
            attempt(password="wrong")
        assert attempt().account == handler.account


def test_strangers_do_not_lock_out_the_browser_that_the_agent_uses(handler: Agent) -> None:
    """A10"""
    token = remember_browser(handler.account, "", label="Firefox", now=NOW).token
    for turn in range(6):
        attempt(password="wrong", source=f"192.0.2.{turn}")

    assert attempt() == AgentOutcome()
    known = check_agent_credentials(EMAIL, AGENT_PASSWORD, source="192.0.2.1", browser=token, now=NOW)
    assert known == AgentOutcome(account=handler.account, known=True)


def test_wrong_passwords_at_this_door_lock_no_member_out_of_theirs(household: Household) -> None:
    """X7, A15: nor do they show there; a member is locked, and told, by their own door alone."""
    number = household.primary.number
    for turn in range(6):
        attempt(number, "wrong", source=f"192.0.2.{turn}")

    assert not is_locked(number, now=NOW)
    outcome = check_credentials(number, PASSWORD, source="192.0.2.50", now=NOW)
    assert (outcome.account, outcome.must_reset) == (household.primary.account, False)
    assert not Entry.objects.filter(kind="AccountLocked").exists()


def test_wrong_passwords_at_the_members_door_lock_no_agent_out_of_theirs(handler: Agent) -> None:
    """X7: an address typed there is nobody's number."""
    for turn in range(6):
        check_credentials(EMAIL, "wrong", source=f"192.0.2.{turn}", now=NOW)

    assert attempt() == AgentOutcome(account=handler.account)
    assert not Entry.objects.filter(kind="AgentLocked").exists()


def test_what_ends_the_locks_of_one_door_leaves_those_of_the_other(handler: Agent) -> None:
    for turn in range(5):
        attempt(password="wrong", source=f"192.0.2.{turn}")
    unlock(EMAIL, account_id=handler.account_id)
    assert is_locked(EMAIL, now=NOW, door="agents")

    unlock(EMAIL, account_id=handler.account_id, door="agents")
    assert not is_locked(EMAIL, now=NOW, door="agents")


def test_a_network_that_tries_too_much_is_slowed_down_on_both_sides_together(handler: Agent) -> None:
    """A7: 30 in five minutes, whoever is tried."""
    for turn in range(30):
        attempt(f"nobody{turn}@example.org", "wrong")

    assert attempt().slow_down
    assert attempt(source="192.0.2.99").account == handler.account


def test_a_network_that_tries_too_much_does_not_stop_the_browser_that_the_agent_uses(handler: Agent) -> None:
    """A10: whoever tries from behind the same address, a known browser has tries of its own."""
    token = remember_browser(handler.account, "", label="Firefox", now=NOW).token
    for turn in range(31):
        attempt(f"nobody{turn}@example.org", "wrong")

    assert attempt().slow_down
    known = check_agent_credentials(EMAIL, AGENT_PASSWORD, source="192.0.2.1", browser=token, now=NOW)
    assert known.account == handler.account


@pytest.mark.django_db(transaction=True)
def test_a_burst_of_wrong_passwords_checks_five_and_no_more() -> None:
    """A8: the right one among the last of a hundred is refused."""
    make_agent(EMAIL, "Inès Belmont", role=Role.HANDLER, since=NOW)
    outcomes: list[AgentOutcome] = []

    def try_one(number: int) -> None:
        try:
            outcomes.append(attempt(password="wrong", source=f"198.51.100.{number}"))
        finally:
            connection.close()

    threads = [Thread(target=try_one, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert outcomes == [AgentOutcome()] * 20
    assert attempt() == AgentOutcome()
    assert Entry.objects.filter(kind="AgentLocked").count() == 1


@pytest.mark.parametrize("change", [{"is_active": False}, {"frozen_at": NOW}])
def test_a_closed_or_frozen_account_answers_like_a_wrong_password(
    handler: Agent, change: dict[str, object]
) -> None:
    """A30"""
    Account.objects.filter(pk=handler.account_id).update(**change)

    assert attempt() == AgentOutcome()


def test_the_password_ends_after_the_days_of_the_profile(handler: Agent, policy: Callable[..., None]) -> None:
    handler.account.password_set_at = NOW - timedelta(days=180)

    assert agent_password_expired(handler.account, now=NOW)
    assert not agent_password_expired(handler.account, now=NOW - timedelta(seconds=1))
    policy(agent_password_max_age_days=0)
    assert not agent_password_expired(handler.account, now=NOW)


def test_an_agent_changes_the_password_with_the_old_one(handler: Agent) -> None:
    new = "Trois phares & une marée"
    changed = change_agent_password(
        account=handler.account, old=AGENT_PASSWORD, new=new, language="fr", now=NOW
    )

    assert attempt(password=new).account == changed
    assert Entry.objects.get(kind="AgentPasswordSet").data["purpose"] == "change"


def test_the_old_password_is_asked_five_times_an_hour_at_most(handler: Agent) -> None:
    def change(old: str) -> None:
        change_agent_password(
            account=handler.account, old=old, new="Trois phares & une marée", language="fr", now=NOW
        )

    for _turn in range(5):
        with pytest.raises(DomainError, match="actuel"):
            change("wrong")
    with pytest.raises(DomainError, match="heure"):
        change(AGENT_PASSWORD)


def test_an_expired_password_is_not_replaced_by_itself(handler: Agent) -> None:
    """PWD-10"""
    with pytest.raises(DomainError, match="déjà utilisé"):
        renew_expired_password(account=handler.account, new=AGENT_PASSWORD, language="fr", now=NOW)
