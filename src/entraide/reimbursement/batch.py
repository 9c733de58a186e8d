"""Many lines at once: the same cents as `reimburse`, in plain integers, without a word of explanation.

A line is a tuple `(day, kind, fee, base, quantity, professional)`: the ordinal of its day, the number of its
`LineKind`, cents, a base of -1 when the tariff decides, units, the number of the professional. A result is
`(base, gross, withheld, (rest, share of each contract…))`, in cents; what is left to the person is
`rest + withheld`. Folders that the plans do not cover are priced by the engine itself (`plans.py`).
"""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date

from entraide.reimbursement.care import Care, CareLine, Exemption, Pathway, Sector, Situation
from entraide.reimbursement.complementary.cover import Cover
from entraide.reimbursement.counters import Counters
from entraide.reimbursement.engine import reimburse
from entraide.reimbursement.errors import CareError
from entraide.reimbursement.money import FULL
from entraide.reimbursement.parameters.book import ParameterBook
from entraide.reimbursement.plans import Beyond, Planner, Result, State

Line = tuple[int, int, int, int, int, int]


@dataclass(frozen=True, slots=True)
class LineKind:
    """What lines of one number have in common."""

    act: str
    sector: Sector = Sector.REGULATED
    pathway: Pathway = Pathway.INSIDE
    exemption: Exemption = Exemption.NONE


@dataclass(frozen=True, slots=True)
class Folder:
    """One person's lines of whole civil years, in the order of care; independent of every other folder."""

    situation: Situation
    cover: Cover
    lines: Sequence[Line]


class Batch:
    """Prices folders; plans are resolved once for each cover, kind, age and period."""

    def __init__(self, kinds: Sequence[LineKind], book: ParameterBook) -> None:
        self._kinds, self._book = tuple(kinds), book
        self._planner, self._state = Planner(len(self._kinds), book), State()

    def price(self, folder: Folder) -> list[Result | CareError]:
        """One result for each line, in its order; a line that cannot be priced gives its error instead."""
        results = self.price_plain(folder)
        return self._one_by_one(folder) if results is None else [*results]

    def price_plain(self, folder: Folder) -> list[Result] | None:
        """One result for each line, or None when the plans cannot say them and only the engine can."""
        try:
            return self._fast(folder)
        except Beyond:
            return None

    def price_all(self, folders: Iterable[Folder]) -> Iterator[list[Result | CareError]]:
        """Folder after folder; memory does not grow with their number."""
        return map(self.price, folders)

    def _fast(self, folder: Folder) -> list[Result]:
        results: list[Result] = []
        if not folder.lines:
            return results
        calendar = self._planner.calendar(folder.situation, folder.cover, folder.lines[0][0])
        add, kinds, state, today, until = results.append, self._kinds, self._state, -1, -1
        used_today, state.year = state.today, 0
        for day, kind, fee, base, quantity, professional in folder.lines:
            if day != today:
                if day > until:
                    plans, until, year = calendar[day]
                    by_kind = plans.by_kind
                    if year != state.year:
                        state.start(year)
                today = day
                if used_today:
                    used_today.clear()
            tariff, rate, withhold, share = by_kind[kind] or plans.add(kind, kinds[kind])
            if base < 0:
                base = tariff * quantity
                if base > fee:
                    base = fee
            if base > fee or base < 0 or quantity < 1:
                raise Beyond
            gross = (base * rate + 5_000) // FULL
            withheld = withhold(gross, quantity, professional, state) if withhold else 0
            add((base, gross, withheld, share(fee, base, gross, quantity, state)))
        return results

    def _one_by_one(self, folder: Folder) -> list[Result | CareError]:
        counters, results = Counters(), list[Result | CareError]()
        for number, line in enumerate(folder.lines):
            care = Care(line=care_line(line, self._kinds[line[1]], number), situation=folder.situation)
            try:
                found = reimburse(care, folder.cover, counters, self._book)
            except CareError as error:
                results.append(error)
                continue
            counters = counters.record(found)
            shares = tuple(share.amount for share in found.shares)
            results.append((found.base, found.gross, found.withheld, (found.left - found.withheld, *shares)))
        return results


def care_line(line: Line, kind: LineKind, number: int) -> CareLine:
    """The line as the engine reads it: for an explanation on demand."""
    day, _, fee, base, quantity, professional = line
    return CareLine(
        id=f"{number:09d}",
        act=kind.act,
        on=date.fromordinal(day),
        fee=fee,
        base=None if base < 0 else base,
        quantity=quantity,
        professional=str(professional),
        sector=kind.sector,
        pathway=kind.pathway,
        exemption=kind.exemption,
    )


def price_in_processes(
    kinds: Sequence[LineKind], book: ParameterBook, folders: Sequence[Folder], *, processes: int
) -> list[list[Result | CareError]]:
    """The folders shared out among processes: no person is ever in two of them."""
    shards = [folders[number::processes] for number in range(processes)]
    with ProcessPoolExecutor(processes) as pool:
        priced = list(pool.map(_price_shard, [kinds] * processes, [book] * processes, shards))
    results: list[list[Result | CareError]] = [[] for _ in folders]
    for number, shard in enumerate(priced):
        results[number::processes] = shard
    return results


def _price_shard(
    kinds: Sequence[LineKind], book: ParameterBook, folders: Sequence[Folder]
) -> list[list[Result | CareError]]:
    return list(Batch(kinds, book).price_all(folders))
