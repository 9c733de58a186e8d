"""The enrolment of a first mobile and what it changes (AUTH-06, X6, A20…A24)."""

from collections.abc import Callable
from datetime import date, timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from entraide.portal.domain.access.actions.codes import send_code, use_code
from entraide.portal.domain.access.actions.mobiles import enrol_mobile
from entraide.portal.domain.access.enums import CodePurpose
from entraide.portal.domain.access.models import OneTimeCode
from entraide.portal.domain.access.policies import may_change_bank, trusts_mobile
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.mobiles import distrust_mobile, mobile_index, put_on_file
from entraide.portal.domain.members.models import Beneficiary, Member
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.events.models import Entry
from entraide.portal.foundation.tasks.queue import drain
from entraide.portal.foundation.web.wording import moment
from entraide.portal.notifications.models import Delivery
from tests.conftest import Household, give_account, make_person, years_ago
from tests.portal.domain.access.reading import newest_code

NOW = timezone.now()
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
NUMBER = "+33639980177"
pytestmark = pytest.mark.django_db


@pytest.fixture
def anne(household: Household) -> Beneficiary:
    """She has an access, and no mobile."""
    put_on_file(household.primary, "", declared_at=None)
    return household.primary


def account_of(person: Beneficiary) -> Account:
    return Account.objects.get(pk=person.account_id)


def prove(person: Beneficiary, mobile: str = NUMBER) -> OneTimeCode:
    """The code that was sent to this mobile, used."""
    account, attempt, purpose = account_of(person), uuid4(), CodePurpose.MOBILE_PROOF
    send_code(account=account, attempt=attempt, purpose=purpose, mobile=mobile, language="fr", now=NOW)
    code = newest_code()
    return use_code(account=account, attempt=attempt, purpose=purpose, code=code, now=NOW)


def enrol(person: Beneficiary, mobile: str = NUMBER) -> None:
    enrol_mobile(account=account_of(person), proved=prove(person, mobile), language="fr", now=NOW)
    person.refresh_from_db()


def test_a_proved_mobile_goes_on_file_as_declared_by_the_person(anne: Beneficiary) -> None:
    """AUTH-06, A22"""
    enrol(anne)

    assert (anne.mobile, anne.mobile_declared_at) == (NUMBER, NOW)
    assert anne.mobile_index == mobile_index(NUMBER)


def test_the_address_on_file_is_told_until_when_bank_details_wait(anne: Beneficiary) -> None:
    """X6, A23: with the link to undo it, and without the number."""
    enrol(anne)
    drain()

    notice = Delivery.objects.get(notice="mobile_enrolled")
    assert notice.to == anne.email
    assert moment(NOW + 72 * HOUR) in notice.body
    assert "/ce-n-est-pas-moi/" in notice.body
    assert "0177" not in notice.body + notice.html


def test_bank_details_wait_72_hours_after_an_enrolment(anne: Beneficiary) -> None:
    """X6"""
    assert may_change_bank(account_of(anne), now=NOW)
    enrol(anne)

    assert not may_change_bank(account_of(anne), now=NOW)
    assert not may_change_bank(account_of(anne), now=NOW + 72 * HOUR - timedelta(seconds=1))
    assert may_change_bank(account_of(anne), now=NOW + 72 * HOUR)


@pytest.mark.parametrize("closed", [{"is_active": False}, {"frozen_at": NOW}])
def test_bank_details_of_a_closed_or_frozen_access_never_change(
    anne: Beneficiary, closed: dict[str, object]
) -> None:
    Account.objects.filter(pk=anne.account_id).update(**closed)

    assert not may_change_bank(account_of(anne), now=NOW)


def test_a_mobile_is_never_replaced_by_this_way(household: Household) -> None:
    """X6, A20"""
    with pytest.raises(DomainError, match="déjà"):
        enrol(household.primary)

    household.primary.refresh_from_db()
    assert household.primary.mobile == "+33639980101"
    assert account_of(household.primary).cooling_until is None


@pytest.mark.django_db(transaction=True)
def test_of_two_enrolments_at_once_the_first_counts(anne: Beneficiary) -> None:
    proofs = [prove(anne), prove(anne, "+33639980178")]
    start, passed = Barrier(2), []

    def go(proved: OneTimeCode) -> None:
        try:
            start.wait()
            enrol_mobile(account=account_of(anne), proved=proved, language="fr", now=NOW)
            passed.append(proved.destination)
        except DomainError:
            pass
        finally:
            connection.close()

    threads = [Thread(target=go, args=[proof]) for proof in proofs]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    anne.refresh_from_db()
    assert passed == [anne.mobile]
    assert Entry.objects.filter(kind="MobileEnrolled").count() == 1


