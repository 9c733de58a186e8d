"""The link "this was not me": it freezes the access and undoes what changed (A23)."""

import json
from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from entraide.portal.domain.access import code_channel
from entraide.portal.domain.access.actions.codes import send_code
from entraide.portal.domain.access.actions.links import ask_reset, open_link
from entraide.portal.domain.access.actions.passwords import change_password
from entraide.portal.domain.access.actions.safety import (
    LinkState,
    Undo,
    added_factor,
    enrolled_mobile,
    freeze,
    make_safety_link,
    publish_change,
    safety_page,
    unfreeze,
)
from entraide.portal.domain.access.actions.sign_in import check_credentials
from entraide.portal.domain.access.browsers import knows, remember_browser
from entraide.portal.domain.access.code_channel import WRONG_IN_ALL
from entraide.portal.domain.access.enums import Change, CodePurpose, FactorKind
from entraide.portal.domain.access.events import FactorAdded
from entraide.portal.domain.access.factors.adding import remove_factor
from entraide.portal.domain.access.factors.queries import factors_of, has_strong_factor
from entraide.portal.domain.access.models import (
    Factor,
    OneTimeCode,
    PasswordLink,
    RecoveryCode,
    SafetyLink,
)
from entraide.portal.domain.access.policies import trusts_mobile
from entraide.portal.domain.access.queries import entrant
from entraide.portal.domain.access.sessions import member_span, open_session, open_sessions
from entraide.portal.domain.access.tasks import tidy
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.mobiles import put_on_file
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.events.models import Entry
from entraide.portal.foundation.tasks.queue import drain
from entraide.portal.notifications.models import Delivery
from tests.conftest import PASSWORD, Household
from tests.portal.domain.access.reading import newest_safety_token

NOW = timezone.now()
HOUR = timedelta(hours=1)
MINE, HIS = "+33639980101", "+33639980177"
pytestmark = pytest.mark.django_db


@pytest.fixture
def anne(household: Household) -> Beneficiary:
    return household.primary


@pytest.fixture
def account(anne: Beneficiary) -> Account:
    return Account.objects.get(pk=anne.account_id)


def link(
    account: Account,
    change: Change = Change.NEW_BROWSER,
    undo: Undo | None = None,
    *,
    ago: timedelta = timedelta(),
) -> str:
    return make_safety_link(account, change=change, undo=undo, now=NOW - ago)


def passkey(account: Account, name: str = "Clé", **more: object) -> Factor:
    factor = Factor(
        account=account, kind=FactorKind.PASSKEY, name=name, secret='{"credential": "x"}',
        credential_hash=uuid4().hex * 2, sign_count=7, created_at=NOW, **more,
    )  # fmt: skip
    factor.save(force_insert=True)
    return factor


def test_a_frozen_access_lets_nobody_in_and_looks_like_a_wrong_password(
    account: Account, anne: Beneficiary
) -> None:
    """A1, A23"""
    right = check_credentials(anne.number, PASSWORD, source="192.0.2.1", now=NOW)
    assert right.account == account
    freeze(token=link(account), now=NOW)

    wrong = check_credentials("30099998", "not it", source="192.0.2.2", now=NOW)
    assert check_credentials(anne.number, PASSWORD, source="192.0.2.3", now=NOW) == wrong
    assert entrant(account.pk, on=timezone.localdate()) is None


def test_everything_half_open_ends_with_the_freeze(account: Account, anne: Beneficiary) -> None:
    """A23: sessions, links, codes, known browsers, recovery codes."""
    open_session(account=account, key="k" * 40, label="x|y", network="", span=member_span(), now=NOW)
    token, _new = remember_browser(account, "", label="Firefox", now=NOW)
    send_code(account=account, attempt=uuid4(), purpose=CodePurpose.SIGN_IN, language="fr", now=NOW)
    ask_reset(anne.number, source="192.0.2.1", language="fr", now=NOW)
    RecoveryCode.objects.create(account=account, code_hash="h" * 64, created_at=NOW)

    freeze(token=link(account), now=NOW)

    assert open_sessions(account.pk, span=member_span(), now=NOW) == []
    assert not knows(account.pk, token)
    assert not OneTimeCode.objects.filter(ended_at=None).exists()
    assert not PasswordLink.objects.filter(ended_at=None).exists()
    assert not RecoveryCode.objects.exists()


def test_no_link_to_set_a_password_leaves_for_a_frozen_access(account: Account, anne: Beneficiary) -> None:
    """A23: else whoever reads the mail comes back by it."""
    freeze(token=link(account), now=NOW)
    ask_reset(anne.number, source="192.0.2.1", language="fr", now=NOW)
    drain()

    assert not PasswordLink.objects.exists()
    told = Delivery.objects.exclude(notice="account_frozen").get()
    assert (told.notice, told.to) == ("access_still_frozen", anne.email)
    assert settings.PROFILE.contacts.phone in told.body
    assert "/mot-de-passe/" not in told.body + told.html


