"""Facts of the electronic feed. Counts only; the lines themselves are in their own table."""

from dataclasses import dataclass
from typing import ClassVar

from entraide.portal.foundation.events.facts import Fact


@dataclass(frozen=True, kw_only=True)
class FeedTakenIn(Fact):
    """A file of the electronic feed was taken in: `new` lines stored, `rejected` ones told of."""

    personal_data: ClassVar[str] = "none"
    feed: int
    number: str
    lines: int
    new: int
    rejected: int


@dataclass(frozen=True, kw_only=True)
class DoubleAttachmentFound(Fact):
    """A fund sent lines of people whose electronic feed is not ours, or is that of two memberships."""

    personal_data: ClassVar[str] = "none"
    feed: int
    number: str
    lines: int
