"""Authenticator apps (A26): a code serves once, 30 s early or late, five tries, ten wrong ones a day."""

import base64
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Thread
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.db import connection

from entraide.portal.domain.access.factors.queries import factors_of, has_strong_factor, offer_is_due
from entraide.portal.domain.access.factors.totp import (
    Enrolment,
    confirm_totp,
    resume_totp,
    start_totp,
    use_totp,
)
from entraide.portal.domain.access.factors.tries import PER_ATTEMPT, PER_DAY, TriesOver
from entraide.portal.domain.access.models import Factor
from entraide.portal.domain.access.policies import may_change_bank
from entraide.portal.domain.errors import DomainError
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.events.models import Entry
from tests.conftest import Household, Post

pytestmark = pytest.mark.django_db
STEP = timedelta(seconds=30)


def shown(enrolment: Enrolment, at: datetime) -> str:
    """What the app shows at that moment."""
    key = base64.b32decode(enrolment.secret_base32)
    return TOTP(key, 6, SHA1(), 30).generate(int(at.timestamp())).decode()


def enrol(account: Account, at: datetime) -> Enrolment:
    """An app that was set up ten minutes ago."""
    enrolment, before = start_totp(account, now=at), at - timedelta(minutes=10)
    confirm_totp(
        account=account,
        enrolment=enrolment,
        code=shown(enrolment, before),
        name="Téléphone d’Anne",
        language="fr",
        now=before,
    )
    return enrolment


def use(account: Account, code: str, at: datetime, *, attempt: str = "") -> Factor:
    return use_totp(account=account, code=code, attempt=attempt or str(uuid4()), now=at)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_nothing_is_stored_before_the_first_right_code(account: Account, now: datetime) -> None:
    enrolment = start_totp(account, now=now)
    with pytest.raises(DomainError) as refusal:
        confirm_totp(
            account=account,
            enrolment=enrolment,
            code=wrong(shown(enrolment, now)),
            name="",
            language="fr",
            now=now,
        )

    assert refusal.value.field == "code"
    assert not has_strong_factor(account.pk)


def test_an_app_is_set_up_named_and_used(account: Account, now: datetime) -> None:
    enrolment = enrol(account, now)
    use(account, shown(enrolment, now), now)

    (row,) = factors_of(account.pk)
    assert (row.kind, row.name, row.last_used_at) == ("totp", "Téléphone d’Anne", now)


def test_what_the_session_keeps_tells_nothing_and_opens_for_its_owner_alone(
    account: Account, household: Household, now: datetime
) -> None:
    enrolment = start_totp(account, now=now)
    other = household.spouse.account
    assert other is not None

    assert enrolment.secret_base32 not in enrolment.sealed
    resumed = resume_totp(account, enrolment.sealed, now=now)
    assert resumed is not None
    assert resumed.uri == enrolment.uri
    assert resume_totp(other, enrolment.sealed, now=now) is None
    assert resume_totp(account, "nonsense", now=now) is None


def test_a_set_up_that_waits_lives_for_ten_minutes_however_often_it_is_looked_at(
    account: Account, now: datetime
) -> None:
    enrolment = start_totp(account, now=now)
    again = resume_totp(account, enrolment.sealed, now=now + timedelta(seconds=599))

    assert again is not None
    assert resume_totp(account, again.sealed, now=now + timedelta(seconds=600)) is None
    assert resume_totp(account, enrolment.sealed, now=now - timedelta(seconds=1)) is None


def test_the_picture_and_the_typed_key_say_the_same(account: Account, now: datetime) -> None:
    enrolment = start_totp(account, now=now)

    assert f"secret={enrolment.secret_base32}" in enrolment.uri
    assert "period=30" in enrolment.uri
    assert "".join(enrolment.groups) == enrolment.secret_base32
    assert {len(one) for one in enrolment.groups} == {4}
    assert enrolment.qr_svg().startswith(b"<?xml")
    assert b"style=" not in enrolment.qr_svg()


@pytest.mark.parametrize("late", [-1, 0, 1])
def test_a_clock_that_is_30_seconds_off_is_forgiven(account: Account, now: datetime, late: int) -> None:
    """A26: one step early or late."""
    code = shown(enrol(account, now), now + late * STEP)

    assert use(account, code, now)


@pytest.mark.parametrize("late", [-2, 2, 20])
def test_a_clock_that_is_a_minute_off_is_not(account: Account, now: datetime, late: int) -> None:
    code = shown(enrol(account, now), now + late * STEP)

    with pytest.raises(DomainError):
        use(account, code, now)


def test_a_code_serves_once_even_in_its_own_30_seconds(account: Account, now: datetime) -> None:
    code = shown(enrol(account, now), now)
    use(account, code, now)

    with pytest.raises(DomainError, match="déjà servi"):
        use(account, code, now)


def test_an_older_code_is_refused_once_a_newer_one_was_used(account: Account, now: datetime) -> None:
    enrolment = enrol(account, now)
    use(account, shown(enrolment, now), now)

    with pytest.raises(DomainError):
        use(account, shown(enrolment, now - STEP), now)


