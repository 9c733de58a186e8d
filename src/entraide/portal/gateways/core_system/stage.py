"""A temporary table that receives the rows of a file as fast as the database can load them."""
# ruff: noqa: S608 (names of our own layouts only)

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from django.db import DatabaseError, connection

_TYPES = {
    "sqlite": {"text": "TEXT", "date": "TEXT", "integer": "INTEGER", "uuid": "TEXT"},
    "postgresql": {"text": "text", "date": "date", "integer": "bigint", "uuid": "uuid"},
}
_NULL = "\\N"
_LARGE = 10_000


class Stage:
    """Lives as long as the connection at most: a run that is killed leaves nothing."""

    def __init__(self, name: str, kinds: Mapping[str, str]) -> None:
        self.name = name
        self.names = ("line", *kinds)
        self.kinds = ("integer", *kinds.values())
        self.rows = 0

    def create(self) -> None:
        types = _TYPES[connection.vendor]
        columns = [
            f"{_quoted(name)} {types[kind]}" for name, kind in zip(self.names, self.kinds, strict=True)
        ]
        # On SQLite the line is then the row's own number and costs nothing.
        columns[0] += " PRIMARY KEY" if connection.vendor == "sqlite" else ""
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS {self.name}")
            cursor.execute(f"CREATE TEMPORARY TABLE {self.name} ({', '.join(columns)})")

    def drop(self) -> None:
        with suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS {self.name}")

    def add(self, lines: Sequence[int], columns: Mapping[str, Sequence[Any]]) -> None:
        """Rows given column by column; the columns are those of the stage, in any order."""
        if not lines:
            return
        ordered = [lines, *(columns[name] for name in self.names[1:])]
        if connection.vendor == "sqlite":
            self._insert(ordered)
        else:
            self._copy(ordered)
        self.rows += len(lines)

    def ready(self, *, columns: Sequence[str] = ()) -> None:
        """Lets PostgreSQL know what is there: it does not look into temporary tables by itself.

        `columns` are those that rows are joined by; none: all of them.
        """
        if connection.vendor != "postgresql":
            return
        # A large file is joined by hashing. Where the planner takes a table for smaller than it has become,
        # it would read it again for every row.
        loops = "off" if self.rows >= _LARGE else "on"
        with connection.cursor() as cursor:
            looked_at = f" ({', '.join(map(_quoted, columns))})" if columns else ""
            cursor.execute(f"ANALYZE {self.name}{looked_at}")
            cursor.execute(f"SET enable_nestloop = {loops}")

    def _insert(self, columns: Sequence[Sequence[Any]]) -> None:
        places = ", ".join(["%s"] * len(columns))
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {self.name} VALUES ({places})", list(zip(*columns, strict=True)))

    def _copy(self, columns: Sequence[Sequence[Any]]) -> None:
        texts = [_for_copy(column, kind) for column, kind in zip(columns, self.kinds, strict=True)]
        data = "\n".join(map("\t".join, zip(*texts, strict=True)))
        copying = f"COPY {self.name} FROM STDIN"
        with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(copying) as copy:
            copy.write(data + "\n")


@contextmanager
def loading() -> Iterator[None]:
    """One transaction around the filling of a stage: SQLite then writes to its temporary file alone."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        # Not atomic(): that would be IMMEDIATE, and keep every page from writing while the file is read.
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            # A full disk may have ended it already.
            if connection.connection.in_transaction:
                cursor.execute("COMMIT")


_FOR_WHOLE_FILES = {"statement_timeout": "0", "jit": "off", "enable_nestloop": "on"}


@contextmanager
def for_whole_files() -> Iterator[None]:
    """Settings of PostgreSQL for statements over a whole file, which may take longer than those of a page."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        for name, value in _FOR_WHOLE_FILES.items():
            cursor.execute(f"SET {name} = {value}")
    wait, connection.connection.longest_wait = connection.connection.longest_wait, None
    try:
        yield
    finally:
        if connection.connection is not None:
            connection.connection.longest_wait = wait
        with suppress(DatabaseError), connection.cursor() as cursor:
            for name in _FOR_WHOLE_FILES:
                cursor.execute(f"RESET {name}")


def _for_copy(column: Sequence[Any], kind: str) -> Sequence[str]:
    if column.count(column[0]) < len(column):
        return _each(column, kind)
    # Many columns of a wide file say the same in every row, mostly nothing.
    return list(_each(column[:1], kind)) * len(column)


def _each(column: Sequence[Any], kind: str) -> Sequence[str]:
    if kind == "integer" and None not in column:
        return list(map(str, column))
    if kind == "integer":
        return [_NULL if value is None else str(value) for value in column]
    if kind == "text" and any("\\" in text for text in column if text):
        column = [text and text.replace("\\", "\\\\") for text in column]
    return [_NULL if value is None else value for value in column] if None in column else column


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
