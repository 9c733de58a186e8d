"""Who asks: the signed-in person, as queries and policies see them."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from entraide.portal.domain.members.enums import HelpScope, Relationship

# In the place of a relationship: who helps is none of the family, whoever they are.
HELPER = "helper"


class Reader(Protocol):
    """What the rules of sight must know of who reads: somebody signed in, or somebody who gets a letter."""

    @property
    def person_id(self) -> UUID: ...

    @property
    def is_primary(self) -> bool: ...

    @property
    def number(self) -> str: ...

    @property
    def helping(self) -> "Helping | None": ...


@dataclass(frozen=True, slots=True)
class Helping:
    """What lets somebody read another one's file in their own session: who they are, how far, until when."""

    delegation_id: UUID
    helper_id: UUID
    helper_name: str
    scopes: frozenset[HelpScope]
    until: date


@dataclass(frozen=True, slots=True)
class PostalReader:
    """The primary insured, to whom the mutual writes; they may have no way in at all."""

    person_id: UUID
    number: str

    @property
    def is_primary(self) -> bool:
        return True

    @property
    def helping(self) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Viewer:
    """A signed-in insured person. `person_id` is the beneficiary, `member_id` the membership.

    With `helping`, the person is the one who asked for help and `account_id` the helper's: they are then
    nobody's relative and see nothing but that one person's own file (`HELPER` in place of a relationship).
    """

    account_id: UUID
    person_id: UUID
    member_id: UUID
    member_number: str
    number: str
    relationship: str
    first_name: str
    last_name: str
    birth_date: date
    segment: str
    city: str
    helping: Helping | None = None

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def initials(self) -> str:
        return f"{self.first_name[:1]}{self.last_name[:1]}".upper()

    @property
    def is_primary(self) -> bool:
        return self.relationship == Relationship.PRIMARY_INSURED
