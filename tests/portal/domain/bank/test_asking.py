"""Asking for another account: who may, what is refused, who is told (BANK-01, BANK-02, A71…A73)."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction

from entraide.formats import iban as iban_format
from entraide.portal.domain.access.models import SafetyLink
from entraide.portal.domain.bank.asking import AlreadyAsked, NotTheirs
from entraide.portal.domain.bank.models import AccountChange
from entraide.portal.domain.bank.values import checked_bic, checked_holder, checked_iban
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.bank_accounts import index_on_file
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.requests.actions import Conflict
from entraide.portal.domain.requests.models import RequestFile
from entraide.portal.domain.requests.storage import vault
from entraide.portal.domain.requests.tasks import purge_held
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.events.models import Entry
from tests.conftest import Household, Post
from tests.portal.bank import BIC, NEW, NOW, OTHER, account_of, ask, viewer_for

pytestmark = pytest.mark.django_db
Sent = Callable[[], list[Post]]


def test_a_change_is_asked_for_and_the_account_in_use_stays(viewer: Viewer, household: Household) -> None:
    """A71: a request, not a change."""
    change = ask(viewer)

    assert (change.iban, change.bic, change.holder, change.state) == (NEW, BIC, "Anne Vautrin", "asked")
    assert change.effective_at == NOW + timedelta(hours=72)
    assert account_of(household.primary) == "FR7630006000011234567890189"


def test_no_account_and_no_holder_can_be_read_in_the_database(
    viewer: Viewer, whole_database: Callable[[], str]
) -> None:
    """A62, A66: neither in the rows, nor in the journal, nor in the jobs."""
    ask(viewer, holder="Zébulon d’Argent")

    stored = whole_database()
    assert NEW not in stored
    assert iban_format.reveal(NEW) not in stored
    assert "Zébulon" not in stored


def test_the_whole_contract_tells_every_other_adult_and_no_child(
    viewer: Viewer, household: Household, sent: Sent
) -> None:
    """A72"""
    ask(viewer)

    told = {(one.notice, one.to) for one in sent()}
    assert ("account_change_asked", "anne@example.org") in told
    assert ("account_change_asked_sms", "+33639980101") in told
    assert ("account_change_concerns", "bruno@example.org") in told
    assert ("account_change_concerns", "chloé@example.org") in told
    assert not [to for _notice, to in told if to.startswith(("denis", "elsa"))]


def test_the_notices_carry_the_link_that_freezes_by_mail_and_by_text_message(
    viewer: Viewer, sent: Sent
) -> None:
    """B-05, A71: old address and old mobile."""
    ask(viewer)

    bodies = {one.notice: one.body for one in sent()}
    assert "/ce-n-est-pas-moi/" in bodies["account_change_asked"]
    assert "/ce-n-est-pas-moi/" in bodies["account_change_asked_sms"]
    assert "/ce-n-est-pas-moi/" not in bodies["account_change_concerns"]
    assert SafetyLink.objects.get().expires_at == NOW + timedelta(hours=72)
    assert not [one for one in bodies.values() if "2606" in one or "FR14" in one]


def test_an_adult_changes_their_own_account_and_nobody_else_is_told(household: Household, sent: Sent) -> None:
    bruno = viewer_for(household.spouse)

    change = ask(bruno, person=household.spouse, holder="Bruno Vautrin")

    assert (change.scope, change.person_id) == ("person", household.spouse.pk)
    assert {one.to for one in sent()} == {"bruno@example.org", "+33639980101"}


def test_nobody_changes_the_account_of_another_adult(household: Household, stranger: Beneficiary) -> None:
    """A72: not even the primary insured; a stranger neither."""
    anne, bruno, chloe = (
        viewer_for(one) for one in (household.primary, household.spouse, household.adult_child)
    )
    refused = [
        (anne, household.spouse), (anne, household.adult_child), (bruno, household.child), (bruno, None),
        (chloe, household.primary), (viewer_for(stranger), household.child), (anne, stranger),
        (anne, household.primary),
    ]  # fmt: skip
    for who, person in refused:
        with pytest.raises(NotTheirs):
            ask(who, person=person, now=NOW)

    assert not AccountChange.objects.exists()


def test_the_primary_insured_changes_that_of_a_minor_and_the_minor_does_not(household: Household) -> None:
    """A72"""
    ask(viewer_for(household.primary), person=household.child)
    ask(viewer_for(household.primary), person=household.teen)
    Beneficiary.objects.filter(pk=household.teen.pk).update(
        account=Account.objects.create(identifier=household.teen.number)
    )
    household.teen.refresh_from_db()

    with pytest.raises(NotTheirs):
        ask(viewer_for(household.teen), person=household.teen)


def test_two_live_changes_of_one_account_are_refused_and_the_first_is_named(viewer: Viewer) -> None:
    """A73"""
    first = ask(viewer)

    with pytest.raises(AlreadyAsked) as refusal:
        ask(viewer, iban=OTHER)

    assert refusal.value.first == first
    assert AccountChange.objects.count() == 1


def test_the_database_itself_refuses_two_live_changes_of_one_account(change: AccountChange) -> None:
    """A73: whatever a program forgets."""
    copy = AccountChange.objects.get(pk=change.pk)
    paper = RequestFile.objects.get()
    paper.pk = uuid4()
    paper.save(force_insert=True)
    copy.pk, copy.reference, copy.request_key, copy.paper = uuid4(), "X-1", uuid4(), paper

    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save(force_insert=True)


def test_another_persons_account_may_change_at_the_same_time(viewer: Viewer, household: Household) -> None:
    ask(viewer)
    ask(viewer_for(household.spouse), person=household.spouse)

    assert AccountChange.objects.count() == 2


def test_the_same_form_twice_is_stored_once_and_another_content_is_a_conflict(viewer: Viewer) -> None:
    key = uuid4()
    first = ask(viewer, key=key)

    assert ask(viewer, key=key) == first
    with pytest.raises(Conflict):
        ask(viewer, key=key, iban=OTHER)
    assert AccountChange.objects.count() == 1
    assert RequestFile.objects.count() == 1


def test_the_account_of_today_is_refused_kindly(viewer: Viewer, household: Household) -> None:
    with pytest.raises(DomainError, match="déjà le compte"):
        ask(viewer, iban="fr76 3000 6000 0112 3456 7890 189")
    with pytest.raises(DomainError, match="déjà le compte"):
        ask(viewer_for(household.spouse), person=household.spouse, iban="FR7630006000011234567890189")


def test_nothing_changes_for_three_days_after_a_new_mobile(viewer: Viewer) -> None:
    """X6: and the refusal says until when."""
    Account.objects.filter(pk=viewer.account_id).update(cooling_until=NOW + timedelta(hours=5))

    with pytest.raises(DomainError, match="ne peuvent pas changer avant le"):
        ask(viewer)

    assert not AccountChange.objects.exists()
    assert ask(viewer, now=NOW + timedelta(hours=6)).is_live


def test_a_rib_is_required_and_kept_for_good(viewer: Viewer) -> None:
    """I8: the file of a change outlives the purge of unsent forms."""
    with pytest.raises(DomainError) as refusal:
        ask(viewer, with_paper=False)
    assert refusal.value.field == "rib"

    change = ask(viewer, now=NOW - timedelta(days=9))
    purge_held({})

    kept = RequestFile.objects.get()
    assert change.paper == kept
    assert vault().path_of(kept.stored_name).exists()


def test_five_changes_a_day_are_enough_for_anybody(viewer: Viewer) -> None:
    for _ in range(5):
        AccountChange.objects.filter(pk=ask(viewer).pk).update(state="cancelled")

    with pytest.raises(DomainError, match="réessayez demain"):
        ask(viewer)


def test_an_account_that_another_family_has_raises_an_alarm(viewer: Viewer, stranger: Beneficiary) -> None:
    """A70"""
    Beneficiary.objects.filter(pk=stranger.pk).update(iban_index=index_on_file(NEW))

    ask(viewer)

    assert Entry.objects.get(kind="AccountSeenElsewhere").data["families"] == 2


def test_an_account_that_another_family_asked_for_raises_the_same_alarm(
    viewer: Viewer, stranger: Beneficiary
) -> None:
    """A70: also when the first one was cancelled."""
    first = ask(viewer_for(stranger))
    AccountChange.objects.filter(pk=first.pk).update(state="cancelled")
    assert not Entry.objects.filter(kind="AccountSeenElsewhere").exists()

    ask(viewer)

    assert Entry.objects.filter(kind="AccountSeenElsewhere").count() == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Tapez l’IBAN"),
        ("14", "deux lettres et deux chiffres"),
        ("ZZ14 2004 1010 0505", "deux premières lettres"),
        ("MA64 0110 0000 0112 0500 0143 3421", "zone SEPA"),
        ("FR14 2004 1010 0505 0001 3M02 60", "27"),
        ("FR15 2004 1010 0505 0001 3M02 606", "faute de frappe"),
        ("FR76 3000 6000 0112 3456 7890 188", "faute de frappe"),
        ("BR15 0000 0000 0000 1093 2840 814P 2", "zone SEPA"),
    ],
)
def test_a_wrong_iban_says_what_to_do(typed: str, said: str) -> None:
    with pytest.raises(DomainError) as refusal:
        checked_iban(typed)

    assert said in refusal.value.message
    assert refusal.value.field == "iban"


@pytest.mark.parametrize(
    "typed",
    [
        "fr14 2004 1010 0505 0001 3m02 606",
        " FR14-2004-1010-0505-0001-3M02-606",
        NEW,
        "FR14 2004101005050001 3M02606",
    ],
)
def test_an_iban_is_taken_with_any_spacing_and_in_small_letters(typed: str) -> None:
    assert checked_iban(typed) == NEW


def test_names_with_accents_and_apostrophes_are_taken_and_no_others_refused_in_vain() -> None:
    for name in ("Zoé L’Hostis", "Éléonore d'Aÿ-Müller", "M. ou Mme Ünal", "SCI Les 3 Chênes"):
        assert checked_holder(f"  {name} ") == name
    for name in ("", "  ", "123", "a\x00b", "x" * 71, "<b>Anne</b>"):
        with pytest.raises(DomainError):
            checked_holder(name)


def test_a_bic_may_be_left_out_and_a_wrong_one_says_so() -> None:
    assert checked_bic("  ") == ""
    assert checked_bic("psst frpp gre") == BIC
    with pytest.raises(DomainError, match="8 ou 11"):
        checked_bic("PSST")


def test_the_delay_is_that_of_the_profile(viewer: Viewer, policy: Callable[..., None]) -> None:
    policy(cooling_hours=5)

    assert ask(viewer).effective_at == NOW + timedelta(hours=5)
    assert settings.PROFILE.security.bank_second_agent_cents == 150_000


@pytest.mark.django_db(transaction=True)
def test_of_two_requests_at_the_same_time_one_is_stored(household: Household) -> None:
    """A73"""
    viewer = viewer_for(household.primary)
    start, results = Barrier(2), []

    def run(iban: str) -> None:
        try:
            start.wait()
            results.append(ask(viewer, iban=iban).iban)
        except DomainError as refusal:
            results.append(type(refusal).__name__)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[iban]) for iban in (NEW, OTHER)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert AccountChange.objects.count() == 1
    assert "AlreadyAsked" in results
