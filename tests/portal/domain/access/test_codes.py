"""One-time codes (AUTH-05, A16…A19) and the enrolment of a first mobile (AUTH-06, X6)."""

import re
from collections.abc import Callable
from datetime import timedelta
from threading import Thread
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from entraide.portal.domain.access.actions.codes import WRONG_PER_DAY, enrol_mobile, send_code, use_code
from entraide.portal.domain.access.enums import CodePurpose
from entraide.portal.domain.access.models import OneTimeCode
from entraide.portal.domain.errors import DomainError
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.tasks.queue import drain
from entraide.portal.notifications.models import Delivery
from tests.conftest import Household

NOW = timezone.now()
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
SIGN_IN, EMAIL, MOBILE = CodePurpose.SIGN_IN, CodePurpose.EMAIL_PROOF, CodePurpose.MOBILE_PROOF
pytestmark = pytest.mark.django_db


@pytest.fixture
def account(household: Household) -> Account:
    found = household.primary.account
    assert found is not None
    return found


@pytest.fixture
def attempt() -> UUID:
    return uuid4()


def send(
    account: Account,
    attempt: UUID,
    *,
    after: timedelta = timedelta(),
    purpose: CodePurpose = SIGN_IN,
    mobile: str = "",
) -> str:
    """Sends a code and reads it where the person would."""
    send_code(
        account=account, attempt=attempt, purpose=purpose, mobile=mobile, language="fr", now=NOW + after
    )
    drain()
    newest = Delivery.objects.order_by("-created_at").first()
    assert newest is not None
    return re.findall(r"\b[0-9]{6}\b", newest.body)[0]


def use(
    account: Account,
    attempt: UUID,
    code: str,
    *,
    after: timedelta = timedelta(),
    purpose: CodePurpose = SIGN_IN,
) -> OneTimeCode:
    return use_code(account=account, attempt=attempt, purpose=purpose, code=code, now=NOW + after)


