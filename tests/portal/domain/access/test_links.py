"""Links to set a password: who gets one, how long, how often (ACT-01…05, PWD-01…05, X1…X3, A1…A7)."""

import dataclasses
import re
from collections.abc import Callable
from datetime import date, timedelta
from threading import Thread

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from entraide.portal.domain.access.actions.links import Claimed, ask_activation, ask_reset, open_link
from entraide.portal.domain.access.actions.passwords import TRIES_PER_LINK, set_password
from entraide.portal.domain.access.actions.sign_in import check_credentials
from entraide.portal.domain.access.models import PasswordLink
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.accounts.models import Account, FormerPassword
from entraide.portal.foundation.events.models import Entry
from entraide.portal.foundation.tasks.queue import drain
from entraide.portal.notifications.models import Delivery
from tests.conftest import PASSWORD, Household

NOW = timezone.now()
MINUTE = timedelta(minutes=1)
NEW = "Marronnier-1954-vert"
pytestmark = pytest.mark.django_db


@pytest.fixture
def newcomer(household: Household) -> Beneficiary:
    """Denis, 17, who never had an account."""
    person = household.teen
    nir = "109083818500144"
    person.nir, person.nir_index = nir, settings.ENTRAIDE.keys.blind_index("nir", nir)
    person.save()
    return person


def claim(person: Beneficiary, **changes: object) -> Claimed:
    values = Claimed(
        nir=person.nir,
        birth_date=person.birth_date,
        birth_department=person.birth_department,
        last_name=person.last_name,
        first_name=person.first_name,
    )
    return dataclasses.replace(values, **changes)  # type: ignore[arg-type]


def activate(
    person: Beneficiary, *, after: timedelta = timedelta(), source: str = "192.0.2.1", **changes: object
) -> None:
    ask_activation(claim(person, **changes), source=source, language="fr", now=NOW + after)


def reset(number: str, *, after: timedelta = timedelta(), source: str = "192.0.2.1") -> None:
    ask_reset(number, source=source, language="fr", now=NOW + after)


def tokens() -> list[str]:
    """The tokens in the mails, oldest first."""
    drain()
    mails = Delivery.objects.filter(notice__endswith="_link").order_by("created_at")
    return [re.findall(r"/mot-de-passe/([0-9a-f]{32})/", one.body)[0] for one in mails]


def choose(
    token: str,
    *,
    birth: date | None = None,
    password: str = NEW,
    after: timedelta = timedelta(),
    who: Beneficiary,
) -> Account:
    return set_password(
        token=token, birth_date=birth or who.birth_date, password=password, language="fr", now=NOW + after
    )


def test_who_proves_to_be_on_file_gets_the_number_and_one_link_and_never_a_password(
    newcomer: Beneficiary,
) -> None:
    """ACT-01, X1"""
    activate(newcomer)
    (token,) = tokens()
    mail = Delivery.objects.get()

    assert mail.to == newcomer.email
    assert newcomer.number in mail.body
    assert f"{settings.ENTRAIDE.public_url}/mot-de-passe/{token}/" in mail.body
    assert str(settings.PROFILE.security.link_minutes) in mail.body


@pytest.mark.parametrize(
    "typed",
    [
        {"last_name": "VAUTRIN"},
        {"last_name": " vautrin "},
        {"first_name": "dénis"},
        {"birth_department": "038"},
    ],
)
def test_names_are_compared_without_accents_case_and_spaces(
    newcomer: Beneficiary, typed: dict[str, str]
) -> None:
    """A3"""
    activate(newcomer, **typed)

    assert len(tokens()) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"birth_date": date(1999, 1, 1)},
        {"last_name": "Martin"},
        {"first_name": "Jean"},
        {"birth_department": "75"},
        {"nir": "299093818500162"},
    ],
)
def test_one_wrong_answer_sends_nothing_and_changes_nothing(
    newcomer: Beneficiary, wrong: dict[str, object]
) -> None:
    activate(newcomer, **wrong)

    assert tokens() == []
    assert not PasswordLink.objects.exists()
    assert Entry.objects.get().kind == "AccessAskedInVain"


def test_a_person_without_address_on_file_gets_nothing_and_the_journal_knows_why(
    newcomer: Beneficiary,
) -> None:
    """ACT-05"""
    newcomer.email = ""
    newcomer.save()
    activate(newcomer)

    assert tokens() == []
    assert Entry.objects.get().data["reason"] == "no address on file"


