"""Statements as their reader may see them; the first argument is who asks (REMB-02, A40, A79)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Sum
from django.db.models.functions import ExtractYear

from entraide.portal.domain.claims.models import Statement
from entraide.portal.domain.claims.payments import SeenPayments, gather, oldest_first
from entraide.portal.domain.claims.periods import month_of, year_of
from entraide.portal.domain.claims.sight import Family, family_of, oneself_of
from entraide.portal.domain.members.viewer import Viewer

Days = tuple[date, date]


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
    """Newest first; `years` are those with a statement for this reader, newest first too."""

    year: int
    years: tuple[int, ...]
    statements: tuple[StatementSummary, ...]


@dataclass(frozen=True, slots=True)
class ReaderStatement(SeenPayments):
    """A statement cut for one reader."""

    summary: StatementSummary
    issued_on: date


def statements_of(viewer: Viewer, *, year: int | None = None, on: date) -> YearOfStatements | None:
    """One year's statements: the last one with any, when none is named; None for a year without.

    Ranks count what this reader sees, so that a missing one tells nothing (REMB-02, A40). Four queries.
    """
    family = family_of(viewer, on=on)
    years = _years(viewer, family)
    if year is None:
        year = max(years, default=on.year)
    elif year not in years:
        return None
    return YearOfStatements(
        year, years, tuple(_summaries(viewer, family, among=year_of(year))) if years else ()
    )


def _years(viewer: Viewer, family: Family) -> tuple[int, ...]:
    """Asks of each statement whether there is one line: nothing is read of the lines themselves."""
    known = family.known_lines().filter(payment__statement_id=OuterRef("pk"))
    seen = Statement.objects.filter(Exists(known), member_id=viewer.member_id)
    years = seen.order_by().values_list(ExtractYear("issued_on"), flat=True).distinct()
    return tuple(sorted(years, reverse=True))


def _summaries(viewer: Viewer, family: Family, *, among: Days | None = None) -> list[StatementSummary]:
    """Newest first. `among`: whole months, since ranks count within them; None: all there are."""
    lines = family.known_lines()
    if among is not None:
        issued = Statement.objects.filter(member_id=viewer.member_id, issued_on__range=among)
        # Named one by one: joined, databases walk through every line of the family to find those of a month.
        lines = lines.filter(payment__statement_id__in=list(issued.values_list("pk", flat=True)))
    rows = (
        lines.values_list("payment__statement_id", "payment__statement__issued_on")
        .annotate(paid=Sum("amc"))
        .order_by("payment__statement__issued_on", "payment__statement__number")
    )
    found: list[StatementSummary] = []
    for identifier, issued_on, paid in rows:
        month = issued_on.replace(day=1)
        rank = found[-1].rank + 1 if found and found[-1].month == month else 1
        found.append(StatementSummary(identifier, month, rank, paid, issued_on))
    return found[::-1]


def statement_of(viewer: Viewer, statement_id: UUID, *, on: date) -> ReaderStatement | None:
    """One statement, holding only what its reader may see (A40); None when nothing of it is for them."""
    return _statement(viewer, family_of(viewer, on=on), statement_id)


def own_statements_of(viewer: Viewer) -> list[StatementSummary]:
    """As `statements_of`, of the viewer's own care alone (A79)."""
    return _summaries(viewer, oneself_of(viewer))


def own_statement_of(viewer: Viewer, statement_id: UUID) -> ReaderStatement | None:
    """As `statement_of`, with the viewer's own care alone (A79)."""
    return _statement(viewer, oneself_of(viewer), statement_id)


def _statement(viewer: Viewer, family: Family, statement_id: UUID) -> ReaderStatement | None:
    lines = family.known_lines().filter(payment__statement_id=statement_id)
    rows = list(lines.select_related("payment__statement").order_by("reference"))
    if not rows:
        return None
    issued_on = rows[0].payment.statement.issued_on
    of_month = _summaries(viewer, family, among=month_of(issued_on))
    return ReaderStatement(
        payments=oldest_first(gather(rows, family)),
        summary=next(one for one in of_month if one.id == statement_id),
        issued_on=issued_on,
    )
