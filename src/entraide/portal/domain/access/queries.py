"""What the sign-in pages need to know of the person who is coming in."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from entraide.formats import email
from entraide.formats import mobile as mobiles
from entraide.portal.domain.access.enums import CodePurpose
from entraide.portal.domain.access.expiry import password_ends
from entraide.portal.domain.access.models import OneTimeCode
from entraide.portal.domain.access.passwords import criteria
from entraide.portal.domain.access.policies import must_be_trusted
from entraide.portal.domain.access.sessions import may_come_in
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.accounts.models import Account


@dataclass(frozen=True, slots=True)
class Entrant:
    """Somebody whose password was right and who has steps left."""

    account: Account
    person_id: UUID
    has_mobile: bool
    masked_mobile: str
    masked_email: str


def entrant(account_id: UUID, *, on: date) -> Entrant | None:
    """The person behind an account that may sign in that day, or None."""
    found = Beneficiary.objects.select_related("account", "member").filter(account_id=account_id)
    person = found.first()
    if person is None or person.account is None:
        return None
    if not may_come_in(person.account, person.member, on=on):
        return None
    return Entrant(
        account=person.account,
        person_id=person.pk,
        has_mobile=bool(person.mobile),
        masked_mobile=mobiles.mask(person.mobile) if person.mobile else "",
        masked_email=email.mask(person.email),
    )


def mobile_being_proved(attempt: UUID) -> str:
    """The number that this attempt to come in has had its last code sent to, to put it on file."""
    return being_proved(attempt, CodePurpose.MOBILE_PROOF)


def being_proved(attempt: UUID, purpose: CodePurpose) -> str:
    """The address or number that the last code of this attempt went to; blank when none has left."""
    last = OneTimeCode.objects.filter(attempt=attempt, purpose=purpose).order_by("-sent_at").first()
    return str(last.destination) if last is not None else ""


def why_no_change(account: Account, *, now: datetime) -> str:
    """Why another e-mail or mobile may not be put on file now, in words; blank when it may."""
    try:
        must_be_trusted(Beneficiary.objects.get(account=account), account, now=now)
    except DomainError as refusal:
        return refusal.message
    return ""


def password_criteria() -> tuple[dict[str, object], ...]:
    """The rule in force, line by line."""
    policy = settings.PROFILE.security
    return criteria(min_length=policy.password_min_length, passphrase_min_length=policy.passphrase_min_length)


@dataclass(frozen=True, slots=True)
class ToDo:
    """Something that waits for the person: `kind` is known to the home page, `page` is where it is done."""

    kind: str
    page: str
    on: date | None = None


PASSWORD_NOTICE_DAYS = 15


def things_to_do(person: Beneficiary, *, now: datetime) -> list[ToDo]:
    """What this person should do for their access: a missing contact, a password about to expire."""
    found = []
    if not person.email:
        found.append(ToDo("email_missing", "contacts"))
    ends = password_ends(person.account) if person.account is not None else None
    if ends is not None and now + timedelta(days=PASSWORD_NOTICE_DAYS) >= ends:
        found.append(ToDo("password_expires", "security", timezone.localdate(ends)))
    return found


def any_account() -> bool:
    """True when somebody can sign in already: the demo was loaded."""
    return Account.objects.exists()
