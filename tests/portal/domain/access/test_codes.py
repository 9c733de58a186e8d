"""One-time codes (AUTH-05, A16…A19)."""

import re
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from threading import Barrier, Thread
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from entraide.portal.domain.access.actions.codes import send_code, use_code
from entraide.portal.domain.access.actions.safety import unfreeze
from entraide.portal.domain.access.code_channel import WRONG_IN_ALL, WRONG_PER_DAY, wrong_codes
from entraide.portal.domain.access.enums import CodePurpose
from entraide.portal.domain.access.models import OneTimeCode
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.mobiles import put_on_file
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.accounts.models import Account, Limit
from entraide.portal.foundation.events.models import Entry
from entraide.portal.foundation.tasks.queue import drain
from entraide.portal.notifications.models import Delivery
from tests.conftest import Household

NOW = timezone.now()
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
SIGN_IN, EMAIL, MOBILE = CodePurpose.SIGN_IN, CodePurpose.EMAIL_PROOF, CodePurpose.MOBILE_PROOF
STEP_UP = CodePurpose.STEP_UP
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
    newest = Delivery.objects.exclude(notice="code_channel_stopped").order_by("-created_at").first()
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


@pytest.mark.parametrize("end", ["used", "worn out", "over"])
def test_a_code_that_was_replaced_does_not_come_back_when_its_successor_ends(
    account: Account, attempt: UUID, end: str
) -> None:
    """A16"""
    first, when = send(account, attempt), 61 * SECOND
    second = send(account, attempt, after=when)
    assert first != second or end == "used"
    if end == "used":
        use(account, attempt, second, after=when)
    for _ in range(5 if end == "worn out" else 0):
        refused(account, attempt, another(second) if another(second) != first else "000000", after=when)
    after = timedelta(minutes=settings.PROFILE.security.code_minutes) if end == "over" else when

    refused(account, attempt, first, after=after)


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


