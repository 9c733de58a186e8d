"""The temporary tables of one feed: names, columns, and which lines are still in."""
# ruff: noqa: S608 (names of our own stages only)

from collections.abc import Mapping
from contextlib import suppress

from django.db import DatabaseError, connection

from entraide.portal.domain.adjudication.rejects import REJECTS, drop_rejects, make_rejects

LINES = "feed_lines"
PRICED = "feed_priced"
PEOPLE = "feed_people"
KNOWN = "feed_known"

# What the reader adds to the columns of the format: sealed ids, and the person's index in place of the NIR.
DERIVED: Mapping[str, str] = {
    "id": "uuid",
    "takes_back": "uuid",
    "fingerprint": "uuid",
    "identity": "text",
    "nir_index": "text",
}

# Rows to store: one for each line, and one more for the line that a re-issue takes back.
PRICED_KINDS: Mapping[str, str] = {
    "at_line": "integer",
    "id": "uuid",
    "record": "text",
    "state": "text",
    "takes_back": "uuid",
    "beneficiary_id": "uuid",
    "charged": "integer",
    "base": "integer",
    "amo": "integer",
    "withheld": "integer",
    "amc": "integer",
    "left": "integer",
    "shares": "text",
}

# A line that is neither rejected nor stored before.
STILL_IN = (
    f"NOT EXISTS (SELECT 1 FROM {REJECTS} r WHERE r.at_line = s.line) "
    f"AND NOT EXISTS (SELECT 1 FROM {KNOWN} k WHERE k.line = s.line)"
)


def make_stages() -> None:
    """The tables that are filled by SQL alone; the reader makes those that it loads."""
    drop_stages()
    make_rejects()


def drop_stages() -> None:
    with suppress(DatabaseError):
        drop_rejects()
        with connection.cursor() as cursor:
            for name in (PEOPLE, KNOWN):
                cursor.execute(f"DROP TABLE IF EXISTS {name}")


def tell_planner_of(*names: str) -> None:
    """PostgreSQL does not look into temporary tables by itself."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for name in names:
                cursor.execute(f"ANALYZE {name}")
