"""Activation, lost identifier, forgotten password: one mail with a single-use link (X1, X2, X3)."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from entraide.formats.departments import same_department
from entraide.formats.names import same_name
from entraide.portal.domain.access.enums import LinkPurpose
from entraide.portal.domain.access.events import AccessAskedInVain, AccessStillFrozen, PasswordLinkAsked
from entraide.portal.domain.access.locks import is_locked
from entraide.portal.domain.access.models import PasswordLink
from entraide.portal.domain.access.numbers import normal_number, token_hash
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.queries import people_by_nir, person_by_number
from entraide.portal.foundation.accounts import limits
from entraide.portal.foundation.events.facts import publish

DAY = timedelta(days=1)
MISSES_PER_NIR = 5
ASKS_PER_SOURCE = 20
RESETS_PER_DAY = 5


@dataclass(frozen=True, slots=True)
class Claimed:
    """What somebody says of themselves on the activation form, in normal form."""

    nir: str
    birth_date: date
    birth_department: str
    last_name: str
    first_name: str


def ask_activation(claimed: Claimed, *, source: str, language: str, now: datetime) -> None:
    """Sends the member number and a link to the address on file, if we know this person (ACT-01, ACT-03).

    Whoever froze their access is told there that only a call opens it again.

    The caller answers the same in every case: this returns nothing, and does the same work.
    """
    keys = settings.ENTRAIDE.keys
    nir_key = keys.blind_index("limit nir", claimed.nir)
    by_source = limits.count("activation source", source, per=timedelta(hours=1), now=now)
    by_nir = limits.count("activation nir", nir_key, per=DAY, now=now)
    people = people_by_nir(claimed.nir, on=timezone.localdate(now))
    person = next((one for one in people if _is(one, claimed)), None)
    allowed = by_source <= ASKS_PER_SOURCE and by_nir <= MISSES_PER_NIR
    if allowed:
        # A right claim is no miss; for a wrong one the same statement finds no row (A1: the same work).
        limits.give_back("activation nir", nir_key if person is not None else "nobody")
    # One allowance for both forms: this one must not send what the other refuses (A7).
    name = person.number if person is not None else f"nir {claimed.nir}"
    allowed = allowed and _takes_a_link(name, now=now) and not _waits_for_end_of_lock(name, now=now)
    allowed = allowed and person is not None and not _is_closed(person)
    purpose = LinkPurpose.NUMBER if person is not None and person.account_id else LinkPurpose.ACTIVATION
    _send_link(person if allowed else None, purpose=purpose, language=language, now=now)


def ask_reset(number: str, *, source: str, language: str, now: datetime) -> None:
    """Sends a link to set a new password, if this number has an account that may (PWD-01, A2).

    While the account is locked it leaves only where the profile says so (`reset_during_lock`).
    """
    number = normal_number(number)
    by_source = limits.count("reset source", source, per=timedelta(hours=1), now=now)
    # A network that asks too much must not use up what the member may ask.
    allowed = by_source <= ASKS_PER_SOURCE and _takes_a_link(number, now=now)
    person = person_by_number(number)
    allowed = (
        allowed
        and not _waits_for_end_of_lock(number, now=now)
        and person is not None
        and person.account is not None
        and not _is_closed(person)
    )
    _send_link(person if allowed else None, purpose=LinkPurpose.RESET, language=language, now=now)


def _is_closed(person: Beneficiary) -> bool:
    return person.account is not None and not person.account.is_active


def _is_frozen(person: Beneficiary) -> bool:
    """By the person, until they have spoken with the mutual (A23)."""
    return person.account is not None and person.account.frozen_at is not None


def _takes_a_link(number: str, *, now: datetime) -> bool:
    """Counts one more link for this number: one a minute, and so many a day, by whichever form."""
    key = settings.ENTRAIDE.keys.blind_index("number", number)
    if limits.count("reset minute", key, per=timedelta(seconds=60), now=now) > 1:
        return False
    return limits.count("reset day", key, per=DAY, now=now) <= RESETS_PER_DAY


def open_link(token: str, *, now: datetime) -> PasswordLink:
    """The link behind a token; raises DomainError when it is unknown, used, replaced, or too old."""
    link = (
        PasswordLink.objects.select_related("beneficiary__account")
        .filter(token_hash=token_hash(token))
        .first()
    )
    if link is None or link.ended_at is not None:
        raise DomainError(_("Ce lien a déjà servi ou n’est plus valable. Demandez-en un nouveau."))
    if link.expires_at <= now:
        raise DomainError(
            _("Ce lien n’est plus valable : il durait %(minutes)d minutes. Demandez-en un nouveau.")
            % {"minutes": settings.PROFILE.security.link_minutes}
        )
    return link


def _waits_for_end_of_lock(number: str, *, now: datetime) -> bool:
    """X7: no new password before the lock ends, unless the profile lets the link leave at once."""
    return not settings.PROFILE.security.reset_during_lock and is_locked(number, now=now)


def _is(person: Beneficiary, claimed: Claimed) -> bool:
    return (
        person.birth_date == claimed.birth_date
        and same_department(
            claimed.birth_department,
            in_file=person.birth_department,
            nir=claimed.nir,
            birth_date=claimed.birth_date,
        )
        and (
            same_name(claimed.last_name, person.last_name) or same_name(claimed.last_name, person.birth_name)
        )
        and same_name(claimed.first_name, person.first_name)
    )


def _send_link(person: Beneficiary | None, *, purpose: LinkPurpose, language: str, now: datetime) -> None:
    token = secrets.token_hex(16)
    with transaction.atomic():
        # A newer link ends the older ones. For nobody the same statement finds no row (A1: the same work).
        owner = person.pk if person is not None else uuid4()
        PasswordLink.objects.filter(beneficiary_id=owner, ended_at=None).update(ended_at=now)
        if person is None or not person.email:
            reason = "unknown or limited" if person is None else "no address on file"
            about = None if person is None else person.pk
            publish(
                AccessAskedInVain(about=about, reason=reason, language=language), secrets={"token": token}
            )
            return
        if _is_frozen(person):
            # Only the owner of the address learns why no link comes.
            publish(AccessStillFrozen(about=person.pk, language=language), secrets={"token": token})
            return
        PasswordLink.objects.create(
            token_hash=token_hash(token),
            beneficiary=person,
            purpose=purpose,
            created_at=now,
            expires_at=now + timedelta(minutes=settings.PROFILE.security.link_minutes),
        )
        publish(
            PasswordLinkAsked(about=person.pk, purpose=purpose.value, language=language),
            secrets={"token": token},
        )
