"""The result of the compulsory part, as the complementary part reads it."""

from dataclasses import dataclass

from entraide.reimbursement.acts import CareBasket, Procedure
from entraide.reimbursement.breakdown import Movement, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Statutory:
    """What health insurance decides on one line, in cents.

    `gross` is its share before `withheld`; `copayment` what is left of the base (or of a charge) to the
    patient; `increase` the part of the co-payment that comes from leaving the care pathway; `excess` what
    is charged above the base; `price_cap` the legal limit of the price, if there is one.
    """

    procedure: Procedure
    basket: CareBasket | None
    base: int
    rate: int
    gross: int
    copayment: int
    increase: int
    excess: int
    withheld: int
    price_cap: int | None
    steps: tuple[Step, ...]
    movements: tuple[Movement, ...]
