"""What members of a group contract compare before they retire (`retirement.toml`), where the mutual has it.

What each contract pays is not told here: the page asks the engine, with the tables that pay.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

from entraide.profiles.pages import PAGE_ADDRESSES
from entraide.profiles.shapes import ContractNumber, Identifier, Listed, Positive
from entraide.profiles.text import Text

Page = Annotated[str, Listed(frozenset(PAGE_ADDRESSES), "a page of the portal")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that is not the same under both contracts."""

    topic: Text
    group: Text
    individual: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeContribution:
    """What one adult of this age pays each month, in cents."""

    age: Positive
    monthly_cents: Positive


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Examples of contributions of one year. `contracts`: the base, and the options that go with it."""

    contracts: tuple[ContractNumber, ...]
    year: Positive
    ages: tuple[AgeContribution, ...] = field(metadata={"key": "age"})

    def example_for(self, age: int) -> AgeContribution | None:
        """That of the highest age not above this one."""
        below = [one for one in self.ages if one.age <= age]
        return below[-1] if below else None


@dataclass(frozen=True, slots=True, kw_only=True)
class RetirementDocument:
    """A paper to read, and the page of the portal where it lies."""

    label: Text
    page: Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Retirement:
    """`segments`: who is still under the group contract. `reason`: of a message or a call to an adviser.

    `note`: what the examples are worth; `enclose`: what goes along with the membership form.
    """

    segments: tuple[Identifier, ...]
    paragraphs: tuple[Text, ...]
    reason: Identifier
    note: Text
    enclose: tuple[Text, ...]
    differences: tuple[Difference, ...] = field(metadata={"key": "difference"})
    scales: tuple[Scale, ...] = field(metadata={"key": "scale"})
    documents: tuple[RetirementDocument, ...] = field(metadata={"key": "document"})

    def scale_of(self, contracts: Collection[str], *, on: date) -> Scale | None:
        """The examples of these contracts taken together: of the latest year that is not to come."""
        fitting = [one for one in self.scales if set(one.contracts) == set(contracts) and one.year <= on.year]
        return max(fitting, key=lambda one: one.year, default=None)
