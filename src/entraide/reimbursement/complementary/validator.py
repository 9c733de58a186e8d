"""Refuses an unlawful table before it goes live: the same rules that correct payments, asked of the table."""

from collections.abc import Iterator, Sequence
from datetime import date

from entraide.reimbursement.acts import CareBasket, Charge, Procedure, Vocabulary, load_vocabulary
from entraide.reimbursement.care import CareLine, Sector, Side
from entraide.reimbursement.complementary.guarantees import Contract, Counts, CoverageTier, Form, Guarantee
from entraide.reimbursement.complementary.responsible import SINCE_2025
from entraide.reimbursement.complementary.samples import BASE, CHILD_AGE, PAIRS, Bench, pair
from entraide.reimbursement.errors import DataFault
from entraide.reimbursement.money import portion
from entraide.reimbursement.parameters.book import ParameterBook

_HIGH_PRICE = 1_000_000


def faults_of(
    contracts: Sequence[Contract], book: ParameterBook, on: date, vocabulary: Vocabulary | None = None
) -> tuple[DataFault, ...]:
    """Every reason why these contracts, paying in this order, may not go live on that day.

    Floors are asked of the base contract, ceilings of all responsible contracts together.
    """
    known = vocabulary or load_vocabulary()
    found: list[DataFault] = []
    for contract in contracts:
        found += _own_faults(contract, known)
    lawful = tuple(each for each in contracts if each.responsible)
    if lawful:
        found += _Judge(lawful, book, on, known).faults()
    return tuple(dict.fromkeys(found))


def _own_faults(contract: Contract, vocabulary: Vocabulary) -> Iterator[DataFault]:
    """What can be seen without pricing anything."""
    for number, guarantee in enumerate(contract.guarantees):
        if _hidden(guarantee, contract.guarantees[:number], vocabulary):
            yield _fault(
                contract, guarantee, "a line behind others that take all its acts", "an act it decides"
            )
        if guarantee.form is Form.PERCENT_OF_PMSS and not contract.group:
            yield _fault(contract, guarantee, "percent of the PMSS", "euros, in an individual contract")
        if contract.responsible and _selects(guarantee, "withheld", vocabulary):
            yield _fault(contract, guarantee, "contributions or deductibles", "none of them (N1)")
        if contract.responsible:
            yield from _limits_on_the_minimum(contract, guarantee, vocabulary)
    if contract.responsible and contract.pays_increase:
        yield _fault(contract, None, "pays_increase = true", "false in a responsible contract (N2)")
    if contract.responsible and not contract.third_party_payment:
        yield _fault(contract, None, "third_party_payment = false", "true in a responsible contract (M7)")


def _limits_on_the_minimum(
    contract: Contract, guarantee: Guarantee, vocabulary: Vocabulary
) -> Iterator[DataFault]:
    """A waiting period or an allowance may not touch what the law makes every such contract pay."""
    mandatory = [each for each in _procedures(guarantee, vocabulary) if _must_be_paid(each)]
    if contract.tier is not CoverageTier.BASE or not mandatory:
        return
    allowance = guarantee.allowance
    charged = any(each.family.charge is not Charge.NONE for each in mandatory)
    if guarantee.waiting_months:
        yield _fault(contract, guarantee, "a waiting period", "none on what must be paid (M1)")
    if allowance is not None and charged:
        yield _fault(contract, guarantee, "a limit on hospital charges", "no limit (M2)")
    elif allowance is not None and allowance.counts is Counts.ALL:
        yield _fault(contract, guarantee, "an allowance that counts the co-payment", 'counts = "excess" (M1)')


