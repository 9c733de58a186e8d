"""Facts of cards. No address is in them."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from entraide.portal.foundation.events.facts import Fact


@dataclass(frozen=True, kw_only=True)
class CardsReplaced(Fact):
    """Every card of this person made before is void; a new series began."""

    personal_data: ClassVar[str] = "whose cards, and who did it"
    series: int
    language: str


@dataclass(frozen=True, kw_only=True)
class CardSent(Fact):
    """Somebody sent a link to the card of `person`, open for `days`; `kind`: family, professional.

    Secrets: `email` (where to), `token` (of the link).
    """

    personal_data: ClassVar[str] = "who sent it, and whose card"
    person: UUID
    kind: str
    days: int
    language: str


@dataclass(frozen=True, kw_only=True)
class CardLinksStopped(Fact):
    """With an access that was frozen, the links to cards that it sent stopped opening."""

    personal_data: ClassVar[str] = "who sent them"
    links: int
