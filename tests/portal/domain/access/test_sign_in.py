"""Number and password: counting, locking, expiring (AUTH-08, AUTH-09, X7, A1, A4, A7…A10)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import ClassVar

import pytest
from django.conf import LazySettings, settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from entraide.portal.domain.access.actions.sign_in import Outcome
from entraide.portal.domain.access.models import Factor
from entraide.portal.domain.access.risk import SOURCE_TRIES
from entraide.portal.domain.members.models import Member
from entraide.portal.foundation.accounts.hashers import PepperedArgon2
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.events.models import Entry
from tests.conftest import PASSWORD, Household
from tests.portal.domain.access.attempts import NOW, WRONG, Sent, attempt, fail, known_browser

pytestmark = pytest.mark.django_db


def test_the_right_number_and_password_are_recognised(household: Household) -> None:
    """AUTH-01"""
    assert attempt(PASSWORD) == Outcome(account=household.primary.account)


@pytest.mark.parametrize("typed", ["3004 1827", "30.04.18.27", " 30041827 ", "３００４１８２７", "3004-1827"])
def test_a_number_typed_with_spaces_dots_or_wide_digits_is_the_same_number(
    household: Household, typed: str
) -> None:
    """A4"""
    assert attempt(PASSWORD, number=typed).account is not None


def test_variants_of_a_number_share_one_counter(household: Household) -> None:
    """A4"""
    for typed in ("30041827", "3004 1827", "30.041.827", "３００４１８２７", " 30041827"):
        attempt(WRONG, number=typed)

    assert attempt(PASSWORD).account is None


def test_four_mistakes_then_the_right_password_open_and_start_the_count_again(household: Household) -> None:
    fail(4)
    assert attempt(PASSWORD).account is not None
    fail(4)
    assert attempt(PASSWORD).account is not None


def test_the_fifth_mistake_locks_for_24_hours_and_then_the_password_must_be_set_again(
    household: Household,
) -> None:
    """X7"""
    hours = settings.PROFILE.security.lock_hours
    fail(settings.PROFILE.security.lock_attempts)

    assert attempt(PASSWORD).account is None
    assert attempt(PASSWORD, after=timedelta(hours=hours, minutes=-1)).account is None
    later = attempt(PASSWORD, after=timedelta(hours=hours, minutes=1))
    assert later.must_reset
    assert later.account == household.primary.account


def test_mistakes_during_the_lock_neither_extend_it_nor_send_another_mail(
    household: Household, sent: Sent
) -> None:
    """A9"""
    fail(5)
    fail(10, after=timedelta(hours=23))

    assert attempt(PASSWORD, after=timedelta(hours=24, minutes=1)).must_reset
    assert [one.notice for one in sent()] == ["account_locked"]


def test_the_lock_is_told_by_mail_to_the_person_only(household: Household, sent: Sent) -> None:
    """X7, A15"""
    fail(5)

    (mail,) = sent()
    assert mail.to == household.primary.email
    assert "http" not in mail.body


def test_an_unknown_number_is_counted_like_a_known_one_and_nobody_is_told(
    household: Household, sent: Sent
) -> None:
    """A1, X7"""
    fail(7, number="99999999")

    assert attempt(PASSWORD, number="99999999") == Outcome()
    assert sent() == []
    (entry,) = Entry.objects.filter(kind="AccountLocked")
    assert entry.about is None
    assert "99999999" not in str(entry.data)


def test_one_locked_person_does_not_lock_another(household: Household) -> None:
    fail(6)

    assert attempt(PASSWORD, number=household.spouse.number).account == household.spouse.account


def test_one_address_that_tries_many_numbers_is_slowed_down_before_it_locks_them(
    household: Household,
) -> None:
    """X7, A10: counting by source too."""
    for turn in range(SOURCE_TRIES):
        attempt(WRONG, number=f"4{turn:07d}")

    assert attempt(PASSWORD).slow_down
    assert attempt(PASSWORD, source="192.0.2.2").account is not None
    assert attempt(PASSWORD, after=timedelta(minutes=5)).account is not None


def test_right_sign_ins_from_one_address_do_not_slow_it_down(household: Household) -> None:
    for _ in range(SOURCE_TRIES + 5):
        assert attempt(PASSWORD).account is not None


def test_a_slowed_down_attempt_does_not_count_against_the_account(household: Household) -> None:
    for turn in range(SOURCE_TRIES):
        attempt(WRONG, number=f"4{turn:07d}")
    for _ in range(6):
        assert attempt(WRONG).slow_down

    assert attempt(PASSWORD, source="192.0.2.2").account is not None


def test_a_password_expires_on_the_day_the_profile_says(
    household: Household, policy: Callable[..., None]
) -> None:
    """AUTH-09"""
    policy(password_max_age_days=180)
    Account.objects.update(password_set_at=NOW)

    assert not attempt(PASSWORD, after=timedelta(days=179, hours=23)).must_reset
    assert attempt(PASSWORD, after=timedelta(days=180)).must_reset
    policy(password_max_age_days=0)
    assert not attempt(PASSWORD, after=timedelta(days=5000)).must_reset


def test_a_closed_account_answers_like_a_wrong_password(household: Household) -> None:
    """A2, A30"""
    Account.objects.update(is_active=False)

    assert attempt(PASSWORD) == Outcome()


def test_an_ended_membership_answers_like_a_wrong_password(household: Household) -> None:
    """A30: from the day after its last."""
    Member.objects.update(left_on=timezone.localdate(NOW))
    assert attempt(PASSWORD).account is not None

    Member.objects.update(left_on=timezone.localdate(NOW) - timedelta(days=1))
    assert attempt(PASSWORD) == Outcome()


def test_a_person_without_account_answers_like_a_wrong_password(household: Household) -> None:
    assert attempt(PASSWORD, number=household.teen.number) == Outcome()


def test_a_frozen_account_answers_like_a_wrong_password_and_nobody_is_told(
    household: Household, sent: Sent
) -> None:
    """A23"""
    Account.objects.update(frozen_at=NOW)

    assert attempt(PASSWORD) == Outcome()
    fail(6)
    assert sent() == []


def test_a_stronger_factor_ends_the_expiry_where_the_profile_says_so(
    household: Household, policy: Callable[..., None]
) -> None:
    """AUTH-09, preset renforce"""
    policy(password_max_age_days=180, strong_factor_ends_expiry=True)
    Account.objects.update(password_set_at=NOW - timedelta(days=181))
    assert attempt(PASSWORD).must_reset

    Factor.objects.create(account=household.primary.account, kind="totp", name="x", created_at=NOW)
    assert not attempt(PASSWORD).must_reset
    policy(strong_factor_ends_expiry=False)
    assert attempt(PASSWORD).must_reset


@pytest.mark.parametrize(
    "typed", ["٣٠٠٤١٨٢٧", "３００４ １８２７", "3\u200b0041827", "30041827\n", "\t30041827", "𝟛𝟘𝟘𝟜𝟙𝟠𝟚𝟟"]
)
def test_digits_of_another_script_and_invisible_signs_share_one_counter(
    household: Household, typed: str
) -> None:
    """A4"""
    assert attempt(PASSWORD, number=typed).account is not None
    fail(5, number=typed)
    assert attempt(PASSWORD).account is None


@pytest.mark.parametrize("typed", ["З0041827", "3OO41827", "30041827 OR 1=1", "30041827;30041828"])
def test_what_only_looks_like_a_number_is_another_number(household: Household, typed: str) -> None:
    """A4: a Cyrillic letter, an O for a zero, something more: nobody's number, and no way into the count."""
    fail(6, number=typed)

    assert attempt(PASSWORD, number=typed) == Outcome()
    assert attempt(PASSWORD).account is not None


