"""Who registered is reminded the day before and an hour before, and told when it moves or is off."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from entraide.portal.domain.prevention.actions import DAY, HOUR, too_late_for
from entraide.portal.domain.prevention.enums import Reminded, Step
from entraide.portal.domain.prevention.events import MeetingTold
from entraide.portal.domain.prevention.models import Registration
from entraide.portal.domain.publications.models import Edition
from entraide.portal.foundation.events.facts import publish

AT_ONCE = 500
KEPT_AFTER = timedelta(days=30)


def tell_registered(*, now: datetime) -> int:
    """Tells who is due, each thing once, and says how many. Who came late is not told of the past."""
    told = 0
    with transaction.atomic():
        rows = Registration.objects.select_for_update(of=("self",)).filter(_due(now), ends_at__gt=now)
        around = rows.select_related("publication__public", "person__account", "person__member")
        for row in around.order_by("starts_at", "pk")[:AT_ONCE]:
            told += _tell(row, now=now)
    return told


def forget_registrations(*, now: datetime) -> int:
    """Nothing is left of a registration a month after the end; says how many went."""
    return Registration.objects.filter(ends_at__lt=now - KEPT_AFTER).delete()[0]


def _due(now: datetime) -> Q:
    """Moved, off, or so near that a reminder is missing."""
    known, current = F("starts_at"), "publication__public__starts_at"
    moved = Q(**{f"{current}__gt": known}) | Q(**{f"{current}__lt": known})
    off = Q(publication__public=None, starts_at__isnull=False)
    on_again = Q(publication__public__isnull=False, starts_at=None)
    near = Q(starts_at__gt=now, starts_at__lte=now + DAY, reminded="")
    nearer = Q(starts_at__gt=now, starts_at__lte=now + HOUR) & ~Q(reminded=Reminded.HOUR)
    return moved | off | on_again | near | nearer


def _tell(row: Registration, *, now: datetime) -> bool:
    known = row.starts_at
    step = _step(row, row.publication.public, now=now)
    if step is None:
        return False
    account, left = row.person.account, row.person.member.left_on
    row.save(update_fields=["starts_at", "ends_at", "reminded"])
    if account is None or not account.is_active or (left and left < timezone.localdate(now)):
        return False
    # What is off is named by the moment that they knew.
    when = row.starts_at or known or row.ends_at
    publish(
        MeetingTold(about=row.person_id, step=step, language=account.language),
        secrets={"starts_at": when.isoformat()},
    )
    return True


def _step(row: Registration, edition: Edition | None, *, now: datetime) -> Step | None:
    """What is to be told; the row then says what was."""
    if edition is None or edition.starts_at is None or edition.ends_at is None:
        return _off(row)
    if edition.starts_at != row.starts_at:
        row.starts_at, row.ends_at = edition.starts_at, edition.ends_at
        row.reminded = too_late_for(edition.starts_at, now=now)
        return Step.MOVED
    wait = edition.starts_at - now
    if wait <= timedelta(0) or row.reminded == Reminded.HOUR:
        return None
    if wait <= HOUR:
        row.reminded = Reminded.HOUR
        return Step.HOUR
    if wait <= DAY and not row.reminded:
        row.reminded = Reminded.DAY
        return Step.DAY
    return None


def _off(row: Registration) -> Step | None:
    if row.starts_at is None:
        return None
    row.starts_at, row.reminded = None, ""
    return Step.CANCELLED
