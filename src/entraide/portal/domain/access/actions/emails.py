"""Another e-mail address: proved by a code before it replaces the one on file (PROF-04, A21…A25)."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from entraide.portal.domain.access.actions.codes import send_code
from entraide.portal.domain.access.actions.safety import changed_email, publish_change
from entraide.portal.domain.access.enums import Change, CodePurpose
from entraide.portal.domain.access.events import EmailChanged
from entraide.portal.domain.access.models import OneTimeCode, PasswordLink
from entraide.portal.domain.access.policies import must_be_trusted
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.contacts import declare, is_declared, must_have_seen
from entraide.portal.domain.members.enums import Contact
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.accounts.models import Account


def prove_email(
    *, account: Account, attempt: UUID, email: str, seen: str, language: str, now: datetime
) -> None:
    """Sends a code to an address that is to take the place of the one on file.

    Raises DomainError for the address on file, and as `change_email` and `send_code` do.
    """
    person = Beneficiary.objects.get(account=account)
    must_have_seen(person, (person.email,), seen=seen)
    must_be_trusted(person, account, now=now)
    if email.casefold() == person.email.casefold():
        raise DomainError(_("C’est déjà l’adresse que nous avons."), field="email")
    purpose = CodePurpose.NEW_EMAIL
    send_code(account=account, attempt=attempt, purpose=purpose, email=email, language=language, now=now)


def change_email(
    *, account: Account, proved: OneTimeCode, seen: str, language: str, now: datetime
) -> datetime:
    """Puts an address that was just proved on file; returns until when bank details wait.

    Both addresses are told, the former one with a link that freezes the access and takes it back. Links to
    set a password that were sent to the former one end. `seen`: the mark of the address that the form showed.
    Raises DomainError when the access changed lately or its mobile is not sure yet, ChangedMeanwhile.
    """
    until = now + timedelta(hours=settings.PROFILE.security.cooling_hours)
    with transaction.atomic():
        account = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
        person = Beneficiary.objects.select_for_update().get(account=account)
        before = person.email
        must_have_seen(person, (before,), seen=seen)
        must_be_trusted(person, account, now=now)
        undo = changed_email(
            proved.destination, before=before, was_declared=is_declared(person, Contact.EMAIL)
        )
        declare(person, Contact.EMAIL, (before,), now=now)
        person.email = proved.destination
        person.save(update_fields=["email"])
        PasswordLink.objects.filter(beneficiary=person, ended_at=None).update(ended_at=now)
        Account.objects.filter(pk=account.pk).update(cooling_until=until)
        publish_change(
            EmailChanged(
                actor=account.pk, about=person.pk, until=until, had_one=bool(before), language=language
            ),
            account=account,
            change=Change.EMAIL_CHANGED,
            undo=undo,
            secrets={"former_email": before},
            now=now,
        )
    return until