def test_nothing_is_enrolled_on_a_frozen_access(anne: Beneficiary) -> None:
    """A23"""
    proved = prove(anne)
    Account.objects.filter(pk=anne.account_id).update(frozen_at=NOW)

    with pytest.raises(DomainError):
        enrol_mobile(account=account_of(anne), proved=proved, language="fr", now=NOW)
    anne.refresh_from_db()
    assert anne.mobile == ""


def test_the_journal_and_the_tables_hold_no_number_in_clear(
    anne: Beneficiary, whole_database: Callable[[], str]
) -> None:
    """A62, A66"""
    enrol(anne)

    found = whole_database()
    assert NUMBER not in found
    assert "639980177" not in found


def families(number: int) -> list[Beneficiary]:
    """So many people of different families, each with an access and no mobile."""
    found = []
    for one in range(number):
        name = f"3009000{one}"
        member = Member.objects.create(number=name, segment="collectif", joined_on=date(2020, 1, 1))
        person = make_person(member, name, "primary_insured", f"Line{one}", born=years_ago(50), mobile="")
        give_account(person)
        found.append(person)
    return found


def alarms() -> list[dict[str, object]]:
    return [one.data for one in Entry.objects.filter(kind="MobileShared")]


def test_the_third_family_with_one_mobile_sounds_the_alarm(db: None) -> None:
    """A24"""
    first, second, third = families(3)
    enrol(first)
    enrol(second)
    assert alarms() == []

    enrol(third)

    assert alarms() == [{"accounts": 3}]
    assert Entry.objects.get(kind="MobileShared").about == third.pk


def test_a_family_shares_one_mobile_without_any_alarm(household: Household) -> None:
    """A24, AUTH-07: one person of the household looks after everything."""
    for person in (household.primary, household.spouse, household.adult_child):
        put_on_file(person, "", declared_at=None)
    for person in (household.primary, household.spouse, household.adult_child):
        enrol(person)

    assert alarms() == []


def test_people_without_an_access_do_not_count_for_the_alarm(household: Household) -> None:
    put_on_file(household.teen, NUMBER, declared_at=None)
    put_on_file(household.child, NUMBER, declared_at=None)

    enrol(families(1)[0])

    assert alarms() == []


def test_a_declared_mobile_is_trusted_after_thirty_days_and_that_of_the_file_at_once(
    anne: Beneficiary, household: Household
) -> None:
    """A22"""
    enrol(anne)

    assert not trusts_mobile(anne, now=NOW + 30 * DAY - HOUR)
    assert trusts_mobile(anne, now=NOW + 30 * DAY)
    assert trusts_mobile(household.spouse, now=NOW)


def test_no_mobile_is_not_trusted(anne: Beneficiary) -> None:
    assert not trusts_mobile(anne, now=NOW)


def test_a_disowned_mobile_is_not_trusted_for_a_year_on_any_file(household: Household) -> None:
    """A23, A24"""
    distrust_mobile(household.primary.mobile, now=NOW)

    assert not trusts_mobile(household.spouse, now=NOW + 364 * DAY)
    assert trusts_mobile(household.spouse, now=NOW + 366 * DAY)


@pytest.mark.parametrize("how", ["closed", "frozen", "left"])
def test_a_mobile_of_another_familys_closed_access_is_not_trusted(
    household: Household, stranger: Beneficiary, how: str
) -> None:
    """A24: numbers are given to other people."""
    for person in (household.primary, stranger):
        put_on_file(person, NUMBER, declared_at=None)
    assert trusts_mobile(household.primary, now=NOW)

    if how == "left":
        Member.objects.filter(pk=stranger.member_id).update(left_on=timezone.localdate(NOW) - DAY)
    else:
        values = {"is_active": False} if how == "closed" else {"frozen_at": NOW}
        Account.objects.filter(pk=stranger.account_id).update(**values)

    assert not trusts_mobile(household.primary, now=NOW)


def test_a_mobile_of_ones_own_family_stays_trusted_when_one_of_them_leaves(household: Household) -> None:
    for person in (household.primary, household.spouse):
        put_on_file(person, NUMBER, declared_at=None)
    Account.objects.filter(pk=household.spouse.account_id).update(is_active=False)

    assert trusts_mobile(household.primary, now=NOW)
