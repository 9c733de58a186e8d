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

    `recipient`: who gets it, where that is somebody of the contract. Secrets: `token` (of the link), `sender`
    (their name), `to` (what the sender reads: the address typed, or a name), `email` (what was typed).
    """

    personal_data: ClassVar[str] = "who sent it, whose card, and who of the contract gets it"
    person: UUID
    recipient: UUID | None
    kind: str
    days: int
    language: str


@dataclass(frozen=True, kw_only=True)
class CardLinksStopped(Fact):
    """With an access that was frozen, the links to cards that it sent stopped opening."""

    personal_data: ClassVar[str] = "who sent them"
    links: int
