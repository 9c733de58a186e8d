"""Warnings before a password expires (AUTH-09, A15): once each, to those who can do something about it."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from entraide.portal.domain.access.actions import expiry
from entraide.portal.domain.access.actions.expiry import warn_of_expiry
from entraide.portal.domain.access.models import Factor
from entraide.portal.domain.access.tasks import warn
from entraide.portal.domain.members.models import Member
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.events.models import Entry
from tests.conftest import Household

pytestmark = pytest.mark.django_db
NOW = timezone.now()
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def expiring(policy: Callable[..., None]) -> None:
    policy(password_max_age_days=180, strong_factor_ends_expiry=True)


@pytest.fixture
def only_primary(household: Household) -> Account:
    """The one account whose password gets old."""
    account = household.primary.account
    assert account is not None
    Account.objects.exclude(pk=account.pk).update(is_active=False)
    Account.objects.filter(pk=account.pk).update(password_set_at=NOW)
    return account


def told() -> list[int]:
    return [entry.data["days"] for entry in Entry.objects.filter(kind="PasswordExpires")]


def test_a_password_is_told_to_expire_15_7_and_1_days_before_once_each(only_primary: Account) -> None:
    for day in range(182):
        for hours in (0, 5):
            warn_of_expiry(now=NOW + day * DAY + timedelta(hours=hours))

    assert told() == [15, 7, 1]


def test_the_mail_names_the_day_in_the_language_of_the_person_without_a_link(
    only_primary: Account, sent: Callable[[], list]
) -> None:
    """A15"""
    warn_of_expiry(now=NOW + 174 * DAY)

    (mail,) = sent()
    assert mail.notice == "password_expires"
    assert str(timezone.localdate(NOW + 180 * DAY).year) in mail.body
    assert "http" not in mail.body


def test_who_could_not_be_told_in_time_is_told_late_and_once(only_primary: Account) -> None:
    """The worker was away for a week."""
    warn_of_expiry(now=NOW + 174 * DAY)
    warn_of_expiry(now=NOW + 175 * DAY)

    assert told() == [7]


def test_a_new_password_starts_the_count_again(only_primary: Account) -> None:
    warn_of_expiry(now=NOW + 166 * DAY)
    Account.objects.filter(pk=only_primary.pk).update(password_set_at=NOW + 167 * DAY)
    warn_of_expiry(now=NOW + 174 * DAY)
    assert told() == [15]

    warn_of_expiry(now=NOW + (167 + 166) * DAY)
    assert told() == [15, 15]


@pytest.mark.parametrize(
    "change",
    [{"is_active": False}, {"frozen_at": NOW}, {"must_reset": True}, {"password_set_at": NOW - 181 * DAY}],
)
def test_nobody_is_told_who_cannot_come_in_anyway(only_primary: Account, change: dict[str, object]) -> None:
    Account.objects.filter(pk=only_primary.pk).update(**change)

    warn_of_expiry(now=NOW + 174 * DAY)

    assert told() == []


def test_who_has_left_or_has_a_stronger_factor_is_not_told(
    only_primary: Account, policy: Callable[..., None]
) -> None:
    Member.objects.update(left_on=timezone.localdate(NOW))
    warn_of_expiry(now=NOW + 174 * DAY)
    Member.objects.update(left_on=None)
    Factor.objects.create(account=only_primary, kind="totp", name="x", created_at=NOW)
    warn_of_expiry(now=NOW + 174 * DAY)
    assert told() == []

    policy(strong_factor_ends_expiry=False)
    warn_of_expiry(now=NOW + 174 * DAY)
    assert told() == [7]


def test_where_passwords_do_not_expire_nobody_is_told(
    only_primary: Account, policy: Callable[..., None]
) -> None:
    policy(password_max_age_days=0)

    warn_of_expiry(now=NOW + 174 * DAY)

    assert told() == []


def test_a_crowd_is_told_in_several_turns(household: Household, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expiry, "AT_A_TIME", 2)
    Account.objects.update(password_set_at=NOW)
    turns: list[UUID | None] = [warn_of_expiry(now=NOW + 174 * DAY)]
    while turns[-1] is not None:
        turns.append(warn_of_expiry(after=turns[-1], now=NOW + 174 * DAY))

    assert len(turns) == 2
    assert told() == [7, 7, 7]


def test_the_daily_job_runs_through_the_crowd(
    household: Household, monkeypatch: pytest.MonkeyPatch, sent: Callable[[], list]
) -> None:
    monkeypatch.setattr(expiry, "AT_A_TIME", 1)
    Account.objects.update(password_set_at=NOW - 174 * DAY)

    warn({})

    assert len(sent()) == 3
    warn({})
    assert len(sent()) == 3
