"""The lines of a feed that stay out, in a temporary table: their number is not limited by memory."""
# ruff: noqa: S608 (names of our own stages only)

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import connection

from entraide.portal.domain.adjudication.enums import Reason

REJECTS = "feed_rejects"
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Reject:
    """One thing wrong with one line of the file."""

    line: int
    reason: Reason
    field: str
    found: str
    expected: str


def make_rejects() -> None:
    drop_rejects()
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMPORARY TABLE {REJECTS} "
            "(at_line bigint, reason text, field text, found text, expected text)"
        )
        cursor.execute(f"CREATE INDEX {REJECTS}_line ON {REJECTS} (at_line)")


def drop_rejects() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {REJECTS}")


def add_rejects(found: Iterable[Reject]) -> None:
    rows = [
        (one.line, one.reason.value, one.field, one.found[:_LONGEST], one.expected[:_LONGEST])
        for one in found
    ]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {REJECTS} VALUES (%s, %s, %s, %s, %s)", rows)


def search_rejects(sql: str, *, reason: Reason, field: str, expected: str) -> None:
    """One reject for each row of `sql`, which selects the line and what was found."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {REJECTS} (at_line, found, reason, field, expected) "
            f"SELECT f.*, CAST(%s AS text), CAST(%s AS text), CAST(%s AS text) FROM ({sql}) f",
            [reason.value, field, expected],
        )


def count_rejects() -> tuple[int, int]:
    """Lines that stay out, and those among them whose person is not attached to us alone."""
    alerts = f"'{Reason.NOT_ATTACHED.value}', '{Reason.DOUBLE_ATTACHMENT.value}'"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COUNT(DISTINCT at_line), "
            f"COUNT(DISTINCT CASE WHEN reason IN ({alerts}) THEN at_line END) FROM {REJECTS}"
        )
        lines, alerted = cursor.fetchone()
    return lines, alerted


def read_rejects() -> Iterator[Reject]:
    """In the order of the file."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            f"SELECT at_line, reason, field, found, expected FROM {REJECTS} ORDER BY at_line, field, found"
        )
        while rows := cursor.fetchmany(2000):
            for line, reason, field, found, expected in rows:
                yield Reject(line, Reason(reason), field, found, expected)
