"""Who owns the tables can change what is kept for ever; a test plays them to show that it is found out."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

TABLES = ("events_entry", "consultations_consultation")


@contextmanager
def as_the_owner() -> Iterator[None]:
    """The triggers that keep rows of the journals are off within."""
    if connection.vendor == "sqlite":
        found = _triggers()
        _run(*(f"DROP TRIGGER {name}" for name, _words in found))
        yield
        _run(*(words for _name, words in found))
        return
    # Rows of this very transaction are still to be checked against other tables: now.
    _run("SET CONSTRAINTS ALL IMMEDIATE", *(f"ALTER TABLE {one} DISABLE TRIGGER USER" for one in TABLES))
    yield
    _run(*(f"ALTER TABLE {one} ENABLE TRIGGER USER" for one in TABLES), "SET CONSTRAINTS ALL DEFERRED")


def let_rows_go_between_tests() -> None:
    """On SQLite a table is emptied row by row, which the journals refuse."""
    if connection.vendor == "sqlite":
        _run(*(f"DROP TRIGGER {name}" for name, words in _triggers() if "BEFORE DELETE" in words))


def _triggers() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN (%s, %s)", TABLES
        )
        return list(cursor.fetchall())


def _run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for one in statements:
            cursor.execute(one)
