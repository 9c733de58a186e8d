"""Recovery codes: ten, shown once, each opens once, kept as hashes."""

from collections.abc import Callable
from datetime import datetime
from threading import Thread
from uuid import uuid4

import pytest
from django.db import connection

from entraide.portal.domain.access.actions.safety import safety_page
from entraide.portal.domain.access.factors.queries import recovery_codes_left
from entraide.portal.domain.access.factors.recovery import make_recovery_codes, use_recovery_code
from entraide.portal.domain.access.factors.tries import PER_ATTEMPT, PER_DAY, TriesOver
from entraide.portal.domain.errors import DomainError
from entraide.portal.foundation.accounts.models import Account
from tests.conftest import Household, Post
from tests.portal.domain.access.reading import newest_safety_token

pytestmark = pytest.mark.django_db


def make(account: Account, now: datetime) -> list[str]:
    return make_recovery_codes(account=account, language="fr", now=now)


def use(account: Account, code: str, now: datetime, *, attempt: str = "") -> int:
    return use_recovery_code(
        account=account, code=code, attempt=attempt or str(uuid4()), language="fr", now=now
    )


def test_ten_different_codes_in_letters_that_a_hand_writes_well(account: Account, now: datetime) -> None:
    codes = make(account, now)

    assert len(set(codes)) == 10
    assert all(len(one) == 14 and one[4] == one[9] == "-" for one in codes)
    assert not set("".join(codes)) & set("01ILO")
    assert recovery_codes_left(account.pk) == 10


def test_a_code_opens_once(account: Account, now: datetime) -> None:
    first, second, *_others = make(account, now)

    assert use(account, first, now) == 9
    with pytest.raises(DomainError):
        use(account, first, now)
    assert use(account, second, now) == 8


@pytest.mark.parametrize("spell", [str.lower, lambda one: one.replace("-", ""), lambda one: f" {one} "])
def test_case_spaces_and_hyphens_are_free(
    account: Account, now: datetime, spell: Callable[[str], str]
) -> None:
    code = make(account, now)[0]

    assert use(account, spell(code), now) == 9


def test_new_codes_end_the_old_ones(account: Account, now: datetime) -> None:
    old = make(account, now)[0]
    make(account, now)

    with pytest.raises(DomainError):
        use(account, old, now)
    assert recovery_codes_left(account.pk) == 10


def test_the_code_of_somebody_else_opens_nothing(
    account: Account, household: Household, now: datetime
) -> None:
    other = household.spouse.account
    assert other is not None
    theirs = make(other, now)[0]
    make(account, now)

    with pytest.raises(DomainError):
        use(account, theirs, now)


def test_five_wrong_ones_end_the_attempt_and_ten_the_day(account: Account, now: datetime) -> None:
    """A16, A17"""
    code, attempt = make(account, now)[0], str(uuid4())
    for tried in range(PER_ATTEMPT):
        with pytest.raises(TriesOver if tried == PER_ATTEMPT - 1 else DomainError):
            use(account, "AAAA-AAAA-AAAA", now, attempt=attempt)
    with pytest.raises(TriesOver):
        use(account, code, now, attempt=attempt)
    for _ in range(PER_DAY - PER_ATTEMPT):
        with pytest.raises(DomainError):
            use(account, "AAAA-AAAA-AAAA", now)

    with pytest.raises(DomainError, match="aujourd’hui"):
        use(account, code, now)


@pytest.mark.django_db(transaction=True)
def test_of_fifty_parallel_uses_one_succeeds(account: Account, now: datetime) -> None:
    """A5, A18"""
    code = make(account, now)[0]
    opened: list[int] = []

    def try_it() -> None:
        try:
            opened.append(use(account, code, now))
        except DomainError:
            pass
        finally:
            connection.close()

    threads = [Thread(target=try_it) for _ in range(50)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert opened == [9]
    assert recovery_codes_left(account.pk) == 9


def test_the_codes_are_nowhere_in_clear(
    account: Account, now: datetime, whole_database: Callable[[], str]
) -> None:
    codes = make(account, now)
    written = whole_database()

    for code in codes:
        assert code not in written
        assert code.replace("-", "") not in written


def test_new_codes_are_told_by_mail_with_a_way_to_say_it_was_not_me(
    account: Account, now: datetime, sent: Callable[[], list[Post]]
) -> None:
    """A15, A23: a thief who makes codes keeps a way in."""
    make(account, now)

    (mail,) = [one for one in sent() if one.notice == "recovery_codes_made"]
    assert "Les anciens ne marchent plus" in mail.body
    assert safety_page(newest_safety_token("recovery_codes_made"), now=now).change == "recovery_made"


def test_a_code_that_served_is_told_by_mail_with_what_is_left(
    account: Account, now: datetime, sent: Callable[[], list[Post]]
) -> None:
    """A15"""
    use(account, make(account, now)[0], now)

    (mail,) = [one for one in sent() if one.notice == "recovery_used"]
    assert "9 codes" in mail.body
    assert "/ce-n-est-pas-moi/" in mail.body
