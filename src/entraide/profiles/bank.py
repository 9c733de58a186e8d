"""The account that a mutual's reimbursements leave from."""

from dataclasses import dataclass
from typing import Annotated, Literal

from stdnum import bic, iban

from entraide.profiles.shapes import Line, Shape

Iban = Annotated[
    str,
    Shape(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", "an IBAN without spaces, with the right key", iban.is_valid),
]
Bic = Annotated[str, Shape(r"[A-Z0-9]{8}(?:[A-Z0-9]{3})?", "a BIC of 8 or 11 characters", bic.is_valid)]
OrderForm = Literal["pain.001.001.09", "pain.001.001.03"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DebtorBank:
    """Without it there are no payment runs. `order_form`: the version of the file that the bank takes."""

    holder: Line
    iban: Iban
    bic: Bic | None = None
    order_form: OrderForm = "pain.001.001.09"
