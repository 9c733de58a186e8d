"""The fact of a sweep."""

from dataclasses import dataclass

from entraide.portal.foundation.events.facts import Fact


@dataclass(frozen=True, kw_only=True)
class Reconciled(Fact):
    """All was looked through: `repaired` were put right, `left` wait for a person; `counts` by code."""

    repaired: int
    left: int
    counts: str