def another(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def refused(
    account: Account,
    attempt: UUID,
    code: str,
    *,
    after: timedelta = timedelta(),
    purpose: CodePurpose = SIGN_IN,
) -> str:
    with pytest.raises(DomainError) as caught:
        use(account, attempt, code, after=after, purpose=purpose)
    assert caught.value.field == "code"
    return caught.value.message


def test_the_code_sent_by_sms_opens_once(account: Account, attempt: UUID) -> None:
    """A16, A18"""
    code = send(account, attempt)

    use(account, attempt, code)
    refused(account, attempt, code)


def test_a_code_is_dead_after_five_wrong_tries(account: Account, attempt: UUID) -> None:
    """A16"""
    code = send(account, attempt)
    left = [refused(account, attempt, another(code)) for _ in range(5)]

    assert "4 essais" in left[0]
    assert "dernier" in left[4]
    refused(account, attempt, code)


def test_a_code_expires_after_the_minutes_of_the_profile(account: Account, attempt: UUID) -> None:
    minutes = settings.PROFILE.security.code_minutes
    code = send(account, attempt)

    refused(account, attempt, code, after=timedelta(minutes=minutes))
    use(account, attempt, code, after=timedelta(minutes=minutes) - SECOND)


def test_a_code_serves_only_the_attempt_that_asked_for_it(account: Account, attempt: UUID) -> None:
    """A18: not from another session."""
    code = send(account, attempt)

    refused(account, uuid4(), code)
    use(account, attempt, code)


def test_a_code_serves_only_its_account_and_its_purpose(
    household: Household, account: Account, attempt: UUID
) -> None:
    code = send(account, attempt)
    assert household.spouse.account is not None

    refused(household.spouse.account, attempt, code)
    refused(account, attempt, code, purpose=EMAIL)


def test_a_new_code_ends_the_one_before(account: Account, attempt: UUID) -> None:
    """A16"""
    first = send(account, attempt)
    second = send(account, attempt, after=61 * SECOND)

    if first != second:
        refused(account, attempt, first, after=62 * SECOND)
    use(account, attempt, second, after=62 * SECOND)


def test_another_code_is_sent_after_a_minute_only(account: Account, attempt: UUID) -> None:
    """A19"""
    send(account, attempt)

    with pytest.raises(DomainError, match="30 secondes"):
        send(account, attempt, after=30 * SECOND)
    assert OneTimeCode.objects.count() == 1
    send(account, attempt, after=60 * SECOND)


def test_five_codes_an_hour_leave_at_most_whatever_the_session(account: Account) -> None:
    """A19"""
    for turn in range(settings.PROFILE.security.sends_per_hour):
        send(account, uuid4(), after=turn * MINUTE)
    with pytest.raises(DomainError, match="heure"):
        send(account, uuid4(), after=30 * MINUTE)

    send(account, uuid4(), after=61 * MINUTE)


def test_ten_wrong_codes_in_a_day_close_the_channel_until_the_next(account: Account) -> None:
    """A17"""
    attempts = [uuid4() for _ in range(WRONG_PER_DAY // 5)]
    for turn, attempt in enumerate(attempts):
        code = send(account, attempt, after=turn * MINUTE)
        for _ in range(5):
            refused(account, attempt, another(code), after=turn * MINUTE)

    with pytest.raises(DomainError, match="demain"):
        send(account, uuid4(), after=10 * MINUTE)
    send(account, uuid4(), after=timedelta(days=1, minutes=5))


def test_the_right_code_is_refused_too_once_the_channel_is_closed(account: Account, attempt: UUID) -> None:
    """A17"""
    for turn in range(2):
        other = uuid4()
        code = send(account, other, after=turn * MINUTE)
        last = send(account, attempt, after=turn * 2 * MINUTE)
        for _ in range(5):
            refused(account, other, another(code), after=turn * MINUTE)

    assert "demain" in refused(account, attempt, last, after=3 * MINUTE)


def test_codes_are_kept_as_a_keyed_hash_and_told_to_nobody_else(
    account: Account, attempt: UUID, whole_database: Callable[[], str]
) -> None:
    """A16, A66: a plain hash of six digits would be found by trying them all."""
    send_code(account=account, attempt=attempt, purpose=SIGN_IN, language="fr", now=NOW)
    before = whole_database()
    drain()
    code = re.findall(r"\b[0-9]{6}\b", Delivery.objects.get().body)[0]
    row = OneTimeCode.objects.get()

    assert f" {code} " not in before
    assert f'"{code}"' not in before
    assert len(row.code_hash) == 64
    assert row.code_hash == settings.ENTRAIDE.keys.blind_index("one-time code", f"{row.pk}:{code}")


@pytest.mark.django_db(transaction=True)
def test_parallel_uses_of_the_right_code_open_once(account: Account, attempt: UUID) -> None:
    """A18"""
    code = send(account, attempt)
    opened = []

    def try_it() -> None:
        try:
            opened.append(use(account, attempt, code))
        except DomainError:
            pass
        finally:
            connection.close()

    threads = [Thread(target=try_it) for _ in range(10)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert len(opened) == 1


def without_mobile(household: Household) -> None:
    household.primary.mobile = ""
    household.primary.save(update_fields=["mobile"])


def test_a_proved_mobile_goes_on_file_and_a_notice_goes_to_the_mail(
    household: Household, account: Account, attempt: UUID
) -> None:
    """AUTH-06, X6"""
    without_mobile(household)
    code = send(account, attempt, purpose=MOBILE, mobile="+33639980177")
    assert Delivery.objects.get().to == "+33639980177"
    proved = use(account, attempt, code, purpose=MOBILE)
    enrol_mobile(account=account, proved=proved, language="fr", now=NOW)
    drain()

    household.primary.refresh_from_db()
    assert household.primary.mobile == "+33639980177"
    notice = Delivery.objects.get(notice="mobile_enrolled")
    assert notice.to == household.primary.email
    assert "0177" not in notice.body


def test_a_mobile_is_never_replaced_by_this_way(
    household: Household, account: Account, attempt: UUID
) -> None:
    """X6, A20"""
    code = send(account, attempt, purpose=MOBILE, mobile="+33639980177")
    proved = use(account, attempt, code, purpose=MOBILE)

    with pytest.raises(DomainError, match="déjà"):
        enrol_mobile(account=account, proved=proved, language="fr", now=NOW)
    household.primary.refresh_from_db()
    assert household.primary.mobile == "+33639980101"


class CodeMachine(RuleBasedStateMachine):
    """A18: whatever the order of sends, waits and tries, only the newest live code opens, once."""

    account: Account

    def __init__(self) -> None:
        super().__init__()
        OneTimeCode.objects.all().delete()
        self.attempts = [uuid4(), uuid4()]
        self.clock = timedelta()
        self.live: dict[UUID, tuple[str, timedelta, int]] = {}
        self.opened = 0

    @rule(which=st.integers(0, 1))
    def ask(self, which: int) -> None:
        attempt = self.attempts[which]
        try:
            code = send(self.account, attempt, after=self.clock)
        except DomainError:
            return
        self.live[attempt] = (code, self.clock, 0)

    @rule(minutes=st.sampled_from([1, 3, 9, 10, 61, 1500]))
    def wait(self, minutes: int) -> None:
        self.clock += timedelta(minutes=minutes)

    @rule(which=st.integers(0, 1), source=st.integers(0, 1), right=st.booleans())
    def attempt_it(self, which: int, source: int, right: bool) -> None:
        """Types the code of `source` in the session of `which`."""
        attempt, origin = self.attempts[which], self.attempts[source]
        if origin not in self.live:
            return
        code = self.live[origin][0]
        typed = code if right else another(code)
        known = self.live.get(attempt)
        fits = (
            known is not None
            and typed == known[0]
            and self.clock - known[1] < timedelta(minutes=settings.PROFILE.security.code_minutes)
            and known[2] < settings.PROFILE.security.code_tries
        )
        try:
            use(self.account, attempt, typed, after=self.clock)
        except DomainError:
            if known is not None:
                self.live[attempt] = (known[0], known[1], known[2] + 1)
            return
        assert fits
        self.opened += 1
        del self.live[attempt]

    @invariant()
    def no_more_codes_are_used_than_were_sent(self) -> None:
        assert self.opened <= OneTimeCode.objects.count()


def test_no_order_of_events_lets_a_code_be_used_twice_late_or_elsewhere(household: Household) -> None:
    """A18: stateful property."""

    assert household.primary.account is not None
    CodeMachine.account = household.primary.account
    run_state_machine_as_test(
        CodeMachine,
        settings=hypothesis_settings(
            max_examples=25,
            stateful_step_count=20,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
