"""Everything that a person received from the mutual, newest first, as that person may see it (A36, A40)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator

from entraide.portal.domain.claims.sight import relatives_of
from entraide.portal.domain.correspondence.enums import ReceivedKind
from entraide.portal.domain.correspondence.rows import Received, merged
from entraide.portal.domain.correspondence.sources import Recipient
from entraide.portal.domain.members.viewer import Viewer

PER_PAGE = 10


@dataclass(frozen=True, slots=True)
class Found:
    """What can be looked for: kinds in their usual order, years newest first."""

    kinds: tuple[str, ...]
    years: tuple[int, ...]


def recipient_of(viewer: Viewer, *, now: datetime) -> Recipient:
    """One query."""
    return Recipient(viewer, tuple(relatives_of(viewer)), now)


def what_was_received(recipient: Recipient) -> Found:
    """The kinds and the years of which there is something. One query."""
    pairs = [(kind, year) for kind, year, _ in recipient.counts]
    return found_in(pairs, order=[one.value for one in ReceivedKind])


def received_by(
    recipient: Recipient,
    *,
    kind: ReceivedKind | None = None,
    year: int | None = None,
    page: int | str = 1,
) -> Page[Received]:
    """One page of it, cut by the database. One query, however long the history, after `what_was_received`."""
    # As Django's paginator takes it: a length and slices. Its type asks for more.
    every: Any = _Archive(recipient, kind, year)
    shown: Page[Any] = Paginator(every, PER_PAGE).get_page(page)
    return Page([Received(*row) for row in shown.object_list], shown.number, shown.paginator)


@dataclass(frozen=True, slots=True)
class _Archive:
    """What was received of a kind and a year (None: of all), newest first.

    The numbers of each year tell between which years a page lies: the others are not read.
    """

    recipient: Recipient
    kind: ReceivedKind | None
    year: int | None

    def __len__(self) -> int:
        return sum(number for _, _, number in self._wanted())

    def __getitem__(self, place: slice) -> list[tuple[Any, ...]]:
        numbers: Counter[int] = Counter()
        for _, year, number in self._wanted():
            numbers[year] += number
        newer, reached, years = 0, 0, []
        for year in sorted(numbers, reverse=True):
            if reached < place.stop:
                reached += numbers[year]
                if reached > place.start:
                    years.append(year)
                else:
                    newer = reached
        if not years:
            return []
        last, first = years[0], years[-1]
        kinds = {kind for kind, year, _ in self._wanted() if first <= year <= last}
        rows = [one.of_years(first, last) for one in self.recipient.branches if one.kind in kinds]
        return list(merged(rows)[place.start - newer : place.stop - newer])

    def _wanted(self) -> list[tuple[str, int, int]]:
        return [
            (kind, year, number)
            for kind, year, number in self.recipient.counts
            if self.kind in (None, kind) and self.year in (None, year)
        ]


def found_in(rows: Iterable[tuple[str, int]], *, order: Iterable[str]) -> Found:
    """The kinds and years of rows of both."""
    pairs = list(rows)
    kinds, years = {kind for kind, _ in pairs}, {year for _, year in pairs}
    return Found(tuple(one for one in order if one in kinds), tuple(sorted(years, reverse=True)))
