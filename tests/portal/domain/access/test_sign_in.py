"""Number and password: counting, locking, expiring (AUTH-08, AUTH-09, X7, A1, A4, A7…A9)."""

from collections.abc import Callable
from datetime import timedelta
from threading import Thread

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from entraide.portal.domain.access.actions.sign_in import SOURCE_TRIES, Outcome, check_credentials
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.events.models import Entry
from tests.conftest import PASSWORD, Household

NUMBER = "30041827"
WRONG = "Tilleul-2019-rouge"
NOW = timezone.now()
pytestmark = pytest.mark.django_db
Sent = Callable[[], list]


def attempt(
    password: str, *, number: str = NUMBER, after: timedelta = timedelta(), source: str = "192.0.2.1"
) -> Outcome:
    return check_credentials(number, password, source=source, now=NOW + after)


def fail(times: int, *, number: str = NUMBER, after: timedelta = timedelta()) -> None:
    for turn in range(times):
        assert attempt(WRONG, number=number, after=after, source=f"198.51.100.{turn}").account is None


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
    assert not Entry.objects.exists()


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


def test_a_person_without_account_answers_like_a_wrong_password(household: Household) -> None:
    assert attempt(PASSWORD, number=household.teen.number) == Outcome()


def in_parallel(work: Callable[[int], None], *, count: int) -> None:
    def one(number: int) -> None:
        try:
            work(number)
        finally:
            connection.close()

    threads = [Thread(target=one, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.django_db(transaction=True)
def test_parallel_wrong_guesses_lock_once_and_the_right_one_behind_them_is_refused(
    household: Household,
) -> None:
    """A8: however many come at once, five are verified."""
    in_parallel(lambda number: fail_quietly(number), count=16)

    assert attempt(PASSWORD, source="203.0.113.9") == Outcome()
    assert Entry.objects.filter(kind="AccountLocked").count() == 1


def fail_quietly(number: int) -> None:
    attempt(WRONG, source=f"198.51.100.{number}")


@pytest.mark.django_db(transaction=True)
def test_in_a_burst_a_guess_is_looked_at_only_within_the_first_five(household: Household) -> None:
    """A8: the right password is the sixth or later of a parallel burst, so it never opens."""
    fail(5)
    outcomes = []

    in_parallel(lambda number: outcomes.append(attempt(PASSWORD, source=f"203.0.113.{number}")), count=12)

    assert outcomes == [Outcome()] * 12
