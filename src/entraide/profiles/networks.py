"""The care networks of a mutual (`networks.toml`): partners, what they grant, how to benefit from it.

Every figure is data with its source: pages write the sentence around it.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from entraide.profiles.hospital import Finess
from entraide.profiles.opening import OpeningHours
from entraide.profiles.shapes import Cents, Identifier, Phone, Positive, Website
from entraide.profiles.text import Text

# As in domain/directory/professions.py, which a profile cannot import; a test compares the two.
NetworkProfession = Literal["optician", "dentist", "hearing_specialist", "osteopath", "eye_surgery_centre"]
Bound = Literal["up_to", "at_least", "average"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Saving:
    """How many percent less a partner asks for something."""

    on: Text
    percent: Positive
    bound: Bound


@dataclass(frozen=True, slots=True, kw_only=True)
class Warranty:
    """What is guaranteed without a deductible, for so many months or so many days."""

    on: Text
    months: Positive | None = None
    days: Positive | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkDomain:
    """One profession of a network. `count`: at least so many partners; `from_cents`: the lowest price."""

    profession: NetworkProfession
    title: Text
    count: Positive | None = None
    from_cents: Cents | None = None
    price_of: Text | None = None
    savings: tuple[Saving, ...] = field(default=(), metadata={"key": "saving"})
    warranties: tuple[Warranty, ...] = field(default=(), metadata={"key": "warranty"})
    advantages: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkService:
    """What a network offers besides, on its own site or by telephone."""

    title: Text
    text: Text
    website: Website | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """A network, and whom to ask about it. `source`, `read_on`: where its figures stand, and since when."""

    id: Identifier
    name: Text
    about: Text
    source: Text
    read_on: date
    phone: Phone
    hours: tuple[OpeningHours, ...]
    domains: tuple[NetworkDomain, ...] = field(metadata={"key": "domain"})
    website: Website | None = None
    services: tuple[NetworkService, ...] = field(default=(), metadata={"key": "service"})
    segments: tuple[Identifier, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of how to benefit from a network."""

    title: Text
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class LensOrder:
    """Where contact lenses are ordered without paying in advance."""

    text: Text
    label: Text
    website: Website


@dataclass(frozen=True, slots=True, kw_only=True)
class HospitalComparison:
    """What is said where hospitals are compared. `referenced`: those that the network names."""

    text: Text
    quality_text: Text
    quality_website: Website
    referenced: tuple[Finess, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceKind:
    """One kind of place that a federation runs, and how many there are."""

    label: Text
    count: Positive
    kind: Literal["care", "support"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FederationServices:
    """Places of care and of support that a federation of mutuals runs for the members of all."""

    title: Text
    about: Text
    website: Website
    phone: Phone
    hours: tuple[OpeningHours, ...]
    source: Text
    read_on: date
    kinds: tuple[ServiceKind, ...] = field(metadata={"key": "kind"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Networks:
    """Everything that the page of the networks shows."""

    networks: tuple[Network, ...] = field(metadata={"key": "network"})
    steps: tuple[Step, ...] = field(metadata={"key": "step"})
    hospitals: HospitalComparison
    lenses: LensOrder | None = None
    federation: FederationServices | None = None

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(one.id for one in self.networks)

    def for_segment(self, segment: str) -> tuple[Network, ...]:
        """The networks that a member of this segment may use."""
        return tuple(one for one in self.networks if not one.segments or segment in one.segments)