def test_a_frozen_access_is_told_so_once_a_minute_at_most(account: Account, anne: Beneficiary) -> None:
    """A7, A23"""
    freeze(token=link(account), now=NOW)
    for turn in range(4):
        ask_reset(anne.number, source=f"192.0.2.{turn}", language="fr", now=NOW)
    drain()

    assert Delivery.objects.filter(notice="access_still_frozen").count() == 1


def test_the_person_is_told_at_the_address_on_file(account: Account, anne: Beneficiary) -> None:
    """A23"""
    freeze(token=link(account, Change.PASSWORD_SET), now=NOW)
    drain()

    mail = Delivery.objects.get()
    assert (mail.notice, mail.to) == ("account_frozen", anne.email)
    assert settings.PROFILE.contacts.phone in mail.body
    assert Entry.objects.get(kind="AccountFrozen").data["change"] == "password_set"


def test_the_first_mobile_of_a_thief_goes_and_is_not_trusted_elsewhere(
    household: Household, account: Account, anne: Beneficiary
) -> None:
    """A23, A24"""
    put_on_file(anne, HIS, declared_at=NOW)
    undo = enrolled_mobile(HIS, before="", declared_at=None)

    freeze(token=link(account, Change.MOBILE_ENROLLED, undo), now=NOW)

    anne.refresh_from_db()
    assert (anne.mobile, anne.mobile_index, anne.mobile_declared_at) == ("", "", None)
    put_on_file(household.spouse, HIS, declared_at=None)
    assert not trusts_mobile(household.spouse, now=NOW)


def test_the_mobile_before_a_change_comes_back_with_its_date(account: Account, anne: Beneficiary) -> None:
    put_on_file(anne, HIS, declared_at=NOW)
    declared = NOW - timedelta(days=50)
    undo = enrolled_mobile(HIS, before=MINE, declared_at=declared)

    freeze(token=link(account, Change.MOBILE_ENROLLED, undo), now=NOW)

    anne.refresh_from_db()
    assert (anne.mobile, anne.mobile_declared_at) == (MINE, declared)


def test_a_mobile_that_the_mutual_brought_since_stays(account: Account, anne: Beneficiary) -> None:
    token = link(account, Change.MOBILE_ENROLLED, enrolled_mobile(HIS, before="", declared_at=None))

    freeze(token=token, now=NOW)

    anne.refresh_from_db()
    assert anne.mobile == MINE


def test_an_added_factor_goes_and_a_removed_one_does_not_come_back(account: Account) -> None:
    """A23: its owner may have taken off the thief's; the thief then says "not me"."""
    his, theirs = passkey(account, "à lui"), passkey(account, "ajoutée")
    link(account, Change.FACTOR_ADDED, added_factor(theirs), ago=2 * HOUR)
    remove_factor(account=account, factor_id=his.pk, language="fr", now=NOW)

    freeze(token=newest_safety_token("factor_removed"), now=NOW)

    assert not Factor.with_suspended.exists()


def test_the_freeze_suspends_every_factor_however_old(account: Account) -> None:
    """A23: a thief's passkey older than 72 hours does not outlive "not me"."""
    old = passkey(account)
    Factor.objects.filter(pk=old.pk).update(created_at=NOW - timedelta(days=300))

    freeze(token=link(account), now=NOW)

    assert factors_of(account.pk) == []
    assert not has_strong_factor(account.pk)
    assert Factor.with_suspended.get().suspended_at == NOW


def test_after_the_freeze_no_factor_opens_anything_before_a_new_password(
    account: Account, anne: Beneficiary
) -> None:
    """A23: not even what was enrolled, or the codes that were made, while the freeze came in between."""
    passkey(account)
    freeze(token=link(account), now=NOW)
    passkey(account, "en même temps")
    RecoveryCode.objects.create(account=account, code_hash="h" * 64, created_at=NOW)

    unfreeze(number=anne.number, now=NOW)

    assert not Factor.with_suspended.exists()
    assert not RecoveryCode.objects.exists()
    account.refresh_from_db()
    assert account.must_reset


def test_opening_the_codes_again_leaves_the_factors_of_who_was_not_frozen(
    account: Account, anne: Beneficiary
) -> None:
    mine = passkey(account)
    for _ in range(WRONG_IN_ALL):
        code_channel.take_a_guess(account, now=NOW)

    unfreeze(number=anne.number, now=NOW)

    assert Factor.objects.get() == mine


