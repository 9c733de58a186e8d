"""The third-party payment card of a mutual (`card.toml`): what professionals read on it, domain by domain."""

from dataclasses import dataclass, field
from typing import Annotated

from entraide.profiles.shapes import ContractNumber, Line, Phone, Positive, Shape
from entraide.profiles.text import Text

AmcNumber = Annotated[str, Shape(r"\d{8,10}", "an AMC number of 8 to 10 digits")]
Convention = Annotated[str, Shape(r"[A-Z]{2}", "a type of convention of two capital letters, such as SP")]
RoutingCode = Annotated[str, Shape(r"[A-Z0-9]{0,10}", "up to ten capital letters and digits, or nothing")]
DomainCode = Annotated[str, Shape(r"[A-Z]{4}", "four capital letters, such as PHAR")]
# How many percents of the base the professional is paid, health insurance included; or the mutual is asked.
BY_AGREEMENT = "PEC"
Shown = Annotated[
    str, Shape(rf"[1-9]\d{{1,2}}|{BY_AGREEMENT}", f"a percentage such as 100, or {BY_AGREEMENT}")
]


@dataclass(frozen=True, slots=True, kw_only=True)
class CardLevel:
    """What a contract opens in a domain. An option's level stands in the place of the base contract's."""

    contract: ContractNumber
    shown: Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class CardDomain:
    """A column of the card, in the order of the file."""

    code: DomainCode
    label: Text
    levels: tuple[CardLevel, ...] = field(default=(), metadata={"key": "level"})

    def shown_for(self, contract: str) -> str:
        """What this contract opens; blank: nothing, and what the contract before it opens stays."""
        return next((one.shown for one in self.levels if one.contract == contract), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """`amc_number`, `convention` and `routing_code` (CSR): how a professional's software sends its bills.

    `example`: they are nobody's, and the card says so. `operator`, `network`: who issues the card, and whose
    partners know it. `hospital_phone`: for an agreement before a stay. `again_after_days`: a card that was
    asked for by post may be on its way so long; then it may be asked for again.
    """

    amc_number: AmcNumber
    convention: Convention
    routing_code: RoutingCode = ""
    example: bool = False
    operator: Line | None = None
    network: Line | None = None
    hospital_phone: Phone | None = None
    back: tuple[Text, ...] = ()
    domains: tuple[CardDomain, ...] = field(metadata={"key": "domain"})
    again_after_days: Positive = 21
