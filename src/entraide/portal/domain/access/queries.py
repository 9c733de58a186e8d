"""What the sign-in pages need to know of the person who is coming in."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from entraide.formats import mobile as mobiles
from entraide.portal.domain.access.passwords import criteria
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.foundation.accounts.models import Account


@dataclass(frozen=True, slots=True)
class Entrant:
    """Somebody whose password was right and who has steps left."""

    account: Account
    person_id: UUID
    has_mobile: bool
    masked_mobile: str
    masked_email: str


def entrant(account_id: UUID) -> Entrant | None:
    """The person behind an account that may sign in, or None."""
    person = Beneficiary.objects.select_related("account").filter(account_id=account_id).first()
    if person is None or person.account is None or not person.account.is_active:
        return None
    return Entrant(
        account=person.account,
        person_id=person.pk,
        has_mobile=bool(person.mobile),
        masked_mobile=mobiles.mask(person.mobile) if person.mobile else "",
        masked_email=_mask_email(person.email),
    )


def password_criteria() -> tuple[dict[str, object], ...]:
    """The rule in force, line by line."""
    return criteria(min_length=settings.PROFILE.security.password_min_length)


def _mask_email(email: str) -> str:
    if not email:
        return ""
    name, _, domain = email.partition("@")
    return f"{name[:1]}•••@{domain}"


@dataclass(frozen=True, slots=True)
class ToDo:
    """Something that waits for the person: `kind` is known to the home page, `page` is where it is done."""

    kind: str
    page: str
    on: date | None = None


PASSWORD_NOTICE_DAYS = 15


def things_to_do(viewer: Viewer, *, now: datetime) -> list[ToDo]:
    """What the person should do for their access: a missing contact, a password about to expire."""
    person = Beneficiary.objects.select_related("account").get(pk=viewer.person_id)
    found = []
    if not person.email:
        found.append(ToDo("email_missing", "contacts"))
    days = settings.PROFILE.security.password_max_age_days
    if days and person.account is not None:
        ends = person.account.password_set_at + timedelta(days=days)
        if now + timedelta(days=PASSWORD_NOTICE_DAYS) >= ends:
            found.append(ToDo("password_expires", "security", timezone.localdate(ends)))
    return found


def any_account() -> bool:
    """True when somebody can sign in already: the demo was loaded."""
    return Account.objects.exists()
