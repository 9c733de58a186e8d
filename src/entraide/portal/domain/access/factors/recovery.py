"""Recovery codes: ten, on paper, for the day when the phone or the key is lost; each opens once."""

import secrets
import unicodedata
from datetime import datetime

from django.conf import settings
from django.db import transaction

from entraide.portal.domain.access.actions.safety import publish_change
from entraide.portal.domain.access.enums import Change
from entraide.portal.domain.access.events import RecoveryCodesMade, RecoveryCodeUsed
from entraide.portal.domain.access.factors.queries import person_of
from entraide.portal.domain.access.factors.tries import RECOVERY, take_a_try
from entraide.portal.domain.access.models import RecoveryCode
from entraide.portal.foundation.accounts.models import Account

HOW_MANY = 10
# Neither 0 and O nor 1, I and L: what a hand writes and an eye reads without doubt. 5 bits each.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_GROUPS, _GROUP = 3, 4


def make_recovery_codes(*, account: Account, language: str, now: datetime) -> list[str]:
    """Ten fresh codes, shown once and kept as keyed hashes; the earlier ones end, and a mail tells of it."""
    codes: set[str] = set()
    while len(codes) < HOW_MANY:
        codes.add("".join(secrets.choice(_LETTERS) for _ in range(_GROUPS * _GROUP)))
    rows = [
        RecoveryCode(account=account, code_hash=_hash(account, code), created_at=now)
        for code in sorted(codes)
    ]
    with transaction.atomic():
        Account.objects.select_for_update().get(pk=account.pk)
        RecoveryCode.objects.filter(account=account).delete()
        RecoveryCode.objects.bulk_create(rows)
        fact = RecoveryCodesMade(actor=account.pk, about=person_of(account), language=language)
        publish_change(fact, account=account, change=Change.RECOVERY_MADE, now=now)
    return ["-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP)) for code in codes]


def use_recovery_code(*, account: Account, code: str, attempt: str, language: str, now: datetime) -> int:
    """Ends one code and returns how many are left; of parallel uses one succeeds.

    Five tries an attempt, ten wrong ones a day, a hundred in all.
    Raises DomainError(field="recovery_code"), or TriesOver.
    """
    this_try = take_a_try(RECOVERY, account=account, attempt=attempt, field="recovery_code", now=now)
    with transaction.atomic():
        ended = RecoveryCode.objects.filter(
            account=account, code_hash=_hash(account, _normal(code)), used_at=None
        ).update(used_at=now)
        if ended:
            left = RecoveryCode.objects.filter(account=account, used_at=None).count()
            this_try.was_right()
            fact = RecoveryCodeUsed(actor=account.pk, about=person_of(account), left=left, language=language)
            publish_change(fact, account=account, change=Change.RECOVERY_USED, now=now)
            return left
    raise this_try.refusal()


def _normal(code: str) -> str:
    plain = unicodedata.normalize("NFKC", code).upper()
    return "".join(one for one in plain if one.isalnum())[:40]


def _hash(account: Account, code: str) -> str:
    return settings.ENTRAIDE.keys.blind_index("recovery code", f"{account.pk}:{code}")
