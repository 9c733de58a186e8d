"""The lines of a feed that are still in, person after person, in the order of care."""
# ruff: noqa: S608 (names of our own stages only)

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple, cast
from uuid import UUID

from django.db import connection

from entraide.portal.domain.adjudication.enums import RecordKind
from entraide.portal.domain.adjudication.stages import LINES, PEOPLE, STILL_IN
from entraide.portal.domain.imports import quoted

_REVERSAL = RecordKind.REVERSAL.value
_FETCHED = 2000
_PEOPLE_AT_ONCE = 500
_LINES_AT_ONCE = 2500


class StagedLine(NamedTuple):
    """One line of the file, with the names of a stored line. `pk` and `takes_back` are hexadecimal."""

    line: int
    person: str
    pk: str
    takes_back: str | None
    record: str
    reference: str
    claim_number: str
    care_date: date
    act_code: str
    professional: str
    charged: int
    base: int
    rate: int
    amo: int
    withheld: int | None
    quantity: int
    sector: str
    pathway: str
    exemption: str
    side: str
    tooth: str
    lens_right: str
    lens_left: str
    sight_changed: bool
    stay_from: date | None
    stay_until: date | None
    ward: str

    @property
    def is_care(self) -> bool:
        return self.record != _REVERSAL


# Names of the stage that differ from ours.
_COLUMNS = {
    "line": "s.line",
    "person": "p.person",
    "pk": "s.id",
    "reference": "s.line_id",
    "sight_changed": "s.sight_changed = 'yes'",
}


def people_in_order() -> Iterator[dict[UUID, list[StagedLine]]]:
    """Some people at a time, with all their lines: memory does not grow with the file."""
    some: dict[UUID, list[StagedLine]] = {}
    lines = 0
    for person, rows in groupby(_rows(), key=lambda row: row.person):
        some[UUID(person)] = of_person = list(rows)
        lines += len(of_person)
        if lines >= _LINES_AT_ONCE or len(some) >= _PEOPLE_AT_ONCE:
            yield some
            some, lines = {}, 0
    if some:
        yield some


def _rows() -> Iterator[StagedLine]:
    columns = ", ".join(_COLUMNS.get(name, f"s.{quoted(name)}") for name in StagedLine._fields)
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            f"SELECT {columns} FROM {LINES} s JOIN {PEOPLE} p ON p.identity = s.identity "
            f"WHERE p.attached = 1 AND {STILL_IN} "
            "ORDER BY p.person, s.care_date, s.claim_number, s.statement_number, s.line_id"
        )
        while rows := cursor.fetchmany(_FETCHED):
            if connection.vendor == "postgresql":
                yield from map(_from_postgresql, rows)
            else:
                yield from map(_from_sqlite, rows)


_PK, _BACK, _DAY = (StagedLine._fields.index(name) for name in ("pk", "takes_back", "care_date"))
_STAY = StagedLine._fields.index("stay_from")
_SIGHT = StagedLine._fields.index("sight_changed")


def _from_postgresql(row: tuple[Any, ...]) -> StagedLine:
    values = list(row)
    values[_PK] = values[_PK].hex
    values[_BACK] = values[_BACK] and values[_BACK].hex
    return StagedLine._make(values)


def _from_sqlite(row: tuple[Any, ...]) -> StagedLine:
    values = list(row)
    values[_DAY] = date.fromisoformat(values[_DAY])
    values[_SIGHT] = bool(values[_SIGHT])
    for place in (_STAY, _STAY + 1):
        values[place] = values[place] and date.fromisoformat(values[place])
    return StagedLine._make(values)


def kinds_of_lines() -> list[tuple[str, str, str, str]]:
    """Act, sector, pathway and exemption, each combination once."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT act_code, sector, pathway, exemption FROM {LINES}")
        return cast("list[tuple[str, str, str, str]]", cursor.fetchall())
