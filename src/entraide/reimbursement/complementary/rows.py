"""Tables of guarantees side by side: which line of each contract is about the same care, for people to read.

The engine's own question decides ("the first line of the contract that is about an act"), so that what is
shown is what is paid.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from entraide.reimbursement.acts import (
    CareBasket,
    Charge,
    Kind,
    Procedure,
    Site,
    Vocabulary,
    load_vocabulary,
)
from entraide.reimbursement.care import Sector, Ward
from entraide.reimbursement.complementary.guarantees import Contract, Guarantee, Per
from entraide.reimbursement.complementary.responsible import SINCE_2025
from entraide.reimbursement.money import Words

HEADINGS = ("hospital", "everyday", "dental", "optical", "hearing", "other")
"""The five of the industry's common table, then what a mutual adds."""

_TEETH = {Site.VISIBLE: 11, Site.SECOND_PREMOLAR: 15, Site.MOLAR: 16}
_GLASSES = frozenset({"glasses_a", "glasses_b"})
_PAIRS = ("a", "b", "c", "d", "e", "f")


class _Case(NamedTuple):
    """Care as a line of a table can select it."""

    procedure: Procedure
    basket: CareBasket | None
    sector: Sector
    ward: Ward | None
    lenses: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GuaranteeRow:
    """Care that all contracts treat in one way: the line of each, in their order, or None.

    `floors` are the rules of the responsible contract that hold whatever the lines say (M1 to M6);
    `has_base`: health insurance refunds some of it, so that there is a co-payment.
    """

    heading: str
    label: Words
    lines: tuple[Guarantee | None, ...]
    families: tuple[str, ...]
    acts: tuple[str, ...]
    no_cost: bool
    has_base: bool
    floors: tuple[str, ...]

    @property
    def is_promised(self) -> bool:
        """Whether a contract has a line about it."""
        return any(self.lines)


def rows_of(
    contracts: Sequence[Contract], on: date, vocabulary: Vocabulary | None = None
) -> tuple[GuaranteeRow, ...]:
    """Every care of the vocabulary under its heading, care without any line included, in the baskets of `on`.

    Rows keep the order of the first contract's table; what only later contracts or the law speak of follows.
    """
    known = vocabulary or load_vocabulary()
    cases: dict[tuple[str, tuple[int | None, ...]], list[_Case]] = {}
    for case in _cases(known, on):
        ranks = tuple(_rank(contract, case) for contract in contracts)
        # Care that no line is about is told family by family.
        told = _heading(case) if any(one is not None for one in ranks) else case.procedure.family.code
        cases.setdefault((told, ranks), []).append(case)
    sizes = _Sizes(cases)
    rows = [_row(contracts, ranks, found, sizes, known) for (_, ranks), found in cases.items()]
    order = sorted(zip(rows, cases, strict=True), key=lambda one: (_place(one[0]), _first(one[1][1])))
    return tuple(row for row, _ in order)


def _cases(vocabulary: Vocabulary, on: date) -> Iterator[_Case]:
    for procedure in vocabulary.procedures.values():
        family = procedure.family
        if not family.heading:
            continue
        baskets = {procedure.basket_on(on, tooth) for tooth in _TEETH.values()}
        for basket in sorted(baskets, key=str):
            for sector in Sector if family.doctor else (Sector.REGULATED,):
                for ward in Ward if family.kind is Kind.HOSPITAL else (None,):
                    for lenses in _PAIRS if family.code in _GLASSES else ("",):
                        yield _Case(procedure, basket, sector, ward, lenses)


def _rank(contract: Contract, case: _Case) -> int | None:
    """Where in the table the line about this care stands."""
    return next(
        (
            rank
            for rank, line in enumerate(contract.guarantees)
            if line.applies_to(
                case.procedure,
                basket=case.basket,
                sector=case.sector,
                ward=case.ward,
                lenses=case.lenses,
            )
        ),
        None,
    )


def _heading(case: _Case) -> str:
    return case.procedure.family.heading.partition(".")[0]


_Ranks = tuple[int | None, ...]


class _Sizes:
    """How much care each line of each contract is about, and each family holds."""

    def __init__(self, cases: dict[tuple[str, _Ranks], list[_Case]]) -> None:
        self.lines: Counter[tuple[int, int]] = Counter()
        self.families: Counter[str] = Counter()
        for (_, ranks), found in cases.items():
            self.families.update(case.procedure.family.code for case in found)
            for contract, rank in enumerate(ranks):
                if rank is not None:
                    self.lines[contract, rank] += len(found)


def _row(
    contracts: Sequence[Contract], ranks: _Ranks, found: list[_Case], sizes: _Sizes, known: Vocabulary
) -> GuaranteeRow:
    lines = tuple(
        None if rank is None else contract.guarantees[rank]
        for contract, rank in zip(contracts, ranks, strict=True)
    )
    families = tuple(dict.fromkeys(case.procedure.family.code for case in found))
    responsible = any(contract.responsible for contract in contracts)
    return GuaranteeRow(
        heading=_heading(found[0]),
        label=_label(lines, ranks, found, sizes, known),
        lines=lines,
        families=families,
        acts=tuple(dict.fromkeys(case.procedure.code for case in found)),
        no_cost=all(case.basket is CareBasket.NO_COST for case in found),
        has_base=any(case.procedure.rate for case in found),
        floors=tuple(dict.fromkeys(floor for case in found if (floor := _floor(case, lines))))
        if responsible
        else (),
    )


def _label(
    lines: tuple[Guarantee | None, ...],
    ranks: _Ranks,
    found: list[_Case],
    sizes: _Sizes,
    known: Vocabulary,
) -> Words:
    """The words of the most precise line; of what is left of a broader one, its families or `other cases`."""
    told = [(contract, rank) for contract, rank in enumerate(ranks) if rank is not None]
    families = dict.fromkeys(case.procedure.family.code for case in found)
    if not told:
        (family,) = families
        label = known.families[family].label
        return label if sizes.families[family] == len(found) else _others(label)
    contract, rank = min(told, key=lambda one: sizes.lines[one])
    line = lines[contract]
    assert line is not None
    if sizes.lines[contract, rank] == len(found):
        return line.label
    if families.keys() < line.families and not line.acts:
        labels = [known.families[code].label for code in families]
        return Words(", ".join(one.fr for one in labels), ", ".join(one.en for one in labels))
    return _others(line.label)


def _others(label: Words) -> Words:
    return Words(f"{label.fr}, autres cas", f"{label.en}, other cases")


def _floor(case: _Case, lines: tuple[Guarantee | None, ...]) -> str:
    """What a responsible contract must pay of this care at least (complementary/responsible.py)."""
    family = case.procedure.family
    if family.charge is not Charge.NONE:
        return "M2"
    if case.basket is CareBasket.NO_COST:
        return "M6" if family.code in SINCE_2025 else "M3"
    if family.code == "glasses_b" and any(line and line.per is Per.EQUIPMENT for line in lines):
        return "M4"
    return "M1" if case.procedure.rate and not family.optional_copayment else ""


def _place(row: GuaranteeRow) -> tuple[int, bool]:
    return HEADINGS.index(row.heading), not row.is_promised


def _first(ranks: _Ranks) -> tuple[tuple[bool, int], ...]:
    """Care that a table has no line about comes after the rest."""
    return tuple((rank is None, rank or 0) for rank in ranks)
