"""Another e-mail or mobile: proved, told to the old one, taken back by its link (A20…A25)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from entraide.portal.domain.access.actions.codes import use_code
from entraide.portal.domain.access.actions.emails import change_email, prove_email
from entraide.portal.domain.access.actions.links import ask_reset
from entraide.portal.domain.access.actions.mobiles import change_mobile, prove_mobile
from entraide.portal.domain.access.actions.safety import freeze
from entraide.portal.domain.access.enums import CodePurpose, FactorKind
from entraide.portal.domain.access.models import Factor, OneTimeCode, PasswordLink
from entraide.portal.domain.access.policies import may_change_bank
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.contacts import ChangedMeanwhile, mark_of
from entraide.portal.domain.members.mobiles import is_distrusted, mobile_index, put_on_file
from entraide.portal.domain.members.models import Beneficiary, Declared
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.events.models import Entry
from entraide.portal.foundation.tasks.queue import drain
from tests.conftest import Household
from tests.portal.domain.access.reading import newest_code, newest_safety_token

NOW = timezone.now()
NEW, NUMBER = "anne.vautrin@example.com", "+33639980177"
OLD, OLD_NUMBER = "anne@example.org", "+33639980101"
pytestmark = pytest.mark.django_db


@pytest.fixture
def anne(household: Household) -> Beneficiary:
    return household.primary


def account_of(person: Beneficiary) -> Account:
    return Account.objects.get(pk=person.account_id)


def proved_email(person: Beneficiary, email: str = NEW, *, now: datetime = NOW) -> OneTimeCode:
    account, attempt = account_of(person), uuid4()
    seen = mark_of(person, (person.email,))
    prove_email(account=account, attempt=attempt, email=email, seen=seen, language="fr", now=now)
    code = newest_code()
    return use_code(account=account, attempt=attempt, purpose=CodePurpose.NEW_EMAIL, code=code, now=now)


def proved_mobile(person: Beneficiary, mobile: str = NUMBER, *, now: datetime = NOW) -> OneTimeCode:
    account, attempt = account_of(person), uuid4()
    seen = mark_of(person, (person.mobile,))
    prove_mobile(account=account, attempt=attempt, mobile=mobile, seen=seen, language="fr", now=now)
    code = newest_code()
    return use_code(account=account, attempt=attempt, purpose=CodePurpose.MOBILE_PROOF, code=code, now=now)


def move_email(person: Beneficiary, email: str = NEW) -> None:
    seen = mark_of(person, (person.email,))
    proved = proved_email(person, email)
    change_email(account=account_of(person), proved=proved, seen=seen, language="fr", now=NOW)
    person.refresh_from_db()


def move_mobile(person: Beneficiary, mobile: str = NUMBER) -> None:
    seen = mark_of(person, (person.mobile,))
    proved = proved_mobile(person, mobile)
    change_mobile(account=account_of(person), proved=proved, seen=seen, language="fr", now=NOW)
    person.refresh_from_db()


def test_a_new_address_gets_the_code_and_nothing_changes_before_it_is_typed(
    anne: Beneficiary, sent: Callable[[], list]
) -> None:
    proved_email(anne)

    assert [(one.notice, one.to) for one in sent()] == [("new_email_code", NEW)]
    anne.refresh_from_db()
    assert anne.email == OLD


def test_both_addresses_are_told_and_the_old_one_may_freeze(
    anne: Beneficiary, sent: Callable[[], list]
) -> None:
    """A15, A23"""
    move_email(anne)

    told = {one.notice: one for one in sent()}
    assert anne.email == NEW
    assert (told["email_changed"].to, told["email_confirmed"].to) == (OLD, NEW)
    assert "/ce-n-est-pas-moi/" in told["email_changed"].body
    assert NEW not in told["email_changed"].body


def test_the_journal_knows_neither_address_nor_number(
    anne: Beneficiary, whole_database: Callable[[], str]
) -> None:
    """A62, A66"""
    move_email(anne)
    drain()

    journal = str(list(Entry.objects.values_list("data", flat=True)))
    assert not {OLD, NEW, NUMBER} & set(journal.split("'"))
    assert NEW not in whole_database()


def test_a_first_address_tells_nobody_else(anne: Beneficiary, sent: Callable[[], list]) -> None:
    Beneficiary.objects.filter(pk=anne.pk).update(email=b"")
    anne.refresh_from_db()
    move_email(anne)

    assert [(one.notice, one.to) for one in sent()][1:] == [("email_confirmed", NEW)]


def test_links_to_set_a_password_that_went_to_the_old_address_end(anne: Beneficiary) -> None:
    ask_reset(number=anne.number, source="192.0.2.1", language="fr", now=NOW)
    assert PasswordLink.objects.filter(ended_at=None).count() == 1
    move_email(anne)

    assert PasswordLink.objects.filter(ended_at=None).count() == 0


def test_the_link_of_the_old_address_freezes_and_takes_the_address_back(anne: Beneficiary) -> None:
    """A23: the address is the old one again, and an import knows nothing of a change."""
    move_email(anne)
    freeze(token=newest_safety_token("email_changed"), now=NOW)

    anne.refresh_from_db()
    assert anne.email == OLD
    assert account_of(anne).frozen_at == NOW
    assert not Declared.objects.exists()


def test_an_address_that_the_mutual_brought_since_stays(anne: Beneficiary) -> None:
    move_email(anne)
    anne.email = "third@example.org"
    anne.save(update_fields=["email"])
    freeze(token=newest_safety_token("email_changed"), now=NOW)

    anne.refresh_from_db()
    assert anne.email == "third@example.org"


def test_another_mobile_is_told_to_the_old_one_and_by_mail(
    anne: Beneficiary, sent: Callable[[], list]
) -> None:
    move_mobile(anne)

    told = {one.notice: one for one in sent()}
    assert (anne.mobile, anne.mobile_declared_at, anne.mobile_index) == (NUMBER, NOW, mobile_index(NUMBER))
    assert told["mobile_replaced"].to == OLD_NUMBER
    assert told["mobile_changed"].to == OLD
    assert NUMBER[-6:] not in told["mobile_replaced"].body + told["mobile_changed"].body


def test_the_link_takes_the_mobile_back_and_distrusts_the_other(anne: Beneficiary) -> None:
    move_mobile(anne)
    freeze(token=newest_safety_token("mobile_changed"), now=NOW)

    anne.refresh_from_db()
    assert (anne.mobile, anne.mobile_declared_at) == (OLD_NUMBER, None)
    assert is_distrusted(NUMBER, now=NOW)
    assert not Declared.objects.exists()


@pytest.mark.parametrize("first", [move_email, move_mobile])
@pytest.mark.parametrize("second", [proved_email, proved_mobile])
def test_after_one_change_the_next_waits_as_bank_details_do(
    anne: Beneficiary, first: Callable[..., None], second: Callable[..., OneTimeCode]
) -> None:
    """A21: never both address and mobile in one go."""
    first(anne)

    assert not may_change_bank(account_of(anne), now=NOW)
    with pytest.raises(DomainError, match="72 heures"):
        second(anne)


def test_a_mobile_declared_lately_is_not_enough(anne: Beneficiary) -> None:
    """A22"""
    put_on_file(anne, OLD_NUMBER, declared_at=NOW - timedelta(days=3))
    with pytest.raises(DomainError, match="pas encore assez sûr"):
        proved_email(anne)

    put_on_file(anne, OLD_NUMBER, declared_at=NOW - timedelta(days=31))
    assert proved_email(anne).destination == NEW


def test_an_app_or_a_passkey_is_enough(anne: Beneficiary) -> None:
    put_on_file(anne, OLD_NUMBER, declared_at=NOW)
    Factor.objects.create(
        account=account_of(anne), kind=FactorKind.TOTP, name="App", created_at=NOW - timedelta(days=9)
    )

    assert proved_email(anne).destination == NEW


def test_a_frozen_access_changes_nothing(anne: Beneficiary) -> None:
    Account.objects.filter(pk=anne.account_id).update(frozen_at=NOW)

    with pytest.raises(DomainError, match="bloqué"):
        proved_email(anne)


@pytest.mark.parametrize("same", [OLD, "Anne@Example.org"])
def test_the_address_on_file_needs_no_code(anne: Beneficiary, same: str) -> None:
    with pytest.raises(DomainError, match="déjà l’adresse"):
        proved_email(anne, same)


def test_a_change_that_came_in_between_is_not_undone(anne: Beneficiary) -> None:
    seen = mark_of(anne, (anne.email,))
    proved = proved_email(anne)
    anne.email = "third@example.org"
    anne.save(update_fields=["email"])

    with pytest.raises(ChangedMeanwhile):
        change_email(account=account_of(anne), proved=proved, seen=seen, language="fr", now=NOW)
    anne.refresh_from_db()
    assert anne.email == "third@example.org"


def test_one_address_gets_no_more_codes_than_the_hour_allows(
    anne: Beneficiary, household: Household, policy: Callable[..., None]
) -> None:
    """A19: whoever asks for them, an address of somebody else is not flooded."""
    policy(sends_per_hour=2)
    for person in (anne, household.spouse):
        for _ in range(2):
            proved_email(person)

    with pytest.raises(DomainError, match="vers cette adresse"):
        proved_email(household.adult_child)


@pytest.mark.django_db(transaction=True)
def test_of_two_changes_at_once_one_is_stored(anne: Beneficiary) -> None:
    seen = mark_of(anne, (anne.email,))
    proofs = [proved_email(anne), proved_email(anne, "other@example.com")]
    start, passed = Barrier(2), []

    def go(proved: OneTimeCode) -> None:
        try:
            start.wait()
            change_email(account=account_of(anne), proved=proved, seen=seen, language="fr", now=NOW)
            passed.append(proved.destination)
        except DomainError:
            pass
        finally:
            connection.close()

    threads = [Thread(target=go, args=(one,)) for one in proofs]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    anne.refresh_from_db()
    assert passed == [anne.email]
    assert Entry.objects.filter(kind="EmailChanged").count() == 1
    assert settings.PROFILE.security.cooling_hours == 72
