"""One shape for everything received, so that the database can merge, sort and cut several tables as one."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import (
    BigIntegerField,
    CharField,
    Count,
    DateField,
    Expression,
    F,
    Field,
    IntegerField,
    QuerySet,
    UUIDField,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, TruncDate

from entraide.portal.domain.correspondence.enums import ReceivedKind
from entraide.portal.domain.correspondence.years import YearOfDay, YearOfMoment
from entraide.profiles import Text

Rows = QuerySet[Any, tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Received:
    """One thing that somebody received on a day; what does not apply is blank or 0.

    `id` is the object that its page opens: the statement, the contract, the document, the person of an
    account, the export. `by`: who asked, for an answer to a request. `number`: the rank of a statement in its
    month, the year of a table. `size` in bytes.
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
    by: UUID | None

    @property
    def title(self) -> Text:
        return Text(self.title_fr, self.title_en)


_TEXTS = ("kind", "reference", "state", "category", "type", "title_fr", "title_en")
_NAMES = tuple(one.name for one in fields(Received))
_PREFIX = "received_"
_COLUMNS = tuple(_PREFIX + name for name in _NAMES)
# The newest day first; within a day an order that stays the same from one page to the next.
_ORDER = (f"-{_PREFIX}on", f"{_PREFIX}kind", f"-{_PREFIX}number", f"{_PREFIX}id", f"{_PREFIX}state")


@dataclass(frozen=True)
class Branch:
    """The rows of one table, on their way to stand in one list with those of others.

    `on`: the column of their day or moment, which counts for its day in France. `columns`: what else a
    `Received` holds; blank, 0 or None unless given.
    """

    rows: QuerySet[Any]
    kind: ReceivedKind
    on: Combinable
    is_moment: bool = False
    columns: Mapping[str, Combinable] = field(default_factory=dict)

    @property
    def _dated(self) -> QuerySet[Any]:
        dated: QuerySet[Any] = self.rows.order_by().annotate(came_at=self.on)
        return dated

    @property
    def counted(self) -> QuerySet[Any]:
        """How many there are by year: kind, year, number."""
        year = (YearOfMoment if self.is_moment else YearOfDay)("came_at")
        groups = self._dated.values_list(Cast(Value(self.kind.value), CharField()), year)
        counted: QuerySet[Any] = groups.annotate(received_number=Count("pk"))
        return counted

    def of_years(self, first: int, last: int) -> QuerySet[Any]:
        """The rows of these years, both included, with every column of a `Received`."""
        rows = self._dated.filter(came_at__year__gte=first, came_at__year__lte=last)
        given = {"id": F("pk"), **self.columns, "on": self._day, "kind": Value(self.kind.value)}
        shaped: QuerySet[Any] = rows.annotate(
            **{_PREFIX + name: _column(name, given.get(name)) for name in _NAMES}
        ).values_list(*_COLUMNS)
        return shaped

    @property
    def _day(self) -> Combinable:
        return TruncDate("came_at") if self.is_moment else F("came_at")


def merged(rows: list[QuerySet[Any]]) -> Rows:
    """Those of several branches as one list, newest first; each row gives the values of a `Received`."""
    first, *others = rows
    whole: Rows = first.union(*others, all=True).order_by(*_ORDER)
    return whole


def counts_of(branches: list[Branch]) -> list[tuple[str, int, int]]:
    """How many there are of each kind in each year: kind, year, number. One query."""
    first, *others = (one.counted for one in branches)
    return list(first.union(*others, all=True))


def _column(name: str, given: Any) -> Expression:
    # Each value is cast: a database that merges tables compares the types of their columns.
    if name in _TEXTS:
        return Cast(Value("") if given is None else given, CharField())
    types: dict[str, Field[Any, Any]] = {
        "on": DateField(),
        "id": UUIDField(),
        "number": IntegerField(),
        "size": BigIntegerField(),
        "by": UUIDField(),
    }
    if name == "by":
        return Cast(Value(None) if given is None else given, types[name])
    return Cast(Value(0) if given is None else given, types[name])