def at_once(number: int, act: Callable[[], object]) -> int:
    """How many of so many calls at the same moment were not refused."""
    passed: list[object] = []
    start = Barrier(number)

    def call() -> None:
        try:
            start.wait()
            act()
            passed.append(None)
        except DomainError:
            pass
        finally:
            connection.close()

    threads = [Thread(target=call) for _ in range(number)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return len(passed)


@pytest.mark.django_db(transaction=True)
def test_fifty_uses_of_the_right_code_at_once_open_once(account: Account, attempt: UUID) -> None:
    """A16, A18"""
    code = send(account, attempt)

    assert at_once(50, lambda: use(account, attempt, code)) == 1


@pytest.mark.django_db(transaction=True)
def test_guesses_at_once_do_not_outrun_the_count_of_the_day(account: Account) -> None:
    """A8, A17: spread over several attempts, where each would have five tries of its own."""
    attempts = [uuid4() for _ in range(4)]
    codes = [send(account, attempt) for attempt in attempts]
    turns = iter([(attempt, another(code)) for attempt, code in zip(attempts, codes, strict=True)] * 8)

    assert at_once(32, lambda: use(account, *next(turns))) == 0
    assert sum(OneTimeCode.objects.values_list("tries", flat=True)) == WRONG_PER_DAY
    assert [one.data["for_good"] for one in Entry.objects.filter(kind="CodeChannelStopped")] == [False]


@pytest.mark.django_db(transaction=True)
def test_a_double_click_sends_one_code(account: Account, attempt: UUID) -> None:
    """A19"""
    ask = partial(send_code, account=account, attempt=attempt, purpose=SIGN_IN, language="fr", now=NOW)

    assert at_once(10, ask) == 1
    assert OneTimeCode.objects.count() == 1


def test_a_day_of_wrong_codes_is_told_to_the_person_once(account: Account, household: Household) -> None:
    """A17"""
    for turn in range(2):
        attempt = uuid4()
        code = send(account, attempt, after=turn * MINUTE)
        for _ in range(6):
            refused(account, attempt, another(code), after=turn * MINUTE)
    drain()

    notice = Delivery.objects.get(notice="code_channel_stopped")
    assert notice.to == household.primary.email
    assert "demain" in notice.body


def use_up_a_hundred_guesses(account: Account) -> timedelta:
    """Ten wrong codes a day for ten days; returns when."""
    day = timedelta()
    for _ in range(WRONG_IN_ALL // WRONG_PER_DAY):
        for turn in range(2):
            attempt = uuid4()
            code = send(account, attempt, after=day + turn * MINUTE)
            for _ in range(5):
                refused(account, attempt, another(code), after=day + turn * MINUTE)
        day += timedelta(days=1, minutes=5)
    return day


def test_a_hundred_wrong_codes_in_all_close_the_channel_until_the_mutual_reopens_it(
    account: Account, household: Household
) -> None:
    """A17: this count does not end with the day, and is not that of the passwords."""
    after = use_up_a_hundred_guesses(account)
    with pytest.raises(DomainError, match="conseiller"):
        send(account, uuid4(), after=after + timedelta(days=365))
    drain()
    assert "conseiller" in Delivery.objects.filter(notice="code_channel_stopped").latest("created_at").body

    unfreeze(number=household.primary.number, now=NOW + after)

    attempt = uuid4()
    use(account, attempt, send(account, attempt, after=after), after=after)
    account.refresh_from_db()
    assert not account.must_reset
    assert not Delivery.objects.filter(notice="account_unfrozen").exists()


def test_right_codes_do_not_start_the_long_count_again(account: Account) -> None:
    """A17: else whoever holds the password guesses ten times a day for years."""
    attempt = uuid4()
    code = send(account, attempt)
    refused(account, attempt, another(code))
    use(account, attempt, code)

    assert wrong_codes(account, now=NOW).in_all == 1


def test_one_mobile_takes_twice_the_codes_of_an_account_in_an_hour(
    household: Household, stranger: Beneficiary
) -> None:
    """A19: a family may share one; who pumps messages into a number changes accounts in vain."""
    people = [household.primary, household.spouse, household.adult_child]
    for person in [*people, stranger]:
        put_on_file(person, "+33639980101", declared_at=None)
    for person in people[:2]:
        for _ in range(5):
            send(person.account, uuid4())

    with pytest.raises(DomainError, match="ce mobile"):
        send(stranger.account, uuid4())
    send(stranger.account, uuid4(), after=61 * MINUTE)


def test_no_number_stands_in_the_counters(account: Account, attempt: UUID) -> None:
    send(account, attempt)

    assert not any("0101" in key and len(key) < 36 for key in Limit.objects.values_list("key", flat=True))


def test_the_sms_of_a_deployment_stop_at_its_budget_with_one_alarm_an_hour(
    household: Household, stranger: Beneficiary, policy: Callable[..., None]
) -> None:
    """A19: toll fraud."""
    policy(codes_per_hour=2)
    send(household.primary.account, uuid4())
    send(household.spouse.account, uuid4())

    for turn in range(3):
        with pytest.raises(DomainError, match="une clé d’accès"):
            send(stranger.account, uuid4(), after=turn * MINUTE)
    alarms = Entry.objects.filter(kind="SendingBudgetSpent")
    assert [one.data for one in alarms] == [{"codes": 2}]

    send(stranger.account, uuid4(), after=3 * MINUTE, purpose=EMAIL)
    send(stranger.account, uuid4(), after=61 * MINUTE)
    assert alarms.count() == 1


def test_after_the_budget_nobody_is_told_that_a_code_has_just_left(
    account: Account, attempt: UUID, policy: Callable[..., None]
) -> None:
    policy(codes_per_hour=1)
    send(account, uuid4())

    for _ in range(2):
        with pytest.raises(DomainError, match="Trop de SMS"):
            send(account, attempt)


@pytest.mark.parametrize(
    ("purpose", "word"), [(SIGN_IN, "connexion"), (MOBILE, "enregistrer ce mobile"), (STEP_UP, "confirmer")]
)
def test_an_sms_names_the_mutual_and_its_purpose_and_ends_as_phones_expect(
    account: Account, attempt: UUID, purpose: CodePurpose, word: str
) -> None:
    """A19: no link; the last line binds the code to our address."""
    mobile = "+33639980177" if purpose == MOBILE else ""
    code = send(account, attempt, purpose=purpose, mobile=mobile)
    sms = Delivery.objects.get(channel="sms").body

    assert sms.startswith(settings.PROFILE.identity.short_name)
    assert word in sms
    assert "http" not in sms
    assert sms.endswith(f"\n@{settings.ENTRAIDE.host} #{code}")


def test_a_code_to_confirm_an_act_opens_no_door(account: Account, attempt: UUID) -> None:
    """A32"""
    code = send(account, attempt, purpose=STEP_UP)

    refused(account, attempt, code)
    use(account, attempt, code, purpose=STEP_UP)


def test_the_journal_holds_no_code_and_no_number(account: Account, attempt: UUID) -> None:
    """A66"""
    code = send(account, attempt, purpose=MOBILE, mobile="+33639980177")
    told = " ".join(str(one.data) for one in Entry.objects.all())

    assert code not in told
    assert "980177" not in told


class CodeMachine(RuleBasedStateMachine):
    """A18: whatever the order of sends, waits and tries, only the newest live code opens, once."""

    account: Account

    def __init__(self) -> None:
        super().__init__()
        OneTimeCode.objects.all().delete()
        Limit.objects.all().delete()
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
