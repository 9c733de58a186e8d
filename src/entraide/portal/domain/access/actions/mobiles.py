"""A mobile, proved by its own code: the first one, or another in its place (AUTH-06, X6, A20…A25)."""

from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from entraide.portal.domain.access.actions.codes import send_code
from entraide.portal.domain.access.actions.safety import enrolled_mobile, publish_change
from entraide.portal.domain.access.enums import Change, CodePurpose
from entraide.portal.domain.access.events import MobileChanged, MobileEnrolled, MobileShared
from entraide.portal.domain.access.models import OneTimeCode
from entraide.portal.domain.access.policies import must_be_trusted
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.contacts import must_have_seen
from entraide.portal.domain.members.mobiles import accounts_sharing, put_on_file
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.events.facts import publish

SHARED_BY = 3
log = structlog.get_logger()


def enrol_mobile(*, account: Account, proved: OneTimeCode, language: str, now: datetime) -> datetime:
    """Puts a mobile that was just proved on file, when there was none; returns until when bank details wait.

    The address on file is told, with a link to undo it. Raises DomainError when a mobile is on file already.
    """
    until = now + timedelta(hours=settings.PROFILE.security.cooling_hours)
    with transaction.atomic():
        account = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
        person = Beneficiary.objects.select_for_update().get(account=account)
        if person.mobile:
            raise DomainError(_("Un mobile est déjà connu pour ce compte."), field="mobile")
        if account.frozen_at is not None:
            raise DomainError(_("Cet accès est bloqué. Appelez-nous."), field="mobile")
        put_on_file(person, proved.destination, declared_at=now)
        Account.objects.filter(pk=account.pk).update(cooling_until=until)
        _watch_sharing(person)
        publish_change(
            MobileEnrolled(actor=account.pk, about=person.pk, until=until, language=language),
            account=account,
            change=Change.MOBILE_ENROLLED,
            undo=enrolled_mobile(proved.destination, before="", declared_at=None),
            now=now,
        )
    return until


def prove_mobile(
    *, account: Account, attempt: UUID, mobile: str, seen: str, language: str, now: datetime
) -> None:
    """Sends a code to a mobile that is to take the place of the one on file.

    Raises DomainError for the mobile on file, and as `change_mobile` and `send_code` do.
    """
    person = Beneficiary.objects.get(account=account)
    must_have_seen(person, (person.mobile,), seen=seen)
    must_be_trusted(person, account, now=now)
    if mobile == person.mobile:
        raise DomainError(_("C’est déjà le mobile que nous avons."), field="mobile")
    purpose = CodePurpose.MOBILE_PROOF
    send_code(account=account, attempt=attempt, purpose=purpose, mobile=mobile, language=language, now=now)


def change_mobile(
    *, account: Account, proved: OneTimeCode, seen: str, language: str, now: datetime
) -> datetime:
    """Replaces the mobile on file by one that was just proved; returns until when bank details wait.

    The former mobile and the address on file are told. `seen`: the mark of the number that the form showed.
    Raises DomainError when the access changed lately or its mobile is not sure yet, ChangedMeanwhile.
    """
    until = now + timedelta(hours=settings.PROFILE.security.cooling_hours)
    with transaction.atomic():
        account = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
        person = Beneficiary.objects.select_for_update().get(account=account)
        before, declared_at = person.mobile, person.mobile_declared_at
        must_have_seen(person, (before,), seen=seen)
        must_be_trusted(person, account, now=now)
        put_on_file(person, proved.destination, declared_at=now)
        Account.objects.filter(pk=account.pk).update(cooling_until=until)
        _watch_sharing(person)
        publish_change(
            MobileChanged(actor=account.pk, about=person.pk, until=until, language=language),
            account=account,
            change=Change.MOBILE_CHANGED,
            undo=enrolled_mobile(proved.destination, before=before, declared_at=declared_at),
            secrets={"former_mobile": before},
            now=now,
        )
    return until


def _watch_sharing(person: Beneficiary) -> None:
    """A24: one number on the accounts of several families may be a thief's."""
    accounts = accounts_sharing(person)
    if accounts >= SHARED_BY:
        log.error("mobile.shared", accounts=accounts)
        publish(MobileShared(about=person.pk, accounts=accounts))
