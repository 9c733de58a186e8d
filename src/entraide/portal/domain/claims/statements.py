"""Statements as their reader may see them; the first argument is who asks (REMB-02, A40, A79)."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, QuerySet, Subquery, Sum

from entraide.portal.domain.claims.models import Statement
from entraide.portal.domain.claims.paid_lines import read
from entraide.portal.domain.claims.payments import SeenPayments, gather, oldest_first
from entraide.portal.domain.claims.periods import month_of, year_of
from entraide.portal.domain.claims.sight import Family, family_of, oneself_of
from entraide.portal.domain.members.viewer import Viewer

# A year of most members; a family with care every week has more.
STATEMENTS_PER_PAGE = 12


@dataclass(frozen=True, slots=True)
class StatementSummary:
    """A statement as its reader may see it. `rank`: 2 for the second one of a month; `paid` in cents."""

    id: UUID
    month: date
    rank: int
    paid: int
    issued_on: date


@dataclass(frozen=True, slots=True)
class YearOfStatements:
    """Newest first; `years` go from the first to the last one with a statement for this reader, newest first.

    One in between may have none: which one would tell nothing, and is not looked for.
    """

    year: int
    years: tuple[int, ...]
    page: Page[StatementSummary]


@dataclass(frozen=True, slots=True)
class ReaderStatement(SeenPayments):
    """A statement cut for one reader."""

    summary: StatementSummary
    issued_on: date


def statements_of(
    viewer: Viewer, *, year: int | None = None, page: int | str = 1, on: date
) -> YearOfStatements | None:
    """One year's statements: the last one with any, when none is named; None for a year without.

    Ranks count what this reader sees, so that a missing one tells nothing (REMB-02, A40). Five queries.
    """
    family = family_of(viewer, on=on)
    years = _years(viewer, family)
    if year is None:
        year = max(years, default=on.year)
    elif year not in years:
        return None
    found = _named(_seen(viewer, family).filter(issued_on__range=year_of(year)) if years else None)
    shown: Page[Any] = Paginator(found, STATEMENTS_PER_PAGE).get_page(page)
    paid = _paid(family, [one.id for one in shown])
    summaries = [replace(one, paid=paid[one.id]) for one in shown]
    return YearOfStatements(year, years, Page(summaries, shown.number, shown.paginator))


def _seen(viewer: Viewer, family: Family) -> QuerySet[Statement]:
    """The statements that hold something for this reader."""
    known = family.known_lines().filter(payment__statement_id=OuterRef("pk"))
    # As a value, not `Exists`: PostgreSQL would join all lines of ten years rather than look for one.
    one = Subquery(known.values("payment_id")[:1])
    return Statement.objects.alias(one=one).filter(one__isnull=False, member_id=viewer.member_id)


def _years(viewer: Viewer, family: Family) -> tuple[int, ...]:
    """Two queries, by the index of statements and their days: those in between are not looked at."""
    days = _seen(viewer, family).values_list("issued_on", flat=True)
    last = days.order_by("-issued_on").first()
    first = days.order_by("issued_on").first() if last else None
    return tuple(range(last.year, first.year - 1, -1)) if last and first else ()


def _named(seen: QuerySet[Statement] | None) -> list[StatementSummary]:
    """Of whole months, since ranks count within them; newest first, what was paid not read yet. One query."""
    found: list[StatementSummary] = []
    if seen is not None:
        for pk, issued_on in seen.order_by("issued_on", "number").values_list("pk", "issued_on"):
            month = issued_on.replace(day=1)
            rank = found[-1].rank + 1 if found and found[-1].month == month else 1
            found.append(StatementSummary(pk, month, rank, 0, issued_on))
    return found[::-1]


def _paid(family: Family, statements: list[UUID]) -> dict[UUID, int]:
    """In cents, of what this reader knows. One query."""
    # Named one by one: joined, databases walk through every line of the family to find those of a month.
    lines = family.known_lines().filter(payment__statement_id__in=statements).order_by()
    return dict(lines.values_list("payment__statement_id").annotate(paid=Sum("amc")))


def _summaries(seen: QuerySet[Statement], family: Family) -> list[StatementSummary]:
    found = _named(seen)
    paid = _paid(family, [one.id for one in found])
    return [replace(one, paid=paid[one.id]) for one in found]


def statement_of(viewer: Viewer, statement_id: UUID, *, on: date) -> ReaderStatement | None:
    """One statement, holding only what its reader may see (A40); None when nothing of it is for them."""
    return _statement(viewer, family_of(viewer, on=on), statement_id)


def own_statements_of(viewer: Viewer) -> list[StatementSummary]:
    """As `statements_of`, of the viewer's own care alone (A79)."""
    family = oneself_of(viewer)
    return _summaries(_seen(viewer, family), family)


def own_statement_of(viewer: Viewer, statement_id: UUID) -> ReaderStatement | None:
    """As `statement_of`, with the viewer's own care alone (A79)."""
    return _statement(viewer, oneself_of(viewer), statement_id)


def _statement(viewer: Viewer, family: Family, statement_id: UUID) -> ReaderStatement | None:
    lines = family.known_lines().filter(payment__statement_id=statement_id)
    rows = read(lines.order_by("reference"))
    if not rows:
        return None
    issued_on = Statement.objects.values_list("issued_on", flat=True).get(pk=statement_id)
    seen = _seen(viewer, family).filter(issued_on__range=month_of(issued_on))
    of_month = _summaries(seen, family)
    return ReaderStatement(
        payments=oldest_first(gather(rows, family)),
        summary=next(one for one in of_month if one.id == statement_id),
        issued_on=issued_on,
    )
