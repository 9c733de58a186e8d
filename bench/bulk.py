"""The bare bulk load of rows that are stored already: the limit that an import is compared with.

`Twin` is a table with the same columns, keys, checks, references and indexes as the one it stands beside.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

Rows = list[tuple[Any, ...]]
_BLOCK = 5000


def timed(action: Callable[[], object]) -> float:
    """Seconds that it takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def stored_rows(table: str, *, order: str) -> Rows:
    """Every row of a table."""
    from django.db import connection  # noqa: PLC0415 (after django.setup)

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY {order}")
        return list(cursor.fetchall())


def empty(table: str) -> None:
    """Without its rows, and with nothing left to write for them."""
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {table} CASCADE")
            cursor.execute("CHECKPOINT")
            return
        cursor.execute(f"DELETE FROM {table}")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@dataclass(frozen=True, slots=True)
class Twin:
    """The twin of a table, made by `make`; loaded in one transaction."""

    of: str

    @property
    def name(self) -> str:
        return f"{self.of}_twin"

    def make(self) -> None:
        from django.db import connection  # noqa: PLC0415

        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(f"CREATE TABLE {self.name} (LIKE {self.of} INCLUDING ALL)")
                cursor.execute(
                    "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
                    "WHERE contype = 'f' AND conrelid = %s::regclass",
                    [self.of],
                )
                for constraint, definition in cursor.fetchall():
                    cursor.execute(f"ALTER TABLE {self.name} ADD CONSTRAINT {constraint}_twin {definition}")
                return
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE tbl_name = %s AND sql IS NOT NULL", [self.of]
            )
            for entry, sql in cursor.fetchall():
                twin = sql.replace(f'"{self.of}"', f'"{self.name}"')
                cursor.execute(twin if entry == self.of else twin.replace(f'"{entry}"', f'"{entry}_twin"'))

    def load(self, rows: Rows) -> None:
        """By executemany on SQLite, by COPY on PostgreSQL."""
        from django.db import connection, transaction  # noqa: PLC0415

        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {self.name} FROM STDIN") as copy:
                    for block in _as_text(rows):
                        copy.write(block)
            else:
                places = ", ".join(["%s"] * len(rows[0]))
                cursor.executemany(f"INSERT INTO {self.name} VALUES ({places})", rows)


def _as_text(rows: Rows) -> Iterator[str]:
    for start in range(0, len(rows), _BLOCK):
        block = rows[start : start + _BLOCK]
        # No value of ours is the word itself: what stands there is a null.
        yield "".join("\t".join(map(str, row)) + "\n" for row in block).replace("\tNone", "\t\\N")
