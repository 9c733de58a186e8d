"""Contributions of a membership; the first argument is who asks (COT-01). Amounts are cents."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from entraide.portal.domain.contributions.enums import (
    ContributionMethod,
    ContributionState,
    DebitFailure,
    Standing,
)
from entraide.portal.domain.contributions.models import Contribution
from entraide.portal.domain.contributions.policies import sees_contributions
from entraide.portal.domain.members.viewer import Viewer
from entraide.profiles import Text

RECORDING_DAYS = 10
"""A payment takes that long to reach the management system's file; only then is it called late."""

# What these lines ask is not owed, or not any more.
_OUT = frozenset({ContributionState.REPLACED, ContributionState.CANCELLED})


@dataclass(frozen=True, slots=True)
class ContributionLine:
    """One line of the schedule; `amount` in cents, negative when it is given back."""

    id: UUID
    due_on: date
    label: Text
    amount: int
    standing: Standing
    paid_on: date | None
    method: ContributionMethod
    failure: DebitFailure | None

    @property
    def is_owed(self) -> bool:
        return self.standing in {Standing.TO_COME, Standing.RECORDING, Standing.LATE, Standing.FAILED}


@dataclass(frozen=True, slots=True)
class Mandate:
    """The direct-debit mandate in use: its unique reference (RUM), the end of the account debited."""

    reference: str
    iban_end: str


@dataclass(frozen=True, slots=True)
class YearOfContributions:
    """`total` = `paid` + `left`. `years` are those with lines, newest first; `next`: the next one to come."""

    year: int
    years: tuple[int, ...]
    lines: tuple[ContributionLine, ...]
    total: int
    paid: int
    left: int
    next: ContributionLine | None
    mandate: Mandate | None

    @property
    def failed(self) -> tuple[ContributionLine, ...]:
        return tuple(one for one in self.lines if one.standing is Standing.FAILED)

    @property
    def late(self) -> tuple[ContributionLine, ...]:
        return tuple(one for one in self.lines if one.standing is Standing.LATE)


def contributions_of(viewer: Viewer, *, year: int | None = None, on: date) -> YearOfContributions | None:
    """One year's schedule; None for whoever does not see contributions, and for a year without a line.

    Without `year`: that of `on`, or else the nearest one; a year without lines when there are none at all.
    Two queries.
    """
    if not sees_contributions(viewer):
        return None
    mine = Contribution.objects.filter(member_id=viewer.member_id)
    years = tuple(sorted(set(mine.values_list("year", flat=True)), reverse=True))
    if year is None:
        year = min(years, key=lambda one: abs(one - on.year), default=on.year)
    elif year not in years:
        return None
    rows = list(mine.filter(year=year).order_by("due_on", "reference"))
    lines = tuple(_line(row, on=on) for row in rows)
    counted = [row for row in rows if row.state not in _OUT]
    paid = sum(row.amount for row in counted if row.state == ContributionState.PAID)
    total = sum(row.amount for row in counted)
    return YearOfContributions(
        year=year,
        years=years,
        lines=lines,
        total=total,
        paid=paid,
        left=total - paid,
        next=next((one for one in lines if one.standing is Standing.TO_COME), None),
        mandate=_mandate(rows, on=on),
    )


def to_come(viewer: Viewer, *, on: date) -> list[ContributionLine] | None:
    """Every line that falls due from that day on; None for whoever does not see contributions. One query."""
    if not sees_contributions(viewer):
        return None
    rows = Contribution.objects.filter(
        member_id=viewer.member_id, state=ContributionState.DUE, due_on__gte=on
    ).order_by("due_on", "reference")
    return [_line(row, on=on) for row in rows]


def _line(row: Contribution, *, on: date) -> ContributionLine:
    return ContributionLine(
        id=row.pk,
        due_on=row.due_on,
        label=Text(row.label_fr, row.label_en),
        amount=row.amount,
        standing=_standing(row, on=on),
        paid_on=row.paid_on,
        method=ContributionMethod(row.method),
        failure=DebitFailure(row.failure) if row.failure else None,
    )


def _standing(row: Contribution, *, on: date) -> Standing:
    if row.state != ContributionState.DUE:
        return Standing(row.state)
    if row.due_on >= on:
        return Standing.TO_COME
    return Standing.RECORDING if on <= row.due_on + timedelta(days=RECORDING_DAYS) else Standing.LATE


def _mandate(rows: Sequence[Contribution], *, on: date) -> Mandate | None:
    """That of the next debit, or else of the last one."""
    debits = [row for row in rows if row.mandate_reference and row.state not in _OUT]
    coming = [row for row in debits if row.due_on >= on]
    row = coming[0] if coming else debits[-1] if debits else None
    return None if row is None else Mandate(row.mandate_reference, row.iban_end)
