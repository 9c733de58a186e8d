"""Counting of attempts in the database: serialised by a row lock, and closed when the database is away."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from entraide.portal.foundation.accounts.models import Limit


def count(scope: str, key: str, *, per: timedelta, now: datetime) -> int:
    """Counts one more and returns the number in the current window; parallel calls get different numbers."""
    with transaction.atomic():
        limit = _locked(scope, key, per=per, now=now)
        if limit.window_ends <= now:
            limit.count, limit.window_ends = 0, now + per
        limit.count += 1
        limit.save(update_fields=["count", "window_ends"])
    return limit.count


def counted(scope: str, key: str, *, now: datetime) -> int:
    """How many were counted in the current window."""
    found = Limit.objects.filter(scope=scope, key=key, window_ends__gt=now).values_list("count", flat=True)
    return found[0] if found else 0


def extend(scope: str, key: str, *, until: datetime) -> None:
    """Makes the current window last until a moment: what was counted counts until then."""
    Limit.objects.filter(scope=scope, key=key).update(window_ends=until)


def reset(scope: str, key: str) -> None:
    Limit.objects.filter(scope=scope, key=key).delete()


def give_back(scope: str, key: str) -> None:
    """Takes one count back, when the attempt turned out to be no attempt."""
    Limit.objects.filter(scope=scope, key=key, count__gt=0).update(count=F("count") - 1)


def _locked(scope: str, key: str, *, per: timedelta, now: datetime) -> Limit:
    found = None
    while found is None:
        fresh = Limit(scope=scope, key=key, window_ends=now + per)
        Limit.objects.bulk_create([fresh], ignore_conflicts=True)
        # A reset may have taken the row in between: then it is made again.
        found = Limit.objects.select_for_update().filter(scope=scope, key=key).first()
    return found
