"""Everything that a person received from the mutual, newest first, as that person may see it (A36, A40)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from entraide.portal.domain.claims.sight import relatives_of
from entraide.portal.domain.correspondence.enums import ReceivedKind
from entraide.portal.domain.correspondence.rows import Received, kinds_and_years, merged, of_year
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
    order = [one.value for one in ReceivedKind]
    return found_in(kinds_and_years(_branches(recipient, None)), order=order)


def received_by(
    recipient: Recipient,
    *,
    kind: ReceivedKind | None = None,
    year: int | None = None,
    page: int | str = 1,
) -> Page[Received]:
    """One page of it, cut by the database. Two queries, however long the history."""
    branches = _branches(recipient, kind)
    if year is not None:
        branches = [of_year(one, year) for one in branches]
    if not branches:
        return Paginator[Received]([], PER_PAGE).get_page(1)
    shown: Page[Any] = Paginator(merged(branches), PER_PAGE).get_page(page)
    return Page([Received(*row) for row in shown.object_list], shown.number, shown.paginator)


def found_in(rows: Iterable[tuple[str, int]], *, order: Iterable[str]) -> Found:
    """The kinds and years of rows of both."""
    pairs = list(rows)
    kinds, years = {kind for kind, _ in pairs}, {year for _, year in pairs}
    return Found(tuple(one for one in order if one in kinds), tuple(sorted(years, reverse=True)))


def _branches(recipient: Recipient, wanted: ReceivedKind | None) -> list[QuerySet[Any]]:
    kinds = recipient.branches.items()
    return [rows for kind, branches in kinds if wanted in (None, kind) for rows in branches]
