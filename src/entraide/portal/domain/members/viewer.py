"""Who asks: the signed-in person, as queries and policies see them."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from entraide.portal.domain.members.enums import Relationship


class Reader(Protocol):
    """What the rules of sight must know of who reads: somebody signed in, or somebody who gets a letter."""

    @property
    def person_id(self) -> UUID: ...

    @property
    def is_primary(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class PostalReader:
    """The primary insured, to whom the mutual writes; they may have no way in at all."""

    person_id: UUID

    @property
    def is_primary(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Viewer:
    """A signed-in insured person. `person_id` is the beneficiary, `member_id` the membership."""

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

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def initials(self) -> str:
        return f"{self.first_name[:1]}{self.last_name[:1]}".upper()

    @property
    def is_primary(self) -> bool:
        return self.relationship == Relationship.PRIMARY_INSURED
