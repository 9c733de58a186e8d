"""The standard euro examples of the industry's common table, for any contract and day."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from entraide.reimbursement.acts import Charge, Procedure, Vocabulary, load_vocabulary
from entraide.reimbursement.breakdown import Breakdown
from entraide.reimbursement.care import Care, CareLine, Equipment, Sector, Side, Situation, Stay
from entraide.reimbursement.complementary.cover import Cover
from entraide.reimbursement.complementary.samples import PAIRS
from entraide.reimbursement.compulsory.base import base_of, price_cap_of
from entraide.reimbursement.counters import Counters
from entraide.reimbursement.dates import add_months
from entraide.reimbursement.engine import reimburse
from entraide.reimbursement.errors import CareError, DataError, DataFault, ParameterGap
from entraide.reimbursement.money import Words
from entraide.reimbursement.parameters.book import ParameterBook
from entraide.reimbursement.strict import Table, read_toml

EXAMPLES = Path(__file__).with_name("examples.toml")
_ADULT = 40
_ANY_FEE = 10**9


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """Care that every mutual shows; without a `fee` it costs the tariff or the price limit of the day."""

    id: str
    heading: str
    label: Words
    act: str
    fee: int | None
    base: int | None
    sector: Sector
    age: int
    tooth: int | None
    lenses: str
    major: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One row of the table: price, health insurance (net), mutual, left; the breakdown says the rest."""

    example: Example
    breakdown: Breakdown


def examples_for(cover: Cover, parameters: ParameterBook, on: date) -> tuple[Shown, ...]:
    """The whole table for this cover, at the figures of that day; amounts in cents.

    An example is left out when nobody knows a figure that it needs on that day, years ago.
    """
    vocabulary = load_vocabulary()
    found = []
    for example in load_examples():
        try:
            breakdown = _priced(example, cover, parameters, on, vocabulary)
        except (CareError, ParameterGap):
            continue
        found.append(Shown(example=example, breakdown=breakdown))
    return tuple(found)


@cache
def load_examples(path: Path = EXAMPLES) -> tuple[Example, ...]:
    """The examples of a file; `DataError` with every fault."""
    faults: list[DataFault] = []
    root = Table(path.name, "", read_toml(path), faults)
    found = tuple(_example(table) for table in root.tables("example"))
    root.close()
    if faults:
        raise DataError(faults)
    return found


def _example(table: Table) -> Example:
    example = Example(
        id=table.text("id"),
        heading=table.text("heading"),
        label=table.words("label"),
        act=table.text("act"),
        fee=table.amount("fee", optional=True),
        base=table.amount("base", optional=True),
        sector=table.choice("sector", Sector, default=Sector.REGULATED) or Sector.REGULATED,
        age=table.whole("age", default=_ADULT),
        tooth=table.whole("tooth", default=0) or None,
        lenses=table.text("lenses", default=""),
        major=table.flag("major"),
    )
    table.close()
    return example


def _priced(
    example: Example, cover: Cover, book: ParameterBook, on: date, vocabulary: Vocabulary
) -> Breakdown:
    procedure = vocabulary.procedures[example.act]
    situation = Situation(person="example", born_on=add_months(on, -12 * example.age))
    line = _line(example, procedure, on, _ANY_FEE)
    fee = example.fee
    if fee is None:
        fee = _usual_price(procedure, Care(line=line, situation=situation), book)
    care = Care(line=_line(example, procedure, on, fee), situation=situation)
    return reimburse(care, cover, Counters(), book)


def _usual_price(procedure: Procedure, care: Care, book: ParameterBook) -> int:
    charge = procedure.family.charge
    if charge is not Charge.NONE:
        return book.value(f"hospital.{charge.value}", care.line.on)
    cap = price_cap_of(procedure, care, book)
    return base_of(procedure, care, book).amount if cap is None else cap


def _line(example: Example, procedure: Procedure, on: date, fee: int) -> CareLine:
    equipment = stay = None
    if example.lenses:
        right, left = PAIRS[example.lenses]
        equipment = Equipment(id=f"example-{example.id}", right=right, left=left)
    if procedure.needs_stay:
        stay = Stay(id="example", first_day=on, last_day=on, major_procedure=example.major)
    return CareLine(
        id=example.id,
        act=example.act,
        on=on,
        fee=fee,
        base=example.base,
        sector=example.sector,
        tooth=example.tooth,
        side=Side.LEFT,
        equipment=equipment,
        stay=stay,
    )
