"""Before somebody retires: the same care under the group contract and the individual ones (RET-01)."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings

from entraide.portal.domain.contracts.examples import ExampleRow, examples_by_heading
from entraide.portal.domain.contracts.queries import contracts_of
from entraide.portal.domain.members.ages import age_on
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.simulations.levels import CoverLevel, cover_levels
from entraide.profiles import Retirement, Scale
from entraide.reimbursement.money import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedCare:
    """One care of the industry's common table: its price, and what is left to pay under each level; cents."""

    label: Words
    price: int
    left: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndividualLevel:
    """A level that can be chosen after the group contract, with its examples of contributions, if any."""

    level: CoverLevel
    scale: Scale | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RetirementView:
    """`current`: the viewer's own group level, None where no table of it is known. `age`: the viewer's today.

    `headings`: care under the current level first, then each individual one in order.
    """

    retirement: Retirement
    current: CoverLevel | None
    levels: tuple[IndividualLevel, ...]
    headings: tuple[tuple[str, tuple[ComparedCare, ...]], ...]
    age: int

    @property
    def has_scales(self) -> bool:
        return any(one.scale is not None for one in self.levels)


def retirement_for(viewer: Viewer) -> Retirement | None:
    """What the mutual has for who is under the group contract; None for everybody else, and for helpers."""
    found: Retirement | None = settings.PROFILE.retirement
    is_theirs = found is not None and viewer.segment in found.segments and viewer.helping is None
    return found if is_theirs else None


def retirement_view(viewer: Viewer, *, on: date) -> RetirementView | None:
    """None where there is nothing for this viewer. Two queries."""
    retirement = retirement_for(viewer)
    if retirement is None:
        return None
    levels = cover_levels(settings.PROFILE.guarantees, on=on)
    held = frozenset(one.number for one in contracts_of(viewer, on=on) if one.in_force)
    current = next((one for one in levels if one.numbers == held), None)
    individual = tuple(one for one in levels if not one.group)
    compared = tuple(one for one in (current, *individual) if one is not None)
    return RetirementView(
        retirement=retirement,
        current=current,
        levels=tuple(
            IndividualLevel(level=one, scale=retirement.scale_of(one.numbers, on=on)) for one in individual
        ),
        headings=_headings(compared, on=on),
        age=age_on(viewer.birth_date, on),
    )


def _headings(
    levels: tuple[CoverLevel, ...], *, on: date
) -> tuple[tuple[str, tuple[ComparedCare, ...]], ...]:
    if not levels:
        return ()
    priced = [_examples(one, on=on) for one in levels]
    return tuple(
        (heading, tuple(_compared(row, [one.get(heading, ()) for one in priced]) for row in rows))
        for heading, rows in priced[0].items()
    )


def _examples(level: CoverLevel, *, on: date) -> dict[str, tuple[ExampleRow, ...]]:
    tables = [next(one for one in versions if one.in_force(on)) for versions in level.versions]
    return examples_by_heading(tables, on=on)


def _compared(row: ExampleRow, under: list[tuple[ExampleRow, ...]]) -> ComparedCare:
    """Every level prices the same care: the figures of the day decide which, not the contract."""
    left = tuple(next(one.shares.left for one in rows if one.label == row.label) for rows in under)
    return ComparedCare(label=row.label, price=row.shares.spend, left=left)