def in_parallel(work: Callable[[int], None], *, count: int) -> None:
    def one(number: int) -> None:
        try:
            work(number)
        finally:
            connection.close()

    # Fewer at a time than a small PostgreSQL takes connections.
    with ThreadPoolExecutor(max_workers=25) as pool:
        list(pool.map(one, range(count)))


class Watched(PepperedArgon2):
    """Notes which hashes were tried."""

    tried: ClassVar[list[str]] = []

    def verify(self, password: str, encoded: str) -> bool:
        self.tried.append(encoded)
        return super().verify(password, encoded)


@pytest.fixture
def watched(settings: LazySettings) -> list[str]:
    settings.PASSWORD_HASHERS = [f"{Watched.__module__}.{Watched.__qualname__}"]
    Watched.tried.clear()
    return Watched.tried


@pytest.mark.django_db(transaction=True)
def test_of_a_hundred_parallel_wrong_guesses_five_are_looked_at_and_one_mail_leaves(
    household: Household, watched: list[str], sent: Sent
) -> None:
    """A8, X7"""
    account = household.primary.account
    assert account is not None
    in_parallel(lambda turn: attempt(WRONG, source=f"198.51.100.{turn}") and None, count=100)

    assert watched.count(account.password) == settings.PROFILE.security.lock_attempts
    assert len(watched) == 100
    assert attempt(PASSWORD, source="203.0.113.9") == Outcome()
    assert [one.notice for one in sent()] == ["account_locked"]


@pytest.mark.django_db(transaction=True)
def test_in_a_burst_a_right_guess_behind_the_fifth_is_refused(household: Household) -> None:
    """A8"""
    fail(5)
    outcomes = []

    in_parallel(lambda turn: outcomes.append(attempt(PASSWORD, source=f"203.0.113.{turn}")), count=12)

    assert outcomes == [Outcome()] * 12


@pytest.mark.django_db(transaction=True)
def test_a_hundred_parallel_guesses_from_a_known_browser_are_counted_alike(
    household: Household, watched: list[str]
) -> None:
    """A8, A10"""
    token, account = known_browser(household.primary), household.primary.account
    assert account is not None
    in_parallel(lambda turn: attempt(WRONG, source=f"198.51.100.{turn}", browser=token) and None, count=100)

    assert watched.count(account.password) == settings.PROFILE.security.lock_attempts
    later = timedelta(minutes=6)
    assert attempt(PASSWORD, browser=token, source="203.0.113.9").slow_down
    assert attempt(PASSWORD, browser=token, source="203.0.113.9", after=later) == Outcome()
    assert Entry.objects.filter(kind="AccountLocked").count() == 1


def test_known_and_unknown_numbers_cost_the_same_work(
    household: Household,
    watched: list[str],
) -> None:
    """A1: the same number of statements and of hashes, at the first mistake as at the one that locks."""
    statements = []
    for number in ("30041827", "99999999"):
        for turn in range(6):
            with CaptureQueriesContext(connection) as queries:
                attempt(WRONG, number=number, source=f"192.0.2.{turn}", browser="A" * 43)
            statements.append(len(queries))

    assert statements[:6] == statements[6:]
    assert len(watched) == 12