def test_the_mails_say_that_the_factors_are_gone(account: Account, anne: Beneficiary) -> None:
    freeze(token=link(account), now=NOW)
    unfreeze(number=anne.number, now=NOW)
    drain()

    for one in Delivery.objects.filter(notice__in=["account_frozen", "account_unfrozen"]):
        assert "clé" in one.body
        assert "de nouveau" in one.body


def test_every_change_of_the_last_days_is_undone_by_any_of_their_links(
    account: Account, anne: Beneficiary
) -> None:
    """A23: the mail of the new browser is opened, the mobile enrolled after it goes too."""
    token = link(account, Change.NEW_BROWSER, ago=2 * HOUR)
    put_on_file(anne, HIS, declared_at=NOW)
    link(account, Change.MOBILE_ENROLLED, enrolled_mobile(HIS, before="", declared_at=None), ago=HOUR)

    freeze(token=token, now=NOW)

    anne.refresh_from_db()
    assert anne.mobile == ""


def test_a_change_older_than_its_link_stays(account: Account, anne: Beneficiary) -> None:
    put_on_file(anne, HIS, declared_at=NOW)
    undo = enrolled_mobile(HIS, before="", declared_at=None)
    link(account, Change.MOBILE_ENROLLED, undo, ago=73 * HOUR)

    freeze(token=link(account), now=NOW)

    anne.refresh_from_db()
    assert anne.mobile == HIS


def test_another_persons_changes_and_sessions_are_left_alone(household: Household, account: Account) -> None:
    bruno = Account.objects.get(pk=household.spouse.account_id)
    factor = passkey(bruno)
    other = link(bruno, Change.FACTOR_ADDED, added_factor(factor))
    open_session(account=bruno, key="b" * 40, label="x|y", network="", span=member_span(), now=NOW)

    freeze(token=link(account), now=NOW)

    assert Factor.objects.filter(pk=factor.pk).exists()
    assert len(open_sessions(bruno.pk, span=member_span(), now=NOW)) == 1
    assert safety_page(other, now=NOW).state is LinkState.LIVE


def test_a_link_lives_for_72_hours_and_serves_once(account: Account, anne: Beneficiary) -> None:
    token = link(account)
    assert safety_page(token, now=NOW + 72 * HOUR - timedelta(seconds=1)).state is LinkState.LIVE
    assert safety_page(token, now=NOW + 72 * HOUR).state is LinkState.EXPIRED
    with pytest.raises(DomainError):
        freeze(token=token, now=NOW + 72 * HOUR)

    freeze(token=token, now=NOW)
    assert safety_page(token, now=NOW).state is LinkState.FROZEN
    unfreeze(number=anne.number, now=NOW)
    assert safety_page(token, now=NOW).state is LinkState.USED
    with pytest.raises(DomainError):
        freeze(token=token, now=NOW)


def test_after_a_freeze_no_other_link_of_the_account_serves(account: Account, anne: Beneficiary) -> None:
    other = link(account)
    freeze(token=link(account), now=NOW)
    unfreeze(number=anne.number, now=NOW)

    assert safety_page(other, now=NOW).state is LinkState.USED


@pytest.mark.parametrize("token", ["", "x", "0" * 32, "é" * 40, "' OR 1=1 --"])
def test_an_unknown_token_does_nothing(account: Account, token: str) -> None:
    link(account)

    assert safety_page(token, now=NOW).state is LinkState.UNKNOWN
    with pytest.raises(DomainError):
        freeze(token=token, now=NOW)
    account.refresh_from_db()
    assert account.frozen_at is None


