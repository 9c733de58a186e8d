"""The levels of cover of the mutual: each base contract alone, and with each of its options."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from entraide.reimbursement import Contract, Cover, Enrolment, Words
from entraide.reimbursement.complementary.guarantees import CoverageTier

Tables = Mapping[str, tuple[Contract, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverLevel:
    """One or several contracts taken together. `id` stands in the address: their numbers."""

    id: str
    label: Words
    group: bool
    versions: tuple[tuple[Contract, ...], ...]

    @property
    def numbers(self) -> frozenset[str]:
        return frozenset(each[0].number for each in self.versions)

    def cover(self, family: str = "") -> Cover:
        """As if it had been held for long: no waiting period runs."""
        return Cover(
            enrolments=tuple(
                Enrolment(versions=each, since=each[0].valid_from, waiting_waived=True)
                for each in self.versions
            ),
            family=family,
        )


def cover_levels(tables: Tables, *, on: date) -> tuple[CoverLevel, ...]:
    """What the mutual offers on that day; an option goes with base contracts of its kind, group or not."""
    current = [(table, versions) for versions in tables.values() for table in versions if table.in_force(on)]
    bases = [each for each in current if each[0].tier is CoverageTier.BASE]
    options = [each for each in current if each[0].tier is not CoverageTier.BASE]
    found = []
    for base in bases:
        found.append(_level(base))
        found += [_level(base, option) for option in options if option[0].group == base[0].group]
    return tuple(found)


def _level(*parts: tuple[Contract, tuple[Contract, ...]]) -> CoverLevel:
    tables = [table for table, _ in parts]
    return CoverLevel(
        id=",".join(table.number for table in tables),
        label=Words(
            " + ".join(table.label.fr for table in tables), " + ".join(table.label.en for table in tables)
        ),
        group=tables[0].group,
        versions=tuple(versions for _, versions in parts),
    )