class _Judge:
    """Asks the tables of responsible contracts about sample lines."""

    def __init__(
        self, contracts: tuple[Contract, ...], book: ParameterBook, on: date, vocabulary: Vocabulary
    ) -> None:
        self._all, self._book, self._on, self._vocabulary = contracts, book, on, vocabulary
        self._base = tuple(each for each in contracts if each.tier is CoverageTier.BASE)

    def faults(self) -> Iterator[DataFault]:
        for procedure in self._vocabulary.procedures.values():
            if self._base and _must_be_paid(procedure):
                yield from self._floor(procedure)
            if procedure.family.doctor:
                yield from self._outside_scheme(procedure)
        yield from self._glasses()
        yield from self._hearing()

    def _floor(self, procedure: Procedure) -> Iterator[DataFault]:
        bench = Bench(self._base, self._book, self._on)
        if procedure.basket_on(self._on, None) is CareBasket.NO_COST:
            line = bench.at_cap(procedure)
            promise = bench.ask(procedure, line)
            if promise.amount < line.fee - promise.gross:
                rule = "M6" if procedure.family.code in SINCE_2025 else "M3"
                yield self._short(procedure, promise.amount, line.fee - promise.gross, rule)
            return
        rule = "M1" if procedure.family.charge is Charge.NONE else "M2"
        for sector in (
            (Sector.REGULATED, Sector.NON_OPTAM) if procedure.family.doctor else (Sector.REGULATED,)
        ):
            promise = bench.ask(procedure, bench.ordinary(procedure, sector=sector))
            if promise.amount < promise.copayment:
                yield self._short(procedure, promise.amount, promise.copayment, rule)
                return

    def _short(self, procedure: Procedure, found: int, least: int, rule: str) -> DataFault:
        return _fault(
            self._base[0], None, f"{procedure.code}: {found} cents on a sample", f"at least {least} ({rule})"
        )

    def _outside_scheme(self, procedure: Procedure) -> Iterator[DataFault]:
        bench = Bench(self._all, self._book, self._on)
        ask = {
            sector: bench.ask(procedure, bench.ordinary(procedure, sector=sector, fee=_HIGH_PRICE))
            for sector in (Sector.OPTAM, Sector.NON_OPTAM)
        }
        outside, inside = ask[Sector.NON_OPTAM], ask[Sector.OPTAM]
        most = portion(BASE, self._book.value("responsible.non_optam.max", self._on))
        gap = portion(BASE, self._book.value("responsible.non_optam.gap", self._on))
        limit = min(most, max(0, inside.amount - inside.copayment - gap))
        if outside.amount - outside.copayment > limit:
            found = (
                f"{procedure.code}: {outside.amount - outside.copayment} cents of excess on a base of {BASE}"
            )
            yield _fault(self._all[-1], None, found, f"at most {limit} outside the fee scheme (N4)")

    def _glasses(self) -> Iterator[DataFault]:
        frame, lens = self._vocabulary.find("MONB"), self._vocabulary.find("VERB")
        if frame is None or lens is None:
            return
        for name in PAIRS:
            bench = Bench(self._all, self._book, self._on)
            parts = [(frame, Side.LEFT), (lens, Side.RIGHT), (lens, Side.LEFT)]
            promises = [
                bench.ask(each, self._part(each, side, name, number))
                for number, (each, side) in enumerate(parts)
            ]
            paid = sum(each.amount for each in promises)
            if paid <= sum(each.copayment for each in promises):
                continue
            least = self._book.value(f"responsible.glasses.min.{name}", self._on)
            most = self._book.value(f"responsible.glasses.max.{name}", self._on)
            if paid < least:
                yield _fault(self._all[-1], None, f"glasses {name}: {paid} cents", f"at least {least} (M4)")
            if paid > most:
                yield _fault(self._all[-1], None, f"glasses {name}: {paid} cents", f"at most {most} (N5)")
            yield from self._frame(promises[0].amount, name)

    def _frame(self, paid: int, name: str) -> Iterator[DataFault]:
        most = self._book.value("responsible.frame.max", self._on)
        if paid > most:
            yield _fault(
                self._all[-1], None, f"frame of glasses {name}: {paid} cents", f"at most {most} (N5)"
            )

    def _part(self, procedure: Procedure, side: Side, name: str, number: int) -> CareLine:
        return CareLine(
            id=str(number),
            act=procedure.code,
            on=self._on,
            fee=_HIGH_PRICE,
            side=side,
            equipment=pair(name, "sample"),
        )

    def _hearing(self) -> Iterator[DataFault]:
        aid = self._vocabulary.find("AU2")
        if aid is None:
            return
        most = self._book.value("responsible.hearing.max", self._on)
        for age in (40, CHILD_AGE):
            bench = Bench(self._all, self._book, self._on)
            line = CareLine(id="aid", act="AU2", on=self._on, fee=_HIGH_PRICE, side=Side.LEFT)
            promise = bench.ask(aid, line, age=age)
            if promise.amount + promise.gross > most:
                found = f"hearing aid at {age}: {promise.amount + promise.gross} cents with health insurance"
                yield _fault(self._all[-1], None, found, f"at most {most} an ear (N6)")


def _must_be_paid(procedure: Procedure) -> bool:
    """Acts whose co-payment or charge every responsible contract pays."""
    family = procedure.family
    return bool(procedure.rate or family.charge is not Charge.NONE) and not family.optional_copayment


def _procedures(guarantee: Guarantee, vocabulary: Vocabulary) -> list[Procedure]:
    return [
        each
        for each in vocabulary.procedures.values()
        if each.code in guarantee.acts or each.family.code in guarantee.families
    ]


def _selects(guarantee: Guarantee, family: str, vocabulary: Vocabulary) -> bool:
    return any(each.family.code == family for each in _procedures(guarantee, vocabulary))


def _hidden(guarantee: Guarantee, before: Sequence[Guarantee], vocabulary: Vocabulary) -> bool:
    """Whether earlier lines of the table take every act of this one in every condition."""
    procedures = _procedures(guarantee, vocabulary)
    return bool(procedures) and all(
        any(_takes(earlier, guarantee, procedure) for earlier in before) for procedure in procedures
    )


def _takes(earlier: Guarantee, later: Guarantee, procedure: Procedure) -> bool:
    named = procedure.code in earlier.acts or procedure.family.code in earlier.families
    conditions = (
        (earlier.baskets, later.baskets),
        (earlier.sectors, later.sectors),
        (earlier.wards, later.wards),
        (earlier.lenses, later.lenses),
    )
    return named and all(not wide or (narrow and narrow <= wide) for wide, narrow in conditions)


def _fault(contract: Contract, guarantee: Guarantee | None, found: str, expected: str) -> DataFault:
    place = f"contract[{contract.number}]"
    if guarantee is not None:
        place += f".guarantee[{guarantee.id}]"
    return DataFault(contract.file, place, found, expected)
