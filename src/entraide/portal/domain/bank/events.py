"""Facts of changes of account. None holds an account, a name or an amount."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from entraide.portal.foundation.events.facts import Fact


@dataclass(frozen=True, kw_only=True)
class AccountChangeAsked(Fact):
    """A new account was asked for, at the earliest from `effective_on`. Secrets: `safety_token`.

    `whole`: for the whole contract, otherwise for one person.
    """

    personal_data: ClassVar[str] = "who asked"
    change_id: UUID
    reference: str
    whole: bool
    effective_on: date
    language: str


@dataclass(frozen=True, kw_only=True)
class AccountChangeConcerns(Fact):
    """Another adult of the contract is told of a change for all; `step`: asked, applied or cancelled.

    `shares`: this adult is reimbursed on the account that changes.
    """

    personal_data: ClassVar[str] = "which adult"
    change_id: UUID
    step: str
    shares: bool
    effective_on: date
    language: str


@dataclass(frozen=True, kw_only=True)
class AccountChangeCancelled(Fact):
    """Who asked took it back, or (`by_other`) another adult who shares the account did."""

    personal_data: ClassVar[str] = "who had asked"
    change_id: UUID
    reference: str
    by_other: bool
    language: str


@dataclass(frozen=True, kw_only=True)
class AccountChangeFrozen(Fact):
    """Stopped because the access of who asked, or of whose account it is, was frozen (A23)."""

    personal_data: ClassVar[str] = "who had asked"
    change_id: UUID
    reference: str


@dataclass(frozen=True, kw_only=True)
class AccountChangeChecked(Fact):
    """An agent compared the paper, the holder and the person; `second_needed`: another one must too."""

    personal_data: ClassVar[str] = "who had asked; the agent is the actor"
    change_id: UUID
    reference: str
    second_needed: bool


@dataclass(frozen=True, kw_only=True)
class AccountChangeApproved(Fact):
    """A second agent agreed."""

    personal_data: ClassVar[str] = "who had asked; the agent is the actor"
    change_id: UUID
    reference: str


@dataclass(frozen=True, kw_only=True)
class AccountPayeeChecked(Fact):
    """An agent noted what our bank says of the new account and its holder; agreements before it are void."""

    personal_data: ClassVar[str] = "who had asked; the agent is the actor"
    change_id: UUID
    reference: str
    result: str


@dataclass(frozen=True, kw_only=True)
class AccountChangeRefused(Fact):
    """It is not carried out, for a coded reason; an agent's decision unless there is no actor."""

    personal_data: ClassVar[str] = "who had asked; the agent is the actor"
    change_id: UUID
    reference: str
    refusal: str
    language: str


@dataclass(frozen=True, kw_only=True)
class AccountChangeReady(Fact):
    """The cooling-off is over, and the mutual's check is still missing: nothing is applied."""

    personal_data: ClassVar[str] = "who had asked"
    change_id: UUID
    reference: str


@dataclass(frozen=True, kw_only=True)
class AccountChangeApplied(Fact):
    """Reimbursements go to the new account from now on."""

    personal_data: ClassVar[str] = "who had asked"
    change_id: UUID
    reference: str
    whole: bool
    language: str


@dataclass(frozen=True, kw_only=True)
class AccountSeenElsewhere(Fact):
    """The account just asked for is that of so many families, this one included: an alarm (A70)."""

    personal_data: ClassVar[str] = "who asked"
    change_id: UUID
    families: int


@dataclass(frozen=True, kw_only=True)
class AccountRevealed(Fact):
    """Somebody read the whole IBAN of this person's account in their space (X10)."""

    personal_data: ClassVar[str] = "whose account; who read it is the actor"
