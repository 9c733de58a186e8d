"""What is to be paid, as the portal knows it: names with their accents, amounts in cents."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:"
"""What stands before the name of a message in the namespace of its elements."""


class SepaVersion(StrEnum):
    """The messages that a bank takes; which one is written in its contract."""

    PAIN_001_001_03 = "pain.001.001.03"
    PAIN_001_001_09 = "pain.001.001.09"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A bank account under its holder's own name, which banks compare with it; an empty `bic` is not sent."""

    name: str
    iban: str
    bic: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditTransfer:
    """One transfer: `amount` in cents; `end_to_end_id` comes back in every answer, so it serves once."""

    end_to_end_id: str
    amount: int
    creditor: Account
    remittance: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferOrder:
    """Transfers from one account on one day; `made_at` knows its time zone."""

    message_id: str
    made_at: datetime
    execute_on: date
    debtor: Account
    transfers: Sequence[CreditTransfer]