def test_a_child_under_16_cannot_be_activated(household: Household) -> None:
    nir = "118103818500123"
    household.child.nir, household.child.nir_index = nir, settings.ENTRAIDE.keys.blind_index("nir", nir)
    household.child.save()
    activate(household.child)

    assert tokens() == []


def test_a_parent_who_shares_a_number_with_a_child_gets_their_own_link(household: Household) -> None:
    """A child may be on a parent's number."""
    shared = household.primary.nir
    for person in (household.child, household.teen):
        person.nir, person.nir_index = shared, household.primary.nir_index
        person.save()
    activate(household.primary)

    tokens()
    assert Delivery.objects.get().to == household.primary.email


def test_the_same_form_serves_who_lost_the_number(household: Household) -> None:
    """ACT-03"""
    activate(household.primary)

    assert len(tokens()) == 1
    mail = Delivery.objects.get()
    assert household.primary.number in mail.body


def test_five_wrong_answers_on_a_number_close_it_for_the_day_silently(newcomer: Beneficiary) -> None:
    """A3"""
    for turn in range(5):
        activate(newcomer, first_name="Jean", source=f"198.51.100.{turn}")
    activate(newcomer)
    assert tokens() == []

    activate(newcomer, after=timedelta(days=1))
    assert len(tokens()) == 1


def test_twenty_asks_from_one_network_in_an_hour_close_it_silently(newcomer: Beneficiary) -> None:
    """A3"""
    for turn in range(20):
        activate(newcomer, nir=f"2990938185{turn:05d}")
    activate(newcomer)
    assert tokens() == []

    activate(newcomer, source="192.0.2.2")
    assert len(tokens()) == 1


def test_a_forgotten_password_gets_a_link(household: Household) -> None:
    """PWD-01"""
    reset("3004 1827")

    assert len(tokens()) == 1
    assert Delivery.objects.get().notice == "password_link"


def test_nothing_leaves_for_who_has_no_account_or_a_closed_one_or_does_not_exist(
    household: Household,
) -> None:
    """A2"""
    Account.objects.filter(pk=household.spouse.account_id).update(is_active=False)
    for number in (household.teen.number, household.spouse.number, "99999999", "", "💥"):
        reset(number)

    assert tokens() == []
    assert Entry.objects.filter(kind="AccessAskedInVain").count() == 5


def test_one_link_a_minute_and_five_a_day_leave_at_most(household: Household) -> None:
    """A7"""
    reset("30041827")
    reset("30041827", after=timedelta(seconds=59))
    assert len(tokens()) == 1

    for turn in range(1, 10):
        reset("30041827", after=turn * 2 * MINUTE)
    assert len(tokens()) <= 5


def lock(number: str) -> None:
    for turn in range(settings.PROFILE.security.lock_attempts):
        check_credentials(number, "wrong", source=f"198.51.100.{turn}", now=NOW)


def test_guide_sends_no_link_during_a_lock_by_either_form_and_sends_it_after(
    household: Household, policy: Callable[..., None]
) -> None:
    """X7, preset `guide`"""
    policy(reset_during_lock=False)
    lock("30041827")
    reset("30041827", after=MINUTE)
    activate(household.primary, after=MINUTE)
    assert tokens() == []

    reset("30041827", after=timedelta(hours=24, minutes=1))
    assert len(tokens()) == 1


def test_renforce_sends_the_link_during_a_lock_and_a_new_password_ends_it(
    household: Household, policy: Callable[..., None]
) -> None:
    """X7, preset `renforce`"""
    policy(reset_during_lock=True)
    lock("30041827")
    reset("30041827", after=MINUTE)
    choose(tokens()[0], who=household.primary, after=2 * MINUTE)

    outcome = check_credentials("30041827", NEW, source="192.0.2.9", now=NOW + 3 * MINUTE)
    assert outcome.account is not None
    assert not outcome.must_reset


