"""The year that an address names: `?year=2026`."""

from django.http import QueryDict


def asked_year(data: QueryDict) -> int | None:
    """None when there is none; 0, which is never one, for anything that is not four figures."""
    asked = data.get("year", "")
    if not asked:
        return None
    return int(asked) if len(asked) == 4 and asked.isascii() and asked.isdigit() else 0
