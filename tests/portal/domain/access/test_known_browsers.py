"""Known browsers, locks that spare them, what makes an attempt risky (AUTH-04, X7, A9, A10)."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from entraide.portal.domain.access.actions.passwords import change_password
from entraide.portal.domain.access.actions.sign_in import Outcome
from entraide.portal.domain.access.browsers import AT_MOST, forget_browsers, knows, remember_browser
from entraide.portal.domain.access.risk import SOURCE_TRIES, needs_check
from entraide.portal.domain.access.tasks import tidy
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.events.models import Entry
from tests.conftest import PASSWORD, Household
from tests.portal.domain.access.attempts import NOW, NUMBER, WRONG, Sent, attempt, fail, known_browser

pytestmark = pytest.mark.django_db


def test_strangers_who_lock_an_access_leave_the_browsers_of_the_person_alone(household: Household) -> None:
    """A10"""
    token = known_browser(household.primary)
    fail(5)

    assert attempt(PASSWORD) == Outcome()
    at_home = attempt(PASSWORD, browser=token)
    assert at_home == Outcome(account=household.primary.account, known=True)


def test_after_a_lock_by_strangers_only_other_browsers_need_a_new_password(household: Household) -> None:
    """X7, A10"""
    token = known_browser(household.primary)
    fail(5)
    later = timedelta(hours=25)

    assert attempt(PASSWORD, after=later).must_reset
    assert not attempt(PASSWORD, browser=token, after=later).must_reset


def test_a_known_browser_has_five_tries_of_its_own_and_then_everyone_is_locked_out(
    household: Household, sent: Sent
) -> None:
    """AUTH-08, A10"""
    mine, other = known_browser(household.primary), known_browser(household.primary)
    fail(5)
    fail(5, browser=mine)

    assert attempt(PASSWORD, browser=mine) == Outcome()
    assert attempt(PASSWORD, browser=other) == Outcome()
    assert attempt(PASSWORD, browser=other, after=timedelta(hours=24, minutes=1)).must_reset
    assert [one.notice for one in sent()] == ["account_locked", "account_locked"]
    assert "Sur les appareils où vous êtes déjà entré" in sent()[0].body
    assert "Sur les appareils où vous êtes déjà entré" not in sent()[1].body


def test_attempts_while_everyone_is_locked_out_make_nothing_longer(household: Household, sent: Sent) -> None:
    """A9"""
    token = known_browser(household.primary)
    fail(5, browser=token)
    fail(10, after=timedelta(hours=23))
    fail(10, browser=token, after=timedelta(hours=23))

    over = timedelta(hours=24, minutes=1)
    assert attempt(PASSWORD, after=over).must_reset
    assert attempt(PASSWORD, browser=token, after=over).must_reset
    assert len(sent()) == 1


def test_the_browser_of_one_person_is_a_stranger_to_another(household: Household) -> None:
    """A10"""
    token = known_browser(household.spouse)
    fail(5, browser=token)

    assert attempt(PASSWORD, browser=token) == Outcome()
    assert attempt(PASSWORD, number=household.spouse.number, browser=token).known


def test_a_new_password_ends_every_lock(household: Household) -> None:
    """X7"""
    token = known_browser(household.primary)
    fail(5)
    fail(5, browser=token)
    account = household.primary.account
    assert account is not None

    change_password(account=account, old=PASSWORD, new="Neuf-2026-Sureau", language="fr", now=NOW)

    account.refresh_from_db()
    assert not account.must_reset
    assert not account.must_reset_elsewhere
    for browser in ("", token):
        assert attempt("Neuf-2026-Sureau", browser=browser).account == account


@pytest.mark.parametrize("token", ["", "x", "a" * 43, "../../etc", "\x00" * 43, "é" * 43, "a" * 5000])
def test_a_token_that_nobody_gave_out_makes_nobody_known(household: Household, token: str) -> None:
    """A10: a planted token is replaced, never adopted."""
    assert household.primary.account is not None

    assert not attempt(PASSWORD, browser=token).known
    assert known_browser(household.primary, token=token) != token


def test_one_browser_serves_a_family_and_is_new_once_for_each(household: Household) -> None:
    first, second = household.primary.account, household.spouse.account
    assert first is not None
    assert second is not None
    token, is_new = remember_browser(first, "", label="Firefox", now=NOW)

    assert is_new
    assert remember_browser(second, token, label="Firefox", now=NOW) == (token, True)
    assert remember_browser(first, token, label="Firefox", now=NOW) == (token, False)
    assert forget_browsers(first.pk) == 1
    assert not knows(first.pk, token)
    assert knows(second.pk, token)


def test_an_account_remembers_a_few_browsers_the_latest_ones(household: Household) -> None:
    account = household.primary.account
    assert account is not None
    tokens = [
        remember_browser(account, "", label="x", now=NOW + timedelta(days=turn)).token
        for turn in range(AT_MOST + 3)
    ]

    assert [knows(account.pk, one) for one in tokens] == [False] * 3 + [True] * AT_MOST


def test_a_browser_that_was_not_seen_for_a_year_is_a_stranger_again(household: Household) -> None:
    account = household.primary.account
    assert account is not None
    old = remember_browser(account, "", label="x", now=NOW - timedelta(days=366)).token
    recent = remember_browser(account, "", label="x", now=NOW - timedelta(days=364)).token

    tidy({})

    assert not knows(account.pk, old)
    assert knows(account.pk, recent)


def test_an_attack_on_many_locks_out_nobody_at_home_and_sounds_the_alarm_once(
    household: Household, stranger: Beneficiary, policy: Callable[..., None]
) -> None:
    """A10"""
    policy(storm_failures=20)
    people = [household.primary, household.spouse, household.adult_child, stranger]
    tokens = [known_browser(one) for one in people]
    for turn, person in enumerate(people):
        for guess in range(7):
            attempt(WRONG, number=person.number, source=f"198.51.{turn}.{guess}")

    assert Entry.objects.filter(kind="SignInStorm").count() == 1
    for turn, (person, token) in enumerate(zip(people, tokens, strict=True)):
        found = attempt(PASSWORD, number=person.number, browser=token, source=f"203.0.113.{turn}")
        assert found == Outcome(account=person.account, known=True)


def test_during_an_attack_on_many_a_network_is_asked_to_wait_sooner(
    household: Household, policy: Callable[..., None]
) -> None:
    """A10"""
    policy(storm_failures=20)
    fail(20, number="99999999")

    outcomes = [attempt(WRONG, number=f"4{turn:07d}", source="192.0.2.66") for turn in range(12)]

    assert [one.slow_down for one in outcomes] == [False] * 10 + [True] * 2
    after_it = attempt(PASSWORD, source="192.0.2.66", after=timedelta(hours=1, minutes=1))
    assert after_it.account is not None


@pytest.fixture
def on_risk(policy: Callable[..., None]) -> None:
    policy(check_when="risk", storm_failures=20)


def asks_check(browser: str = "", *, number: str = NUMBER, source: str = "192.0.2.1") -> bool:
    return needs_check(number, source=source, browser=browser, now=NOW)


def test_the_check_is_spared_to_a_known_browser_only(household: Household, on_risk: None) -> None:
    """AUTH-04, preset renforce"""
    token = known_browser(household.primary)

    assert not asks_check(token)
    assert not asks_check(token, number=" 3004 1827 ")
    assert asks_check()
    assert asks_check(token, number=household.spouse.number)
    assert asks_check(token, number="99999999")


def test_the_check_comes_back_after_wrong_passwords_but_not_after_one_slip(
    household: Household, on_risk: None
) -> None:
    """AUTH-04, A10"""
    token = known_browser(household.primary)
    fail(1, browser=token)
    assert not asks_check(token)
    fail(1)
    assert asks_check(token)


def test_the_check_comes_back_for_a_network_that_guesses_and_during_an_attack(
    household: Household, on_risk: None
) -> None:
    """A10"""
    token = known_browser(household.primary)
    for turn in range(5):
        attempt(WRONG, number=f"4{turn:07d}", source="192.0.2.77")
    assert asks_check(token, source="192.0.2.77")
    assert not asks_check(token)

    fail(15, number="99999999")
    assert asks_check(token)


def test_the_profile_that_wants_the_check_always_gets_it(
    household: Household, policy: Callable[..., None]
) -> None:
    """AUTH-04, preset guide"""
    policy(check_when="always")

    assert asks_check(known_browser(household.primary))


def test_others_behind_the_same_address_do_not_stop_a_browser_that_is_known(household: Household) -> None:
    """A10: a clinic, a mobile network, a family."""
    token = known_browser(household.primary)
    for turn in range(SOURCE_TRIES + 1):
        attempt(WRONG, number=f"4{turn:07d}", source="192.0.2.88")

    assert attempt(PASSWORD, source="192.0.2.88").slow_down
    assert attempt(PASSWORD, source="192.0.2.88", browser=known_browser(household.spouse)).slow_down
    assert attempt(PASSWORD, source="192.0.2.88", browser=token).account == household.primary.account


def test_a_known_browser_has_so_many_tries_of_its_own(household: Household) -> None:
    """A10, A11: it is no way around the limit, from whatever network."""
    token = known_browser(household.primary)
    outcomes = [attempt(WRONG, source=f"198.51.{turn}.1", browser=token) for turn in range(SOURCE_TRIES + 1)]

    assert [one.slow_down for one in outcomes] == [False] * SOURCE_TRIES + [True]