def test_a_link_sets_the_password_once_and_opens_the_account(newcomer: Beneficiary) -> None:
    """PWD-04, PWD-05, A5"""
    activate(newcomer)
    (token,) = tokens()
    account = choose(token, who=newcomer)

    newcomer.refresh_from_db()
    assert newcomer.account == account
    assert account.identifier == newcomer.number
    assert check_credentials(newcomer.number, NEW, source="192.0.2.1", now=NOW).account == account
    with pytest.raises(DomainError, match="déjà servi"):
        choose(token, who=newcomer, password="Autre-Chose-2020")
    drain()
    assert Delivery.objects.filter(notice="account_activated").count() == 1


def test_a_link_lives_as_long_as_the_profile_says_and_not_a_second_more(newcomer: Beneficiary) -> None:
    """X2"""
    minutes = settings.PROFILE.security.link_minutes
    assert minutes == 120
    activate(newcomer)
    (token,) = tokens()

    open_link(token, now=NOW + timedelta(minutes=minutes) - timedelta(seconds=1))
    with pytest.raises(DomainError, match="120 minutes"):
        open_link(token, now=NOW + timedelta(minutes=minutes))
    with pytest.raises(DomainError):
        choose(token, who=newcomer, after=timedelta(minutes=minutes))


def test_the_newest_link_ends_the_older_ones(newcomer: Beneficiary) -> None:
    activate(newcomer)
    activate(newcomer, after=MINUTE)
    first, second = tokens()

    with pytest.raises(DomainError):
        open_link(first, now=NOW + 2 * MINUTE)
    assert open_link(second, now=NOW + 2 * MINUTE).beneficiary == newcomer


def test_five_wrong_birth_dates_end_the_link(newcomer: Beneficiary) -> None:
    """PWD-04"""
    activate(newcomer)
    (token,) = tokens()
    for _ in range(TRIES_PER_LINK):
        with pytest.raises(DomainError):
            choose(token, who=newcomer, birth=date(1950, 1, 1))

    with pytest.raises(DomainError):
        choose(token, who=newcomer)
    assert not Account.objects.filter(identifier=newcomer.number).exists()


def test_a_refused_password_does_not_use_up_the_link(newcomer: Beneficiary) -> None:
    activate(newcomer)
    (token,) = tokens()
    for _ in range(TRIES_PER_LINK + 2):
        with pytest.raises(DomainError) as caught:
            choose(token, who=newcomer, password="court")
        assert caught.value.field == "new_password1"

    choose(token, who=newcomer)


def test_a_password_once_used_is_refused_however_long_ago(household: Household) -> None:
    """PWD-10: without limit of depth."""
    used = [PASSWORD, "Bouleau-2001-gris", "Chene-2002-roux!"]
    for turn, password in enumerate(used[1:]):
        reset("30041827", after=turn * 5 * MINUTE)
        choose(tokens()[-1], who=household.primary, password=password, after=turn * 5 * MINUTE)
    reset("30041827", after=60 * MINUTE)
    token = tokens()[-1]

    for password in used:
        with pytest.raises(DomainError, match="déjà utilisé"):
            choose(token, who=household.primary, password=password, after=61 * MINUTE)
    assert FormerPassword.objects.filter(account=household.primary.account).count() == 3


def test_a_token_is_random_and_kept_only_as_its_hash(
    newcomer: Beneficiary, whole_database: Callable[[], str]
) -> None:
    """A5, A66: neither the tables, the queue nor the journal know it."""
    activate(newcomer)
    before = whole_database()
    (token,) = tokens()
    after = whole_database()

    assert len(token) == 32
    assert token not in before
    assert token not in after
    assert PasswordLink.objects.get().token_hash in after


@pytest.mark.parametrize("token", ["", "0" * 32, "../../etc/passwd", "é" * 32, "0" * 5000])
def test_an_invented_token_is_refused(token: str) -> None:
    with pytest.raises(DomainError, match="n’est plus valable"):
        open_link(token, now=NOW)


@pytest.mark.django_db(transaction=True)
def test_parallel_uses_of_one_link_succeed_once(newcomer: Beneficiary) -> None:
    """A5"""
    activate(newcomer)
    (token,) = tokens()
    succeeded = []

    def use(number: int) -> None:
        try:
            choose(token, who=newcomer, password=f"Marronnier-{number}-vert")
            succeeded.append(number)
        except DomainError:
            pass
        finally:
            connection.close()

    threads = [Thread(target=use, args=(number,)) for number in range(12)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert len(succeeded) == 1
    assert FormerPassword.objects.filter(account__identifier=newcomer.number).count() == 1
