"""Counters of attempts: in the database, atomic, closed when it is away (A7, A8)."""

from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection
from django.utils import timezone

from entraide.portal.foundation.accounts import limits

HOUR = timedelta(hours=1)
pytestmark = pytest.mark.django_db


def test_counts_go_up_within_the_window_and_start_again_after_it() -> None:
    now = timezone.now()

    assert [limits.count("s", "k", per=HOUR, now=now) for _ in range(3)] == [1, 2, 3]
    assert limits.counted("s", "k", now=now + timedelta(minutes=59)) == 3
    assert limits.counted("s", "k", now=now + HOUR) == 0
    assert limits.count("s", "k", per=HOUR, now=now + HOUR) == 1


def test_scopes_and_keys_do_not_mix() -> None:
    now = timezone.now()
    limits.count("s", "k", per=HOUR, now=now)

    assert limits.count("s", "other", per=HOUR, now=now) == 1
    assert limits.count("other", "k", per=HOUR, now=now) == 1


def test_an_extended_window_counts_until_then() -> None:
    now = timezone.now()
    limits.count("s", "k", per=HOUR, now=now)
    limits.extend("s", "k", until=now + timedelta(days=1))

    assert limits.counted("s", "k", now=now + timedelta(hours=23)) == 1


def test_what_is_given_back_is_not_counted_and_never_goes_below_nothing() -> None:
    now = timezone.now()
    limits.count("s", "k", per=HOUR, now=now)
    limits.give_back("s", "k")
    limits.give_back("s", "k")

    assert limits.counted("s", "k", now=now) == 0


@pytest.mark.django_db(transaction=True)
def test_parallel_attempts_all_get_their_own_number() -> None:
    """A8"""
    now = timezone.now()
    numbers = []

    def count() -> None:
        try:
            numbers.append(limits.count("s", "k", per=HOUR, now=now))
        finally:
            connection.close()

    threads = [Thread(target=count) for _ in range(12)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert sorted(numbers) == list(range(1, 13))


@pytest.mark.django_db(transaction=True)
def test_an_attempt_at_the_moment_of_a_reset_is_counted_all_the_same() -> None:
    """A7, A8: the row may go between its making and its lock; an attempt never ends in a fault for it."""
    now = timezone.now()
    numbers: list[int] = []

    def work(turn: int) -> None:
        try:
            for _ in range(40):
                if turn % 2:
                    limits.reset("s", "k")
                else:
                    numbers.append(limits.count("s", "k", per=HOUR, now=now))
        finally:
            connection.close()

    threads = [Thread(target=work, args=[turn]) for turn in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert len(numbers) == 160
    assert min(numbers) >= 1
