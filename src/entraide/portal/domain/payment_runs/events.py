"""Facts of payment runs: counts and ids, no amount of anybody."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from entraide.portal.foundation.events.facts import Fact


@dataclass(frozen=True, kw_only=True)
class PaymentRunPrepared(Fact):
    """Lines that wait were grouped by payee; `held` payees wait for a later run. Nothing is paid yet."""

    personal_data: ClassVar[str] = "none"
    number: str
    lines: int
    transfers: int
    held: int


@dataclass(frozen=True, kw_only=True)
class PaymentRunCancelled(Fact):
    """A prepared run was given up: its lines wait again."""

    personal_data: ClassVar[str] = "none"
    number: str


@dataclass(frozen=True, kw_only=True)
class PaymentRunOrdered(Fact):
    """Payments and statements were made, and the file for the bank with them."""

    personal_data: ClassVar[str] = "none"
    number: str
    lines: int
    payments: int
    transfers: int


@dataclass(frozen=True, kw_only=True)
class StatementReady(Fact):
    """A statement that holds something for this person can be read; told to those who chose e-mail."""

    personal_data: ClassVar[str] = "who"
    statement: str
    paid_on: date
    language: str


@dataclass(frozen=True, kw_only=True)
class BankAnswerRecorded(Fact):
    """A message of the bank was read: how many transfers it accepted, refused or sent back."""

    personal_data: ClassVar[str] = "none"
    message: str
    accepted: int
    refused: int
    returned: int


@dataclass(frozen=True, kw_only=True)
class PaymentSentBack(Fact):
    """The bank did not carry out the transfer to this person's account; `account` when that is why."""

    personal_data: ClassVar[str] = "who"
    reason: str
    account: bool
    language: str
