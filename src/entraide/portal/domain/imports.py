"""What every import does in the database: checks over whole sets, then one statement that stores.

The rows of a file wait in a temporary table, the stage, aliased `s` in the SQL of the apps. Its column
`line` is the line in the file; the others are named as the columns of the file, and hold checked values.
"""
# ruff: noqa: S608 (the SQL is made of names of our own models and stages; no value of a file is ever in it)

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.db import connection
from django.db.models import Model

from entraide.portal.foundation.events.facts import Fact

FINDINGS_SHOWN = 100
# A file with more faults than this is not worth reading to its end.
FINDINGS_COUNTED = 10_000
_WORTH_TELLING = 1000


@dataclass(frozen=True, kw_only=True)
class FileImported(Fact):
    """A file of the management system was taken in. Counts only, nobody is named."""

    personal_data: ClassVar[str] = "none"
    file: str
    new: int
    changed: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong in a file. `line` is None when it is about the file as a whole."""

    line: int | None
    column: str
    found: str
    expected: str


@dataclass(slots=True)
class Findings:
    """The first faults of a file, and how many there are in all."""

    shown: list[Finding] = field(default_factory=list)
    total: int = 0

    def add(self, finding: Finding) -> None:
        self.total += 1
        if len(self.shown) < FINDINGS_SHOWN:
            self.shown.append(finding)

    def search(self, sql: str, *, column: str, expected: str) -> None:
        """Adds one finding per row of `sql`, which selects the line, what was found and, if it varies, what
        was expected (put in place of `{}`)."""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT f.*, COUNT(*) OVER () FROM ({sql}) f ORDER BY 1 LIMIT {FINDINGS_SHOWN}")
            rows = cursor.fetchall()
        for line, found, *more, _ in rows:
            self.add(Finding(line, column, f'"{found}"', expected.format(*more)))
        if rows:
            self.total += rows[0][-1] - len(rows)


class Refused(Exception):
    """What was stored does not hold together; the transaction must not stay."""

    def __init__(self, findings: Findings) -> None:
        super().__init__(f"{findings.total} faults")
        self.findings = findings


@dataclass(frozen=True, slots=True)
class Counts:
    new: int
    changed: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class Upsert:
    """How a stage becomes rows: `values` gives the SQL of each column, `key` the columns that know a row.

    Rows that exist keep their `id` when it is no part of the key, and are written only if something differs.
    """

    model: type[Model]
    stage: str
    key: tuple[str, ...]
    values: Mapping[str, str]
    joins: str = ""

    def run(self) -> Counts:
        """Stores new and changed rows with one statement, whatever their number."""
        with connection.cursor() as cursor:
            cursor.execute(self._counting())
            staged, known, changed = cursor.fetchone()
            if known < staged or changed:
                cursor.execute(self._storing(updating=bool(changed)))
        tell_planner(self.model, written=staged - known + changed)
        return Counts(new=staged - known, changed=changed, unchanged=known - changed)

    @property
    def _table(self) -> str:
        return quoted(self.model._meta.db_table)

    def _source(self) -> str:
        same = " AND ".join(f"t.{quoted(name)} = {self.values[name]}" for name in self.key)
        return f"FROM {self.stage} s {self.joins} LEFT JOIN {self._table} t ON {same}"

    def _differs(self) -> str:
        names = self._updated()
        theirs = ", ".join(f"t.{quoted(name)}" for name in names)
        ours = ", ".join(self.values[name] for name in names)
        operator = "IS NOT" if connection.vendor == "sqlite" else "IS DISTINCT FROM"
        return f"({theirs}) {operator} ({ours})"

    def _updated(self) -> Sequence[str]:
        return [name for name in self.values if name not in {"id", *self.key}]

    def _counting(self) -> str:
        changed = f"COALESCE(SUM(CASE WHEN t.id IS NOT NULL AND {self._differs()} THEN 1 ELSE 0 END), 0)"
        return f"SELECT COUNT(*), COUNT(t.id), {changed} {self._source()}"

    def _storing(self, *, updating: bool) -> str:
        columns = ", ".join(map(quoted, self.values))
        chosen = f" OR {self._differs()}" if updating else ""
        insert = (
            f"INSERT INTO {self._table} ({columns}) SELECT {', '.join(self.values.values())} "
            f"{self._source()} WHERE (t.id IS NULL{chosen})"
        )
        if not updating:
            return insert
        changes = ", ".join(f"{quoted(name)} = excluded.{quoted(name)}" for name in self._updated())
        return f"{insert} ON CONFLICT ({', '.join(map(quoted, self.key))}) DO UPDATE SET {changes}"


def tell_planner(model: type[Model], *, written: int, columns: Sequence[str] = ()) -> None:
    """PostgreSQL would learn only minutes later that a table has grown, and plan the next files as before.

    `columns` are those that rows are looked for by; looking at all of a wide table takes long.
    """
    if connection.vendor == "postgresql" and written >= _WORTH_TELLING:
        looked_at = f" ({', '.join(map(quoted, columns))})" if columns else ""
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {table(model)}{looked_at}")


def quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def table(model: type[Model]) -> str:
    return quoted(model._meta.db_table)


def find_repeated(
    findings: Findings, stage: str, *, key: Sequence[str], column: str, shown: str = ""
) -> None:
    """A row of the file is known by `key`: every row after the first one with the same key is a fault."""
    names = ", ".join(key)
    same = " AND ".join(f"s.{name} = d.{name}" for name in key)
    found = f"s.{shown}" if shown else " || ' ' || ".join(f"s.{name}" for name in key)
    doubles = f"SELECT {names}, MIN(line) AS first_line FROM {stage} GROUP BY {names} HAVING COUNT(*) > 1"
    findings.search(
        f"SELECT s.line, {found} AS found, d.first_line FROM {stage} s "
        f"JOIN ({doubles}) d ON {same} WHERE s.line > d.first_line",
        column=column,
        expected="each one once in the file (it is on line {} already)",
    )


def rows_of(sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())
