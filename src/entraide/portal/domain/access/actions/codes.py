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

from entraide.portal.domain.access import code_channel
from entraide.portal.domain.access.code_channel import Wrong
from entraide.portal.domain.access.enums import CodePurpose
from entraide.portal.domain.access.events import CodeSent
from entraide.portal.domain.access.models import OneTimeCode
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.mobiles import mobile_index
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.events.facts import publish

BY_MAIL = frozenset({CodePurpose.EMAIL_PROOF, CodePurpose.NEW_EMAIL})


class CodeOver(DomainError):
    """No code of this attempt can open any more; `may_ask`: another one may be asked for today."""

    def __init__(self, message: str, *, may_ask: bool) -> None:
        super().__init__(message, field="code")
        self.may_ask = may_ask


def send_code(
    *,
    account: Account,
    attempt: UUID,
    purpose: CodePurpose,
    mobile: str = "",
    email: str = "",
    language: str,
    now: datetime,
) -> None:
    """Sends a fresh code for this attempt; the older ones of the attempt end.

    `mobile` or `email`: the one being proved, when it is not yet the one on file.

    Raises DomainError within the minute after the last one, after the hourly number of sends of the account
    or of the mobile, when wrong codes stopped the channel, and when the deployment's budget of SMS is spent.
    """
    person = Beneficiary.objects.get(account=account)
    to = "" if purpose in BY_MAIL else mobile or person.mobile
    _take_a_sending(account, attempt, purpose, to=to or email, now=now)
    if to and code_channel.budget_is_spent(now=now):
        code_channel.take_no_pause(_pause_key(attempt, purpose))
        raise DomainError(
            _(
                "Trop de SMS sont partis pour l’ensemble des adhérents : nous en suspendons l’envoi, "
                "par sécurité. Réessayez dans une heure. Si vous avez une application "
                "de codes ou une clé d’accès, elles marchent toujours."
            )
        )
    code = f"{secrets.randbelow(1_000_000):06d}"
    with transaction.atomic():
        _codes(account, attempt, purpose).filter(ended_at=None).update(ended_at=now)
        row = OneTimeCode(
            account=account,
            attempt=attempt,
            purpose=purpose,
            destination=mobile or email,
            sent_at=now,
            expires_at=now + timedelta(minutes=settings.PROFILE.security.code_minutes),
        )
        row.code_hash = _hash(row.id, code)
        row.save(force_insert=True)
        publish(
            CodeSent(
                actor=account.pk, about=person.pk, code_id=row.id, purpose=purpose.value, language=language
            ),
            secrets={"code": code, "mobile": mobile, "email": email},
        )


def use_code(
    *, account: Account, attempt: UUID, purpose: CodePurpose, code: str, now: datetime
) -> OneTimeCode:
    """Ends the code if it is right; raises DomainError otherwise. Tries are counted one after the other.

    A wrong code that leaves nothing to try raises CodeOver.
    """
    with transaction.atomic():
        before = code_channel.take_a_guess(account, now=now)
        live = _codes(account, attempt, purpose).filter(ended_at=None)
        row = live.select_for_update().order_by("-sent_at").first()
        refusal = _refusal(account, row, code, before=before, now=now)
        is_over = row is None or row.ended_at is not None or row.expires_at <= now
        wrong = code_channel.wrong_codes(account, now=now) if refusal else before
    if row is not None and not refusal:
        return row
    is_stopped = wrong.stops_today or wrong.stops_for_good
    if is_over or is_stopped:
        raise CodeOver(refusal, may_ask=not is_stopped)
    raise DomainError(refusal, field="code")


def _take_a_sending(account: Account, attempt: UUID, purpose: CodePurpose, *, to: str, now: datetime) -> None:
    """Counts one sending, or raises DomainError and counts nothing. Sendings of one account wait in line."""
    with transaction.atomic():
        if code_channel.too_many_for_account(account, now=now):
            raise DomainError(_("Trop de codes demandés. Attendez une heure, ou appelez-nous."))
        wrong = code_channel.wrong_codes(account, now=now)
        if wrong.stops_today or wrong.stops_for_good:
            raise DomainError(_stopped(wrong))
        if code_channel.too_soon(_pause_key(attempt, purpose), now=now):
            raise DomainError(_pause_words(account, attempt, purpose, now=now))
        if to and code_channel.too_many_for_number(mobile_index(to), now=now):
            raise DomainError(
                _("Trop de codes sont partis vers cette adresse. Attendez une heure, ou appelez-nous.")
                if purpose in BY_MAIL
                else _("Trop de codes sont partis vers ce mobile. Attendez une heure, ou appelez-nous.")
            )


def _refusal(account: Account, row: OneTimeCode | None, code: str, *, before: Wrong, now: datetime) -> str:
    """Why this code does not open, the try noted; empty when it does. The caller locked the rows."""
    if before.stops_today or before.stops_for_good:
        code_channel.give_guess_back(account)
        return _stopped(before)
    if row is None or row.expires_at <= now:
        code_channel.give_guess_back(account)
        return _("Ce code n’est plus valable. Demandez-en un nouveau.")
    right = secrets.compare_digest(row.code_hash, _hash(row.id, code))
    row.tries += 1
    left = settings.PROFILE.security.code_tries - row.tries
    row.ended_at = now if right or left <= 0 else None
    row.save(update_fields=["tries", "ended_at"])
    if right:
        code_channel.give_guess_back(account)
        return ""
    person_id = Beneficiary.objects.values_list("pk", flat=True).get(account=account)
    after = code_channel.note_wrong(account, before, person_id=person_id)
    return _stopped(after) if after.stops_today or after.stops_for_good else _wrong(left)


def _codes(account: Account, attempt: UUID, purpose: CodePurpose) -> QuerySet[OneTimeCode]:
    return OneTimeCode.objects.filter(account=account, attempt=attempt, purpose=purpose)


def _hash(code_id: UUID, code: str) -> str:
    return settings.ENTRAIDE.keys.blind_index("one-time code", f"{code_id}:{code.strip()}")


def _pause_key(attempt: UUID, purpose: CodePurpose) -> str:
    return f"{attempt}:{purpose.value}"


def _pause_words(account: Account, attempt: UUID, purpose: CodePurpose, *, now: datetime) -> str:
    pause = timedelta(seconds=settings.PROFILE.security.resend_seconds)
    last = _codes(account, attempt, purpose).order_by("-sent_at").first()
    wait = ceil((last.sent_at + pause - now).total_seconds()) if last is not None else 0
    return ngettext(
        "Un code vient de partir. Vous pourrez en demander un autre dans %(count)d seconde.",
        "Un code vient de partir. Vous pourrez en demander un autre dans %(count)d secondes.",
        max(wait, 1),
    ) % {"count": max(wait, 1)}


def _stopped(wrong: Wrong) -> str:
    if wrong.stops_for_good:
        return _(
            "Trop de codes faux ont été tapés pour cet accès : nous n’en envoyons plus. "
            "Appelez-nous : un conseiller vérifiera avec vous qui vous êtes."
        )
    return _("Trop de codes faux aujourd’hui. Réessayez demain, ou appelez-nous.")


def _wrong(left: int) -> str:
    if left <= 0:
        return _("Ce code n’est pas le bon, et c’était le dernier essai. Demandez-en un nouveau.")
    return ngettext(
        "Ce code n’est pas le bon. Il vous reste %(count)d essai.",
        "Ce code n’est pas le bon. Il vous reste %(count)d essais.",
        left,
    ) % {"count": left}
