"""Changing the password inside the space, and accepting the terms (PWD-06, X8, AUTH-10, A14)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.utils import timezone

from entraide.portal.domain.access.actions.passwords import change_password, give_first_password
from entraide.portal.domain.access.actions.terms import accept_terms, has_accepted
from entraide.portal.domain.access.models import TermsAcceptance
from entraide.portal.domain.access.queries import things_to_do
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.events.models import Entry
from tests.conftest import PASSWORD, Household

NOW = timezone.now()
NEW = "Marronnier-1954-vert"
pytestmark = pytest.mark.django_db
Sent = Callable[[], list]


def change(household: Household, *, old: str = PASSWORD, new: str = NEW) -> Account:
    account = Account.objects.get(pk=household.primary.account_id)
    return change_password(account=account, old=old, new=new, language="fr", now=NOW)


def test_a_changed_password_is_in_force_and_told_by_mail(household: Household, sent: Sent) -> None:
    """PWD-06"""
    account = change(household)

    assert account.check_password(NEW)
    assert not account.check_password(PASSWORD)
    assert account.password_set_at == NOW
    assert [one.notice for one in sent()] == ["password_set"]


def test_the_old_password_must_be_right(household: Household) -> None:
    with pytest.raises(DomainError) as caught:
        change(household, old="wrong")
    assert caught.value.field == "old_password"


def test_guessing_the_old_password_ends_after_five_tries_an_hour(household: Household) -> None:
    for _ in range(5):
        with pytest.raises(DomainError, match="actuel"):
            change(household, old="wrong")

    with pytest.raises(DomainError, match="heure"):
        change(household)


@pytest.mark.parametrize("new", ["court", PASSWORD, "Vautrin-2019-bleu"])
def test_a_weak_used_or_personal_password_is_refused_at_its_field(household: Household, new: str) -> None:
    with pytest.raises(DomainError) as caught:
        change(household, new=new)
    assert caught.value.field == "new_password1"


def test_a_first_password_is_given_to_people_of_the_demo_only(
    household: Household, settings: LazySettings
) -> None:
    """A13: nobody chooses a member's password outside the demo."""
    give_first_password(number=household.teen.number, password=NEW, set_at=NOW)
    assert Account.objects.get(identifier=household.teen.number).check_password(NEW)

    settings.ENTRAIDE = replace(settings.ENTRAIDE, demo=False)
    with pytest.raises(DomainError):
        give_first_password(number=household.child.number, password=NEW, set_at=NOW)


def test_the_acceptance_of_the_terms_is_kept_with_its_proof(viewer: Viewer, settings: LazySettings) -> None:
    """AUTH-10, A14"""
    assert not has_accepted(viewer.account_id)

    accept_terms(viewer, language="en", now=NOW)
    accept_terms(viewer, language="fr", now=NOW + timedelta(days=1))

    kept = TermsAcceptance.objects.get()
    assert has_accepted(viewer.account_id)
    assert (kept.version, kept.digest) == (settings.PROFILE.terms.version, settings.PROFILE.terms.digest)
    assert (kept.language, kept.accepted_at) == ("en", NOW)
    assert Entry.objects.filter(kind="TermsAccepted").count() == 1


def test_a_new_text_must_be_accepted_again(viewer: Viewer, settings: LazySettings) -> None:
    """A14"""
    accept_terms(viewer, language="fr", now=NOW)
    terms = replace(settings.PROFILE.terms, version="the next")
    settings.PROFILE = replace(settings.PROFILE, terms=terms)

    assert not has_accepted(viewer.account_id)


def test_a_password_about_to_expire_is_a_thing_to_do(
    policy: Callable[..., None], household: Household
) -> None:
    """AUTH-09"""
    policy(password_max_age_days=180)
    Account.objects.update(password_set_at=NOW - timedelta(days=164))
    household.primary.refresh_from_db()
    assert things_to_do(household.primary, now=NOW) == []

    (todo,) = things_to_do(household.primary, now=NOW + timedelta(days=2))
    assert (todo.kind, todo.page) == ("password_expires", "security")


def test_a_missing_address_is_a_thing_to_do(household: Household) -> None:
    household.primary.email = ""
    household.primary.save(update_fields=["email"])

    assert "email_missing" in [one.kind for one in things_to_do(household.primary, now=NOW)]
