"""The fictitious households of a mutual's demo, and the fictitious people who work there."""

from dataclasses import dataclass, field
from datetime import date

from entraide.profiles.bank import DebtorBank
from entraide.profiles.shapes import (
    BirthCommune,
    BirthDepartment,
    CareKind,
    Civility,
    ClaimFeed,
    ContractNumber,
    CoverTier,
    DemoAgentRole,
    DemoEmail,
    DemoMobile,
    DemoPhone,
    DemoRole,
    Identifier,
    Line,
    Postcode,
    Relationship,
    Sex,
)
from entraide.profiles.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoContract:
    number: ContractNumber
    label: Text
    tier: CoverTier


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPerson:
    """A fictitious person; someone with a password has already activated their access."""

    relationship: Relationship
    civility: Civility
    first_name: Line
    last_name: Line
    birth_date: date
    birth_department: BirthDepartment
    birth_commune: BirthCommune
    sex: Sex
    birth_name: Line | None = None
    email: DemoEmail | None = None
    mobile: DemoMobile | None = None
    phone: DemoPhone | None = None
    claim_feed: ClaimFeed = "on"
    role: DemoRole | None = None
    password: Line | None = None
    care_profile: tuple[CareKind, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoHousehold:
    id: Identifier
    segment: Identifier
    joined_on: date
    address: Line
    postcode: Postcode
    town: Line
    contracts: tuple[DemoContract, ...]
    persons: tuple[DemoPerson, ...] = field(metadata={"key": "person"})
    address_complement: Line | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoAgent:
    """A fictitious person of the mutual, whose access is open; they sign in with their e-mail address."""

    role: DemoAgentRole
    first_name: Line
    last_name: Line
    email: DemoEmail
    password: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    households: tuple[DemoHousehold, ...] = field(metadata={"key": "household"})
    agents: tuple[DemoAgent, ...] = field(metadata={"key": "agent"})
    bank: DebtorBank | None = None
