"""What a contract promises for the care of one year, read from the engine's own tables (PROF-07)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings

from entraide.portal.domain.contracts.enums import CoverageTier
from entraide.portal.domain.contracts.examples import ExampleRow, examples_by_heading
from entraide.portal.domain.contracts.guarantee_search import answers
from entraide.portal.domain.contracts.queries import ContractFile, contracts_of
from entraide.portal.domain.members.viewer import Viewer
from entraide.reimbursement import Contract
from entraide.reimbursement.complementary.rows import HEADINGS, GuaranteeRow, rows_of

_TIERS = (CoverageTier.BASE, CoverageTier.OPTION, CoverageTier.TOP_UP)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class HeldTable:
    """A contract of the viewer with its table for some days; `people`: whom it covers then."""

    contract: ContractFile
    table: Contract
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """One part of the table: what is promised, what the law alone promises, and what nobody pays.

    `floors` are the rules of the responsible contract that hold for this care (M1 to M6).
    """

    code: str
    rows: tuple[GuaranteeRow, ...]
    by_law: tuple[GuaranteeRow, ...]
    not_covered: tuple[GuaranteeRow, ...]
    floors: tuple[str, ...]
    examples: tuple[ExampleRow, ...]


@dataclass(frozen=True, slots=True)
class TablePart:
    """Days of care (both included) for which the same tables serve; contracts in the order they pay.

    `held` is empty when the contract has no table for these days. `shown_on` is the day of the public
    figures. `without_table`: other contracts of those days that the portal has no table of.
    """

    first: date
    last: date
    shown_on: date
    held: tuple[HeldTable, ...]
    without_table: tuple[ContractFile, ...]
    headings: tuple[Heading, ...]

    @property
    def covers_differ(self) -> bool:
        """Whether one of the contracts covers people that another does not."""
        return len({frozenset(one.people) for one in self.held}) > 1


@dataclass(frozen=True, slots=True)
class GuaranteeTable:
    """`years` are those that can be asked for, newest first; none when the portal has no table at all."""

    contract: ContractFile
    year: int
    years: tuple[int, ...]
    parts: tuple[TablePart, ...]

    @property
    def is_written(self) -> bool:
        """Whether the portal has a table of this contract for some day of the year."""
        return any(part.held for part in self.parts)

    @property
    def size(self) -> int:
        """How many rows there are, care that is not covered included."""
        return sum(
            len(rows)
            for part in self.parts
            for one in part.headings
            for rows in (one.rows, one.by_law, one.not_covered)
        )


def guarantee_table_of(
    viewer: Viewer, contract_id: UUID, *, year: int | None = None, on: date
) -> GuaranteeTable | None:
    """None when the contract is not there, not for this viewer (A36), or has no such year.

    Care dates decide: a table that changed in the year gives two parts. Without `year`, that of `on`.
    """
    held = sorted(contracts_of(viewer, on=on), key=lambda one: (_TIERS.index(one.tier), one.subscribed_on))
    contract = next((one for one in held if one.id == contract_id), None)
    if contract is None:
        return None
    years = _years(contract, on=on)
    if year is None:
        year = min(on.year, years[0]) if years else on.year
    elif year not in years:
        return None
    parts = tuple(_part(held, contract, span, on=on) for span in _spans(held, contract, year))
    return GuaranteeTable(contract=contract, year=year, years=years, parts=parts)


def found_in(table: GuaranteeTable, *, query: str, heading: str) -> GuaranteeTable:
    """The same table with the rows that answer the words and stand under the heading; empty: all."""
    return replace(
        table,
        parts=tuple(
            replace(part, headings=tuple(_found(part.headings, query=query, heading=heading)))
            for part in table.parts
        ),
    )


def _found(headings: Iterable[Heading], *, query: str, heading: str) -> Iterator[Heading]:
    for one in headings:
        if heading and one.code != heading:
            continue
        kept = replace(
            one,
            rows=tuple(row for row in one.rows if answers(row, query)),
            by_law=tuple(row for row in one.by_law if answers(row, query)),
            not_covered=tuple(row for row in one.not_covered if answers(row, query)),
        )
        if kept.rows or kept.by_law or kept.not_covered:
            yield kept


def _versions(contract: ContractFile) -> tuple[Contract, ...]:
    return tuple(settings.PROFILE.guarantees.get(contract.number, ()))


def _years(contract: ContractFile, *, on: date) -> tuple[int, ...]:
    """From the first year with a table to this one, and the next as soon as its table is known."""
    versions = _versions(contract)
    if not versions:
        return ()
    last = max(on.year, *(one.valid_from.year for one in versions if one.valid_from.year <= on.year + 1))
    if contract.ended_on is not None:
        last = min(last, contract.ended_on.year)
    first = max(contract.subscribed_on.year, min(one.valid_from.year for one in versions))
    return tuple(range(last, first - 1, -1))


def _spans(held: Sequence[ContractFile], contract: ContractFile, year: int) -> Iterator[tuple[date, date]]:
    """The days of the contract in the year, cut where any contract or table begins or ends."""
    first = max(date(year, 1, 1), contract.subscribed_on)
    last = min(date(year, 12, 31), contract.ended_on or date.max)
    if first > last:
        return
    begins = {first}
    for one in held:
        changes = {one.subscribed_on, *_next_day(one.ended_on)}
        for table in _versions(one):
            changes |= {table.valid_from, *_next_day(table.valid_until)}
        # A table that changes before or after its contract changes nothing.
        begins |= {
            day for day in changes if one.subscribed_on <= day <= max(_next_day(one.ended_on) or {day})
        }
    cuts = sorted(day for day in begins if first <= day <= last)
    for number, day in enumerate(cuts):
        yield day, (cuts[number + 1] - _DAY if number + 1 < len(cuts) else last)


def _next_day(day: date | None) -> set[date]:
    return set() if day is None or day == date.max else {day + _DAY}


def _part(
    held: Sequence[ContractFile], contract: ContractFile, span: tuple[date, date], *, on: date
) -> TablePart:
    first, last = span
    shown_on = min(max(on, first), last)
    running = [one for one in held if one.subscribed_on <= first and (one.ended_on or date.max) >= first]
    tables = {
        one.id: next((each for each in _versions(one) if each.in_force(first)), None) for one in running
    }
    if tables[contract.id] is None:
        return TablePart(first, last, shown_on, held=(), without_table=(), headings=())
    together = tuple(
        HeldTable(one, table, _people(one, span)) for one in running if (table := tables[one.id]) is not None
    )
    return TablePart(
        first=first,
        last=last,
        shown_on=shown_on,
        held=together,
        without_table=tuple(one for one in running if tables[one.id] is None),
        headings=tuple(_headings([one.table for one in together], on=shown_on)),
    )


def _people(contract: ContractFile, span: tuple[date, date]) -> tuple[str, ...]:
    first, last = span
    return tuple(
        one.full_name
        for one in contract.people
        if one.starts_on <= last and (one.ends_on is None or one.ends_on >= first)
    )


def _headings(tables: Sequence[Contract], *, on: date) -> Iterator[Heading]:
    rows = rows_of(tables, on)
    examples = examples_by_heading(tables, on=on)
    for code in HEADINGS:
        here = [row for row in rows if row.heading == code]
        if here:
            yield Heading(
                code=code,
                rows=tuple(row for row in here if row.is_promised),
                by_law=tuple(row for row in here if not row.is_promised and row.floors),
                not_covered=tuple(row for row in here if not row.is_promised and not row.floors),
                floors=tuple(dict.fromkeys(floor for row in here for floor in row.floors)),
                examples=examples.get(code, ()),
            )
