"""Facts about the people of the mutual. None holds a name, an address, a link or a password."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from entraide.portal.foundation.events.facts import Fact


@dataclass(frozen=True, kw_only=True)
class AgentInvited(Fact):
    """A link to choose a password was made for an agent; `reason`: new, back, password_lost, factor_lost.

    Secrets: `token`.
    """

    personal_data: ClassVar[str] = "which agent"
    agent: UUID
    role: str
    reason: str
    language: str


@dataclass(frozen=True, kw_only=True)
class AgentPasswordSet(Fact):
    """An agent chose a password, through an invitation, because the old one expired, or by a change."""

    personal_data: ClassVar[str] = "which agent"
    agent: UUID
    purpose: str
    language: str


@dataclass(frozen=True, kw_only=True)
class AgentSignedIn(Fact):
    """An agent passed both steps; `new_browser`: from a browser that this account did not know.

    `label`: that browser in words.
    """

    personal_data: ClassVar[str] = "which agent"
    agent: UUID
    new_browser: bool
    label: str
    language: str


@dataclass(frozen=True, kw_only=True)
class AgentLocked(Fact):
    """Too many wrong passwords: no sign-in until the lock ends, and then only through a new invitation.

    `everywhere`: not only for browsers that the account does not know. `agent` is blank for nobody's address.
    """

    personal_data: ClassVar[str] = "which agent"
    agent: UUID | None
    hours: int
    everywhere: bool
    language: str


@dataclass(frozen=True, kw_only=True)
class AgentRoleChanged(Fact):
    """An agent has another role; their sessions ended with the former one."""

    personal_data: ClassVar[str] = "which agent"
    agent: UUID
    role: str
    former: str
    language: str


@dataclass(frozen=True, kw_only=True)
class AgentEnded(Fact):
    """An agent's access ended at once, with their sessions and factors."""

    personal_data: ClassVar[str] = "which agent"
    agent: UUID


@dataclass(frozen=True, kw_only=True)
class ShortcutsChosen(Fact):
    """An agent turned the single keys of the desk on or off for themselves."""

    personal_data: ClassVar[str] = "which agent"
    agent: UUID
    on: bool
