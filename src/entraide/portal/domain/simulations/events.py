"""Facts of simulations. None tells which care."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from entraide.portal.foundation.events.facts import Fact


@dataclass(frozen=True, kw_only=True)
class SimulationSaved(Fact):
    """Somebody keeps a simulation."""

    personal_data: ClassVar[str] = "who"
    simulation_id: UUID


@dataclass(frozen=True, kw_only=True)
class SimulationDeleted(Fact):
    """Somebody deleted a simulation that they kept."""

    personal_data: ClassVar[str] = "who"
    simulation_id: UUID