def test_the_code_that_set_the_app_up_does_not_open_the_door_as_well(account: Account, now: datetime) -> None:
    enrolment = start_totp(account, now=now)
    code = shown(enrolment, now)
    confirm_totp(account=account, enrolment=enrolment, code=code, name="", language="fr", now=now)

    with pytest.raises(DomainError):
        use(account, code, now)


def test_the_app_of_somebody_else_opens_nothing(
    account: Account, household: Household, now: datetime
) -> None:
    other = household.spouse.account
    assert other is not None
    theirs = enrol(other, now)
    enrol(account, now)

    with pytest.raises(DomainError):
        use(account, shown(theirs, now), now)


def test_after_five_wrong_codes_a_right_one_is_refused_in_this_attempt(
    account: Account, now: datetime
) -> None:
    """A16"""
    code, attempt = shown(enrol(account, now), now), str(uuid4())
    for tried in range(PER_ATTEMPT):
        with pytest.raises(TriesOver if tried == PER_ATTEMPT - 1 else DomainError):
            use(account, wrong(code), now, attempt=attempt)

    with pytest.raises(TriesOver):
        use(account, code, now, attempt=attempt)
    assert use(account, code, now)


def test_ten_wrong_codes_a_day_stop_the_app_until_tomorrow(account: Account, now: datetime) -> None:
    """A17"""
    enrolment = enrol(account, now)
    for _ in range(PER_DAY):
        with pytest.raises(DomainError):
            use(account, wrong(shown(enrolment, now)), now)

    with pytest.raises(DomainError, match="aujourd’hui"):
        use(account, shown(enrolment, now), now)
    tomorrow = now + timedelta(days=1, seconds=1)
    assert use(account, shown(enrolment, tomorrow), tomorrow)


def test_right_codes_are_no_guesses(account: Account, now: datetime) -> None:
    enrolment = enrol(account, now)
    for later in range(PER_DAY + 5):
        at = now + later * STEP
        assert use(account, shown(enrolment, at), at)


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "１２３４５６", "-12345", "12 456"])
def test_what_is_not_six_digits_opens_nothing(account: Account, now: datetime, typed: str) -> None:
    enrol(account, now)

    with pytest.raises(DomainError):
        use(account, typed, now)


@pytest.mark.django_db(transaction=True)
def test_of_twenty_parallel_uses_of_one_code_one_succeeds(account: Account, now: datetime) -> None:
    """A18"""
    code = shown(enrol(account, now), now)
    opened: list[Factor] = []

    def try_it() -> None:
        try:
            opened.append(use(account, code, now))
        except DomainError:
            pass
        finally:
            connection.close()

    threads = [Thread(target=try_it) for _ in range(20)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert len(opened) == 1


def test_the_key_is_nowhere_in_clear(
    account: Account, now: datetime, whole_database: Callable[[], str]
) -> None:
    """A26: the secret is encrypted."""
    enrolment = enrol(account, now)

    assert enrolment.secret_base32 not in whole_database()


def test_a_new_app_is_told_by_mail_with_a_way_to_say_it_was_not_me(
    account: Account, now: datetime, sent: Callable[[], list[Post]]
) -> None:
    """A15, A23"""
    enrol(account, now)

    (mail,) = [one for one in sent() if one.notice == "factor_added"]
    assert "application" in mail.body
    assert re.search(r"http://localhost:8000/ce-n-est-pas-moi/\w+/", mail.body)


def test_bank_details_wait_after_a_new_factor(account: Account, now: datetime) -> None:
    """X6"""
    enrol(account, now)
    account.refresh_from_db()

    assert not may_change_bank(account, now=now)
    assert may_change_bank(account, now=now + timedelta(hours=73))


def test_stronger_factors_are_offered_once_and_again_after_the_profiles_days(
    account: Account, now: datetime
) -> None:
    assert offer_is_due(account, now=now)
    account.factor_offered_at = now
    assert not offer_is_due(account, now=now + timedelta(days=89))
    assert offer_is_due(account, now=now + timedelta(days=90))
    enrol(account, now)
    assert not offer_is_due(account, now=now + timedelta(days=90))


def test_a_name_is_cleaned_and_cut(account: Account, now: datetime) -> None:
    enrolment = start_totp(account, now=now)
    confirm_totp(
        account=account,
        enrolment=enrolment,
        code=shown(enrolment, now),
        name="Mon\r\n\x00 téléphone\u202e" + "x" * 100,
        language="fr",
        now=now,
    )

    (row,) = factors_of(account.pk)
    assert row.name.startswith("Mon téléphone x")
    assert len(row.name) == 60


def test_the_journal_holds_neither_key_nor_code(account: Account, now: datetime) -> None:
    enrolment = enrol(account, now)

    written = str(list(Entry.objects.values_list("data", flat=True)))
    assert enrolment.secret_base32 not in written
    assert "FactorAdded" in set(Entry.objects.values_list("kind", flat=True))
