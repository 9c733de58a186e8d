"""One shape for everything received, so that the database can merge, sort and cut several tables as one."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import (
    BigIntegerField,
    CharField,
    DateField,
    Expression,
    F,
    Field,
    IntegerField,
    QuerySet,
    UUIDField,
    Value,
)
from django.db.models.functions import Cast, ExtractYear

from entraide.portal.domain.correspondence.enums import ReceivedKind
from entraide.profiles import Text

Rows = QuerySet[Any, tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Received:
    """One thing that somebody received on a day; what does not apply is blank or 0.

    `id` is the object that its page opens: the statement, the contract, the document, the person of an
    account, the export. `number`: the rank of a statement in its month, the year of a table. `size` in bytes.
    """

    on: date
    kind: str
    id: UUID
    reference: str
    state: str
    category: str
    type: str
    title_fr: str
    title_en: str
    number: int
    size: int

    @property
    def title(self) -> Text:
        return Text(self.title_fr, self.title_en)


_TEXTS = ("kind", "reference", "state", "category", "type", "title_fr", "title_en")
_NAMES = tuple(one.name for one in fields(Received))
_PREFIX = "received_"
_COLUMNS = tuple(_PREFIX + name for name in _NAMES)
# The newest day first; within a day an order that stays the same from one page to the next.
ORDER = (f"-{_PREFIX}on", f"{_PREFIX}kind", f"-{_PREFIX}number", f"{_PREFIX}id", f"{_PREFIX}state")


def branch(rows: QuerySet[Any], kind: ReceivedKind, *, on: Any, **columns: Any) -> QuerySet[Any]:
    """The rows of one table with the columns of all: `on` is a day, the others default to blank or 0."""
    given = {"on": on, "kind": Value(kind.value), "id": F("pk"), **columns}
    columns = {_PREFIX + name: _column(name, given.get(name)) for name in _NAMES}
    shaped: QuerySet[Any] = rows.order_by().annotate(**columns)
    return shaped


def of_year(rows: QuerySet[Any], year: int) -> QuerySet[Any]:
    """The rows of a `branch` of one civil year."""
    return rows.filter(**{f"{_PREFIX}on__range": (date(year, 1, 1), date(year, 12, 31))})


def merged(branches: list[QuerySet[Any]]) -> Rows:
    """All of them as one, newest first; each row gives the values of a `Received`."""
    first, *others = (one.values_list(*_COLUMNS) for one in branches)
    whole: Rows = first.union(*others).order_by(*ORDER)
    return whole


def kinds_and_years(branches: list[QuerySet[Any]]) -> list[tuple[str, int]]:
    """Every kind that there is with every year of it. One query."""
    first, *others = (one.values_list(f"{_PREFIX}kind", ExtractYear(f"{_PREFIX}on")) for one in branches)
    return list(first.union(*others))


def _column(name: str, given: Any) -> Expression:
    # Each value is cast: a database that merges tables compares the types of their columns.
    if name in _TEXTS:
        return Cast(Value("") if given is None else given, CharField())
    types: dict[str, Field[Any, Any]] = {
        "on": DateField(),
        "id": UUIDField(),
        "number": IntegerField(),
        "size": BigIntegerField(),
    }
    return Cast(Value(0) if given is None else given, types[name])
