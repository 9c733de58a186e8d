"""Counting of attempts in the database: serialised by a row lock, and closed when the database is away."""

from datetime import datetime, timedelta

from django.db import connection
from django.db.models import F

from entraide.portal.foundation.accounts.models import Limit

_COUNT = """
    INSERT INTO accounts_limit (scope, key, count, window_ends) VALUES (%s, %s, 1, %s)
    ON CONFLICT (scope, key) DO UPDATE SET
        count = CASE WHEN accounts_limit.window_ends > %s THEN accounts_limit.count + 1 ELSE 1 END,
        window_ends = CASE WHEN accounts_limit.window_ends > %s
            THEN accounts_limit.window_ends ELSE excluded.window_ends END
    RETURNING count
"""


def count(scope: str, key: str, *, per: timedelta, now: datetime) -> int:
    """Counts one more and returns the number in the current window; parallel calls get different numbers."""
    # One statement: the row is made or locked, read and written at once. Every attempt passes here.
    at, ends = (connection.ops.adapt_datetimefield_value(one) for one in (now, now + per))
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [scope, key, ends, at, at])
        number: int = cursor.fetchone()[0]
    return number


def counted(scope: str, key: str, *, now: datetime) -> int:
    """How many were counted in the current window."""
    found = Limit.objects.filter(scope=scope, key=key, window_ends__gt=now).values_list("count", flat=True)
    return found[0] if found else 0


def extend(scope: str, key: str, *, until: datetime, at_least: int = 0) -> bool:
    """Makes the current window last until a moment: what was counted counts until then.

    False, and nothing changed, when fewer than `at_least` are counted: a reset came in between.
    """
    found = Limit.objects.filter(scope=scope, key=key, count__gte=at_least)
    return found.update(window_ends=until) == 1


def reset(scope: str, key: str) -> None:
    Limit.objects.filter(scope=scope, key=key).delete()


def give_back(scope: str, key: str) -> None:
    """Takes one count back, when the attempt turned out to be no attempt."""
    Limit.objects.filter(scope=scope, key=key, count__gt=0).update(count=F("count") - 1)
