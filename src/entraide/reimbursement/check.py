"""What a line must fulfil before it is priced: every fault at once, each with its place."""

from collections.abc import Iterator

from entraide.reimbursement.acts import Charge, Element, Organ, Procedure, Vocabulary
from entraide.reimbursement.care import Care, CareLine, Side
from entraide.reimbursement.errors import CareError, CareFault
from entraide.reimbursement.money import FULL

_TEETH = frozenset(
    quadrant * 10 + rank for quadrant in range(1, 9) for rank in range(1, 9 if quadrant <= 4 else 6)
)


def checked(care: Care, vocabulary: Vocabulary) -> Procedure:
    """The act of the line; `CareError` with every fault when the line cannot be priced."""
    procedure = vocabulary.find(care.line.act)
    if procedure is None:
        raise CareError(care.line.id, [CareFault("act", f'"{care.line.act}"', "a known act")])
    faults = [*_amounts(care.line), *_dates(care), *_details(care.line, procedure)]
    if procedure.family.code == "withheld":
        faults.append(CareFault("act", f'"{care.line.act}"', "care: what the law withholds is no act"))
    if faults:
        raise CareError(care.line.id, faults)
    return procedure


def _amounts(line: CareLine) -> Iterator[CareFault]:
    if line.fee < 0:
        yield CareFault("fee", str(line.fee), "no negative amount: a reversal names the line it reverses")
    if line.quantity < 1:
        yield CareFault("quantity", str(line.quantity), "at least 1")
    if line.base is not None and not 0 <= line.base <= line.fee:
        yield CareFault("base", str(line.base), f"from 0 to the fee, {line.fee}")
    if line.rate is not None and not 0 <= line.rate <= FULL:
        yield CareFault("rate", str(line.rate), "from 0 to 10000 basis points")
    for name in ("amo", "withheld", "price_cap", "coefficient", "consultation_base"):
        value = getattr(line, name)
        if value is not None and value < 0:
            yield CareFault(name, str(value), "no negative number")


def _dates(care: Care) -> Iterator[CareFault]:
    line = care.line
    if line.on < care.situation.born_on:
        yield CareFault("on", line.on.isoformat(), f"a day from the birth, {care.situation.born_on}")
    if care.received_on is not None and line.on > care.received_on:
        yield CareFault("on", line.on.isoformat(), f"care until the day of the bill, {care.received_on}")
    stay = line.stay
    if stay is not None and stay.last_day < stay.first_day:
        yield CareFault("stay.last_day", stay.last_day.isoformat(), f"a day from {stay.first_day}")
    if (
        stay is not None
        and stay.paid_until is not None
        and not stay.first_day <= stay.paid_until <= stay.last_day
    ):
        yield CareFault("stay.paid_until", stay.paid_until.isoformat(), "a day of the stay")


def _details(line: CareLine, procedure: Procedure) -> Iterator[CareFault]:
    if procedure.family.charge is Charge.DAILY and line.stay is None:
        yield CareFault("stay", "nothing", "the stay: its days set the charge")
    if procedure.organ is not Organ.NONE and line.side is None:
        yield CareFault("side", "nothing", "one of " + ", ".join(side.value for side in Side))
    if procedure.element is not Element.NONE and line.equipment is None:
        yield CareFault("equipment", "nothing", "the pair of glasses it belongs to")
    if procedure.element is Element.LENS and line.side is None:
        yield CareFault("side", "nothing", "one of " + ", ".join(side.value for side in Side))
    if line.tooth is not None and line.tooth not in _TEETH:
        yield CareFault("tooth", str(line.tooth), "a number of the international notation, 11 to 85")
