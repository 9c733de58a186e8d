"""A person's mobile: how it is found without being stored in clear, and whose else it is (A22, A24)."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Q

from entraide.portal.domain.members.contacts import declare, forget_declared
from entraide.portal.domain.members.enums import Contact
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.accounts import limits

# A number that somebody disowned: kept from sensitive acts for that long, on whatever account it comes back.
DISTRUSTED_FOR = timedelta(days=365)
_DISTRUSTED = "mobile disowned"


def mobile_index(mobile: str) -> str:
    """Finds equal numbers (in the form +336…); blank for none."""
    return settings.ENTRAIDE.keys.blind_index("mobile", mobile) if mobile else ""


def put_on_file(person: Beneficiary, mobile: str, *, declared_at: datetime | None) -> None:
    """Writes a mobile, or takes it off when blank. `declared_at`: when the person declared it here.

    None: it is the management system's, and the next file may bring another.
    """
    before = person.mobile
    if declared_at is None:
        forget_declared(person, Contact.MOBILE)
    else:
        declare(person, Contact.MOBILE, (before,), now=declared_at)
    person.mobile, person.mobile_index = mobile, mobile_index(mobile)
    person.mobile_declared_at = declared_at
    person.save(update_fields=["mobile", "mobile_index", "mobile_declared_at"])


def distrust_mobile(mobile: str, *, now: datetime) -> None:
    """Remembers that somebody said of this number, put on their file: it is not mine."""
    limits.count(_DISTRUSTED, mobile_index(mobile), per=DISTRUSTED_FOR, now=now)


def is_distrusted(mobile: str, *, now: datetime) -> bool:
    return limits.counted(_DISTRUSTED, mobile_index(mobile), now=now) > 0


def accounts_sharing(person: Beneficiary) -> int:
    """How many accounts have this person's mobile; 0 when it stays in one family."""
    rows = Beneficiary.objects.filter(mobile_index=person.mobile_index).exclude(account=None)
    families = list(rows.values_list("member_id", flat=True))
    return len(families) if person.mobile_index and len(set(families)) > 1 else 0


def is_recycled(person: Beneficiary, *, on: date) -> bool:
    """A24: another family's account with this number was closed or frozen: who holds it now is not sure."""
    others = Beneficiary.objects.filter(mobile_index=person.mobile_index).exclude(member_id=person.member_id)
    over = Q(account__is_active=False) | Q(account__frozen_at__isnull=False)
    ended = Q(account__isnull=False, member__left_on__lt=on)
    return bool(person.mobile_index) and others.filter(over | ended).exists()
