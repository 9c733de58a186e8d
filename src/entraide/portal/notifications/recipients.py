"""Whom a fact is told to: the member it is about, or the agent whose access it concerns."""

from collections.abc import Callable
from uuid import UUID

from entraide.portal.domain.agents.queries import AgentContact, agent_behind, contact_of_agent
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.members.queries import contact_behind, contact_of
from entraide.portal.foundation.events.models import Entry

Recipient = Beneficiary | AgentContact
Whom = Callable[[Entry], Recipient | None]


def member(entry: Entry) -> Recipient | None:
    """The person the fact is about; None when it is about nobody."""
    return contact_of(entry.about) if entry.about is not None else None


def receiver(entry: Entry) -> Recipient | None:
    """The person whom the fact names as its recipient; None when it names nobody."""
    return contact_of(UUID(entry.data["recipient"])) if entry.data["recipient"] else None


def author(entry: Entry) -> Recipient | None:
    """The member who did it; None when that is no member."""
    return contact_behind(entry.actor) if entry.actor is not None else None


def agent(entry: Entry) -> Recipient | None:
    """The agent named by the fact, or who changed their own access; None when that is no agent at work.

    Facts of `domain/access` know no agent: about nobody, they have the agent's account as their actor.
    """
    if entry.about is not None:
        return None
    if "agent" in entry.data:
        return contact_of_agent(UUID(entry.data["agent"])) if entry.data["agent"] else None
    return agent_behind(entry.actor) if entry.actor is not None else None
