"""Telling people in time that their password expires (AUTH-09, A15)."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from entraide.portal.domain.access.events import PasswordExpires
from entraide.portal.domain.access.models import Factor
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.events.facts import publish
from entraide.portal.foundation.events.models import Entry

# Days before the end; each is told once, however often the job runs.
THRESHOLDS = (15, 7, 1)
# The database writes for nobody else meanwhile: a few at a time.
AT_A_TIME = 200


def warn_of_expiry(*, after: UUID | None = None, now: datetime) -> UUID | None:
    """Warns the next people, by id, whose password expires soon; returns the last one, None at the end.

    Someone who was not told in time, because the worker was away, is told late, with the same day.
    """
    days = settings.PROFILE.security.password_max_age_days
    if not days:
        return None
    found = _whose_password_ends(now=now, lasts=timedelta(days=days))
    if after is not None:
        found = found.filter(pk__gt=after)
    people = list(found.order_by("pk")[:AT_A_TIME])
    with transaction.atomic():
        told = _told(people)
        for one in people:
            fact = _warning(one, now=now, lasts=timedelta(days=days))
            if fact is not None and (one.pk, fact.days, fact.on.isoformat()) not in told:
                publish(fact)
    return people[-1].pk if len(people) == AT_A_TIME else None


def _whose_password_ends(*, now: datetime, lasts: timedelta) -> QuerySet[Beneficiary]:
    soonest = now - lasts
    found = Beneficiary.objects.select_related("account").filter(
        Q(member__left_on=None) | Q(member__left_on__gte=timezone.localdate(now)),
        account__is_active=True,
        account__frozen_at=None,
        account__must_reset=False,
        account__password_set_at__gt=soonest,
        account__password_set_at__lte=soonest + timedelta(days=max(THRESHOLDS) + 1),
    )
    if settings.PROFILE.security.strong_factor_ends_expiry:
        found = found.exclude(Exists(Factor.objects.filter(account=OuterRef("account"))))
    return found


def _warning(person: Beneficiary, *, now: datetime, lasts: timedelta) -> PasswordExpires | None:
    account = person.account
    if account is None:
        return None
    ends = timezone.localdate(account.password_set_at + lasts)
    left = (ends - timezone.localdate(now)).days
    reached = [days for days in THRESHOLDS if left <= days]
    if not reached:
        return None
    return PasswordExpires(about=person.pk, days=min(reached), on=ends, language=account.language)


def _told(people: list[Beneficiary]) -> set[tuple[UUID | None, int, str]]:
    entries = Entry.objects.filter(kind=PasswordExpires.__name__, about__in=[one.pk for one in people])
    return {(about, data["days"], data["on"]) for about, data in entries.values_list("about", "data")}