@pytest.mark.django_db(transaction=True)
def test_fifty_clicks_at_once_freeze_once(account: Account) -> None:
    """A5"""
    token, start, passed = link(account), Barrier(50), []

    def go() -> None:
        try:
            start.wait()
            passed.append(freeze(token=token, now=NOW))
        except DomainError:
            pass
        finally:
            connection.close()

    threads = [Thread(target=go) for _ in range(50)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert len(passed) == 1
    assert Entry.objects.filter(kind="AccountFrozen").count() == 1


def test_a_freeze_that_fails_half_way_changes_nothing(account: Account, anne: Beneficiary) -> None:
    """A23: all or nothing."""
    put_on_file(anne, HIS, declared_at=NOW)
    token = link(account, Change.MOBILE_ENROLLED, enrolled_mobile(HIS, before="", declared_at=None))
    broken = SafetyLink.objects.get()
    broken.pk, broken.token_hash, broken.undo = uuid4(), "z" * 64, "no JSON"
    broken.created_at = NOW - HOUR
    broken.save(force_insert=True)

    with pytest.raises(json.JSONDecodeError):
        freeze(token=token, now=NOW)
    account.refresh_from_db()
    anne.refresh_from_db()
    assert (account.frozen_at, anne.mobile) == (None, HIS)


def test_the_token_is_kept_as_a_hash_and_what_it_undoes_is_sealed(
    account: Account, whole_database: Callable[[], str]
) -> None:
    """A5, A66"""
    token = link(account, Change.MOBILE_ENROLLED, enrolled_mobile(HIS, before=MINE, declared_at=None))

    found = whole_database()
    assert token not in found
    assert HIS not in found


def test_a_published_change_carries_its_link_in_the_mail_only(account: Account, anne: Beneficiary) -> None:
    factor = passkey(account)
    with transaction.atomic():
        entry = publish_change(
            FactorAdded(actor=account.pk, about=anne.pk, factor_id=factor.pk, kind="passkey", language="fr"),
            account=account, change=Change.FACTOR_ADDED, undo=added_factor(factor), now=NOW,
        )  # fmt: skip

    token = newest_safety_token("factor_added")
    assert token not in str(entry.data)
    freeze(token=token, now=NOW)
    assert not Factor.objects.exists()


def test_a_change_of_nobody_we_know_has_no_link(account: Account) -> None:
    """People who are no members have no such mail."""
    with transaction.atomic():
        publish_change(
            FactorAdded(actor=account.pk, factor_id=uuid4(), kind="totp", language="fr"),
            account=account, change=Change.FACTOR_ADDED, now=NOW,
        )  # fmt: skip

    assert not SafetyLink.objects.exists()


def test_a_new_password_carries_the_link(account: Account) -> None:
    """A23: it may be a thief's."""
    change_password(account=account, old=PASSWORD, new="Marronnier-1954-vert", language="fr", now=NOW)

    assert safety_page(newest_safety_token("password_set"), now=NOW).change == "password_set"


def test_unfreezing_asks_for_a_new_password_and_tells_the_person(account: Account, anne: Beneficiary) -> None:
    freeze(token=link(account), now=NOW)
    for turn in range(6):
        check_credentials(anne.number, "wrong", source=f"192.0.2.{turn}", now=NOW)

    unfreeze(number=f" {anne.number[:4]} {anne.number[4:]} ", now=NOW)

    account.refresh_from_db()
    assert account.frozen_at is None
    assert check_credentials(anne.number, PASSWORD, source="192.0.2.1", now=NOW).must_reset
    ask_reset(anne.number, source="192.0.2.1", language="fr", now=NOW)
    drain()
    notices = [one.notice for one in Delivery.objects.order_by("created_at")]
    assert notices == ["account_frozen", "account_unfrozen", "password_link"]
    assert Entry.objects.filter(kind="AccountUnfrozen", about=anne.pk).count() == 1


@pytest.mark.parametrize("number", ["", "99999999", "30041831"])
def test_only_a_frozen_access_can_be_unfrozen(household: Household, number: str) -> None:
    """30041831: a child without an access."""
    for one in (number, household.primary.number):
        with pytest.raises(DomainError):
            unfreeze(number=one, now=NOW)


def test_an_access_never_opens_again_with_the_old_password(account: Account, anne: Beneficiary) -> None:
    """A23: also when a change that was under way during the freeze has taken the mark off."""
    freeze(token=link(account), now=NOW)
    Account.objects.filter(pk=account.pk).update(must_reset=False)

    unfreeze(number=anne.number, now=NOW)

    assert check_credentials(anne.number, PASSWORD, source="192.0.2.1", now=NOW).must_reset


def test_a_reset_page_that_was_open_during_the_freeze_sets_nothing(
    account: Account, anne: Beneficiary
) -> None:
    """A23"""
    ask_reset(anne.number, source="192.0.2.1", language="fr", now=NOW)
    drain()
    body = Delivery.objects.get(notice="password_link").body
    token = body.split("/mot-de-passe/")[1].split("/")[0]
    freeze(token=link(account), now=NOW)

    with pytest.raises(DomainError):
        open_link(token, now=NOW)


def test_what_an_expired_link_would_have_put_back_is_forgotten(account: Account) -> None:
    """A66"""
    undo = enrolled_mobile(HIS, before=MINE, declared_at=None)
    old = link(account, Change.MOBILE_ENROLLED, undo, ago=80 * HOUR)
    gone = link(account, ago=timedelta(days=40))
    live = link(account, Change.MOBILE_ENROLLED, undo)

    tidy({})

    assert safety_page(old, now=NOW).state is LinkState.EXPIRED
    assert safety_page(gone, now=NOW).state is LinkState.UNKNOWN
    kept = {one.expires_at > NOW: bool(one.undo) for one in SafetyLink.objects.all()}
    assert kept == {True: True, False: False}
    assert safety_page(live, now=NOW).state is LinkState.LIVE
