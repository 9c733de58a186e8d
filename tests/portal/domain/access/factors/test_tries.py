"""Guesses: who is told, what stops for good, and that right ones are none (A16, A17, A32)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from entraide.portal.domain.access.actions.safety import unfreeze
from entraide.portal.domain.access.factors.step_up import confirm_password
from entraide.portal.domain.access.factors.tries import (
    APP,
    IN_ALL,
    PASSWORD,
    PER_ATTEMPT,
    PER_DAY,
    RECOVERY,
    TriesOver,
    Try,
    take_a_try,
)
from entraide.portal.domain.agents.actions.people import invite_agent, reset_agent
from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.agents.models import Agent
from entraide.portal.domain.errors import DomainError
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.events.models import Entry
from tests.conftest import PASSWORD as RIGHT
from tests.conftest import Household, Post

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1, minutes=1)


def one_try(account: Account, now: datetime, *, way: str = APP, attempt: str = "") -> Try:
    return take_a_try(way, account=account, attempt=attempt or str(uuid4()), field="code", now=now)


def guess(account: Account, now: datetime, times: int, *, way: str = APP) -> None:
    for _ in range(times):
        one_try(account, now, way=way).refusal()


def guess_a_hundred_times(account: Account, now: datetime) -> datetime:
    """Ten a day; returns the day after."""
    for _ in range(IN_ALL // PER_DAY):
        guess(account, now, PER_DAY)
        now += DAY
    return now


def told() -> list[dict[str, object]]:
    return [one.data for one in Entry.objects.filter(kind="FactorGuessed").order_by("at")]


@pytest.mark.parametrize(
    ("way", "said"),
    [
        (APP, "codes faux de votre application"),
        (RECOVERY, "codes de secours faux"),
        (PASSWORD, "mots de passe faux"),
    ],
)
def test_the_tenth_wrong_one_of_a_day_is_told_by_mail_and_no_other(
    account: Account, now: datetime, sent: Callable[[], list[Post]], way: str, said: str
) -> None:
    """A17: whoever guesses knows the password, or sits in the session."""
    guess(account, now, PER_DAY - 1, way=way)
    assert told() == []
    guess(account, now, 1, way=way)
    for _ in range(3):
        with pytest.raises(DomainError, match="aujourd’hui"):
            one_try(account, now, way=way)

    (mail,) = [one for one in sent() if one.notice == "factor_guessed"]
    assert said in mail.body
    assert "Mot de passe oublié" in mail.body
    assert "avant demain" in mail.body


def test_a_hundred_wrong_ones_stop_every_way_until_the_mutual_reopens_it(
    account: Account, household: Household, now: datetime, sent: Callable[[], list[Post]]
) -> None:
    """A17: else who holds the password guesses ten times a day for years."""
    later = guess_a_hundred_times(account, now)
    for way in (APP, RECOVERY, PASSWORD):
        with pytest.raises(DomainError, match="conseiller"):
            one_try(account, later + timedelta(days=700), way=way)
    mails = [one for one in sent() if one.notice == "factor_guessed"]
    assert sum("conseiller" in one.body for one in mails) == 1
    assert told()[-1]["for_good"]

    unfreeze(number=household.primary.number, now=later)

    one_try(account, later).was_right()
    assert Entry.objects.filter(kind="FactorTriesReopened", about=household.primary.pk).count() == 1
    account.refresh_from_db()
    assert not account.must_reset


def test_right_ones_use_up_neither_the_attempt_nor_the_day_nor_the_hundred(
    account: Account, now: datetime
) -> None:
    attempt = str(uuid4())
    for _ in range(IN_ALL + 1):
        one_try(account, now, attempt=attempt).was_right()

    left = [str(one_try(account, now, attempt=attempt).refusal()) for _ in range(PER_ATTEMPT)]
    assert "4 essais" in left[0]
    assert "dernier essai" in left[-1]


def test_right_ones_in_between_do_not_start_the_hundred_again(account: Account, now: datetime) -> None:
    """A17"""
    for _ in range(IN_ALL // (PER_DAY - 1)):
        guess(account, now, PER_DAY - 1)
        one_try(account, now).was_right()
        now += DAY
    guess(account, now, IN_ALL % (PER_DAY - 1))

    with pytest.raises(DomainError, match="conseiller"):
        one_try(account, now)


def test_five_wrong_passwords_end_the_attempt_and_ten_the_day(account: Account, now: datetime) -> None:
    """A32: the page that confirms is no place to guess."""

    def confirm(password: str, attempt: str) -> None:
        confirm_password(account=account, password=password, attempt=attempt, now=now)

    for attempt in ("first", "second"):
        for tried in range(PER_ATTEMPT):
            with pytest.raises(TriesOver if tried == PER_ATTEMPT - 1 else DomainError):
                confirm("not it", attempt)
        with pytest.raises(TriesOver):
            confirm(RIGHT, attempt)

    with pytest.raises(DomainError, match="aujourd’hui"):
        confirm(RIGHT, "third")
    assert [one["way"] for one in told()] == [PASSWORD]


def test_guesses_at_an_agents_app_are_in_the_journal_until_the_factors_are_reset(
    db: None, now: datetime
) -> None:
    """A17, A74"""
    invite_agent(email="guichet@example.org", full_name="Guy Chet", role=Role.HANDLER, now=now)
    account = Agent.objects.get().account
    later = guess_a_hundred_times(account, now)
    assert Entry.objects.filter(kind="FactorGuessed", actor=account.pk).count() == IN_ALL // PER_DAY
    with pytest.raises(DomainError, match="conseiller"):
        one_try(account, later)

    reset_agent(email="guichet@example.org", factor_lost=True, now=later)

    one_try(account, later).was_right()
