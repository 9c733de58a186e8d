"""What an app of the domain gives to the export of one person's data (A79): tables, and files.

Each app that stores something about a person has a function `personal_data_of(person_id)`, named in
`config/wiring.py`. It gives what is that person's and nothing of anybody else: no name of a relative, no sum
that counts them in. Amounts are cents; whoever writes the export gives days and moments their form.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any, Protocol
from uuid import UUID

from django.db.models import QuerySet

from entraide.portal.domain.members.viewer import Viewer

# A list or a mapping holds ids, codes, counts and cents only.
Cell = str | int | bool | date | datetime | UUID | list[Any] | dict[str, Any] | None
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under their columns, read anew from the database each time `rows` is called, never all at once."""

    name: str
    columns: tuple[str, ...]
    rows: Callable[[], Iterator[Row]]


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file by its path inside the export; its bytes come when they are asked for."""

    path: str
    chunks: Callable[[], Iterator[bytes]]


def table_of(name: str, rows: QuerySet[Any], *columns: str) -> Table:
    """These attributes of each row; `payment.paid_on` becomes the column `payment_paid_on`."""
    getters = [attrgetter(one) for one in columns]
    return Table(
        name,
        tuple(one.replace(".", "_") for one in columns),
        lambda: (tuple(get(row) for get in getters) for row in rows.iterator(chunk_size=500)),
    )


Tables = Callable[[UUID], list[Table]]


class Files(Protocol):
    """Gives the files of the viewer's own export; words are in `language`, rights are those of the day."""

    def __call__(self, viewer: Viewer, *, language: str, on: date) -> Iterator[OwnFile]: ...
