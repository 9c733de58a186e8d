"""A first mobile: proved by its own code, after a code to the address on file (AUTH-06, X6, A20…A24)."""

from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from entraide.portal.domain.access.actions.safety import enrolled_mobile, publish_change
from entraide.portal.domain.access.enums import Change
from entraide.portal.domain.access.events import MobileEnrolled, MobileShared
from entraide.portal.domain.access.models import OneTimeCode
from entraide.portal.domain.errors import DomainError
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


def _watch_sharing(person: Beneficiary) -> None:
    """A24: one number on the accounts of several families may be a thief's."""
    accounts = accounts_sharing(person)
    if accounts >= SHARED_BY:
        log.error("mobile.shared", accounts=accounts)
        publish(MobileShared(about=person.pk, accounts=accounts))
