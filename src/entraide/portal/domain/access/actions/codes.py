"""One-time codes: 6 digits, hashed under a key, bound to the attempt, used once (AUTH-05, A16…A19)."""

import secrets
from datetime import datetime, timedelta
from math import ceil
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from entraide.portal.domain.access.enums import CodePurpose
from entraide.portal.domain.access.events import CodeSent, MobileEnrolled
from entraide.portal.domain.access.models import OneTimeCode
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.accounts import limits
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.events.facts import publish

WRONG_PER_DAY = 10


def send_code(
    *, account: Account, attempt: UUID, purpose: CodePurpose, mobile: str = "", language: str, now: datetime
) -> None:
    """Sends a fresh code for this attempt; the older ones of the attempt end.

    Raises DomainError within the minute after the last one, and after the hourly number of sends.
    """
    policy = settings.PROFILE.security
    last = _codes(account, attempt, purpose).order_by("-sent_at").first()
    if last is not None and now < last.sent_at + timedelta(seconds=policy.resend_seconds):
        wait = ceil((last.sent_at + timedelta(seconds=policy.resend_seconds) - now).total_seconds())
        raise DomainError(
            ngettext(
                "Un code vient de partir. Vous pourrez en demander un autre dans %(count)d seconde.",
                "Un code vient de partir. Vous pourrez en demander un autre dans %(count)d secondes.",
                wait,
            )
            % {"count": wait}
        )
    if limits.counted("code wrong", str(account.pk), now=now) >= WRONG_PER_DAY:
        raise DomainError(_("Trop de codes faux aujourd’hui. Réessayez demain, ou appelez-nous."))
    if limits.count("code sends", str(account.pk), per=timedelta(hours=1), now=now) > policy.sends_per_hour:
        raise DomainError(_("Trop de codes demandés. Attendez une heure, ou appelez-nous."))
    code = f"{secrets.randbelow(1_000_000):06d}"
    person = Beneficiary.objects.get(account=account)
    with transaction.atomic():
        _codes(account, attempt, purpose).filter(ended_at=None).update(ended_at=now)
        row = OneTimeCode(
            account=account,
            attempt=attempt,
            purpose=purpose,
            destination=mobile,
            sent_at=now,
            expires_at=now + timedelta(minutes=policy.code_minutes),
        )
        row.code_hash = _hash(row.id, code)
        row.save(force_insert=True)
        publish(
            CodeSent(
                actor=account.pk, about=person.pk, code_id=row.id, purpose=purpose.value, language=language
            ),
            secrets={"code": code, "mobile": mobile},
        )


def use_code(
    *, account: Account, attempt: UUID, purpose: CodePurpose, code: str, now: datetime
) -> OneTimeCode:
    """Ends the code if it is right; raises DomainError otherwise. Tries are counted one after the other."""
    with transaction.atomic():
        live = _codes(account, attempt, purpose).filter(ended_at=None)
        row = live.select_for_update().order_by("-sent_at").first()
        refusal = _refusal(row, code, now=now)
    if row is None or refusal:
        raise DomainError(refusal, field="code")
    return row


def _refusal(row: OneTimeCode | None, code: str, *, now: datetime) -> str:
    """Why this code does not open, the try noted; empty when it does. The caller locked the row."""
    if row is None or row.expires_at <= now:
        return _("Ce code n’est plus valable. Demandez-en un nouveau.")
    day = str(row.account_id)
    if limits.counted("code wrong", day, now=now) >= WRONG_PER_DAY:
        return _("Trop de codes faux aujourd’hui. Réessayez demain, ou appelez-nous.")
    right = secrets.compare_digest(row.code_hash, _hash(row.id, code))
    row.tries += 1
    left = settings.PROFILE.security.code_tries - row.tries
    row.ended_at = now if right or left <= 0 else None
    row.save(update_fields=["tries", "ended_at"])
    if right:
        return ""
    limits.count("code wrong", day, per=timedelta(days=1), now=now)
    return _wrong(left)


def enrol_mobile(*, account: Account, proved: OneTimeCode, language: str, now: datetime) -> None:
    """Puts a mobile that was just proved on file, when there was none (AUTH-06, X6)."""
    with transaction.atomic():
        person = Beneficiary.objects.select_for_update().get(account=account)
        if person.mobile:
            raise DomainError(_("Un mobile est déjà connu pour ce compte."), field="mobile")
        person.mobile = proved.destination
        person.save(update_fields=["mobile"])
        publish(MobileEnrolled(actor=account.pk, about=person.pk, language=language))


def _codes(account: Account, attempt: UUID, purpose: CodePurpose) -> QuerySet[OneTimeCode]:
    return OneTimeCode.objects.filter(account=account, attempt=attempt, purpose=purpose)


def _hash(code_id: UUID, code: str) -> str:
    return settings.ENTRAIDE.keys.blind_index("one-time code", f"{code_id}:{code.strip()}")


def _wrong(left: int) -> str:
    if left <= 0:
        return _("Ce code n’est pas le bon, et c’était le dernier essai. Demandez-en un nouveau.")
    return ngettext(
        "Ce code n’est pas le bon. Il vous reste %(count)d essai.",
        "Ce code n’est pas le bon. Il vous reste %(count)d essais.",
        left,
    ) % {"count": left}
