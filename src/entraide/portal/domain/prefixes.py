"""Rows whose text begins with some letters, through an index of both databases."""

from django.db import connection
from django.db.models import Q


def begins_with(column: str, text: str) -> Q:
    """For a column that holds folded letters only. On PostgreSQL its index is for patterns."""
    if connection.vendor == "sqlite":
        # Its LIKE ignores capitals and therefore the index; a range of plain letters does not.
        return Q((f"{column}__gte", text), (f"{column}__lt", f"{text}\U0010ffff"))
    return Q((f"{column}__startswith", text))
