"""Facts of contacts. None holds a contact: only which one changed."""

from dataclasses import dataclass
from typing import ClassVar

from entraide.portal.foundation.events.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ContactsChanged(Fact):
    """Something on file was changed at the portal; `what`: `address`, `phone`, `delivery` or `mails`."""

    personal_data: ClassVar[str] = "whose, and who changed it"
    what: str
    language: str


@dataclass(frozen=True, kw_only=True)
class ContactsConfirmed(Fact):
    """The person said that address, e-mail and phones are still right."""

    personal_data: ClassVar[str] = "who"
