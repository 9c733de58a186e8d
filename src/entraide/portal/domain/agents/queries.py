"""What the gate, the pages and the commands may know of the people of the mutual."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from entraide.portal.domain.access.passwords import criteria
from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.agents.identifiers import normal_identifier
from entraide.portal.domain.agents.models import Agent
from entraide.portal.domain.agents.policies import agent_password_lengths
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.foundation.accounts.models import Account


def agent_of(account_id: UUID) -> AgentViewer | None:
    """The agent behind an account, or None: no agent, ended, frozen or switched off (A30)."""
    found = _working().filter(account_id=account_id).first()
    return _as_viewer(found) if found is not None else None


def agent_with(account: Account) -> AgentViewer | None:
    """The agent of a live session, whose account is neither closed nor frozen (`live_session`). No query."""
    found: Agent | None = getattr(account, "agent", None)
    return _as_viewer(found) if found is not None and found.ended_at is None else None


def agent_named(identifier: str) -> AgentViewer | None:
    """The same for the address of somebody who works here. For the operator only."""
    found = _working().filter(account__identifier=normal_identifier(identifier)).first()
    return agent_of(found.account_id) if found is not None else None


@dataclass(frozen=True, slots=True)
class AgentEntrant:
    """An agent whose password was right and who has a step left."""

    account: Account
    agent_id: UUID
    full_name: str


def agent_entrant(account_id: UUID) -> AgentEntrant | None:
    """The agent behind an account that may sign in, or None."""
    found = _working().select_related("account").filter(account_id=account_id).first()
    if found is None:
        return None
    return AgentEntrant(account=found.account, agent_id=found.pk, full_name=found.full_name)


@dataclass(frozen=True, slots=True)
class AgentContact:
    """An agent to write to, by e-mail alone: no mobile is kept of an agent (A74)."""

    pk: UUID
    full_name: str
    email: str
    mobile: str = ""

    def wants(self, _topic: str) -> bool:
        """What is written to an agent is about their access: it always leaves."""
        return True


def contact_of_agent(agent_id: UUID) -> AgentContact | None:
    """Where to write to this agent; None once the access has ended. For notices only."""
    return _contact(Agent.objects.filter(pk=agent_id))


@dataclass(frozen=True, slots=True)
class AgentAtWork:
    """Somebody who may sign in now."""

    id: UUID
    identifier: str
    full_name: str


def agents_at_work(*roles: Role) -> tuple[AgentAtWork, ...]:
    """Everybody of these roles who may sign in."""
    rows = _working().filter(role__in=roles).order_by("full_name", "pk")
    return tuple(AgentAtWork(*one) for one in rows.values_list("pk", "account__identifier", "full_name"))


def agent_behind(account_id: UUID) -> AgentContact | None:
    """The same for the agent of an account; None when it is no agent's."""
    return _contact(Agent.objects.filter(account_id=account_id))


def agent_password_criteria() -> tuple[dict[str, object], ...]:
    """The rule in force for agents, line by line."""
    return criteria(**agent_password_lengths())


def agent_password_ends(account: Account) -> datetime | None:
    """The moment from which an agent must renew the password, which no factor lifts; None: never."""
    days = settings.PROFILE.security.agent_password_max_age_days
    return account.password_set_at + timedelta(days=days) if days else None


@dataclass(frozen=True, slots=True)
class AgentRow:
    """One line of the list of agents: no secret in it."""

    identifier: str
    full_name: str
    role: Role
    created_at: datetime
    last_sign_in: datetime | None
    ended_at: datetime | None
    must_reset: bool


def agents() -> Iterator[AgentRow]:
    """Everybody who works or worked here with an access, by name. For the operator only."""
    for one in Agent.objects.select_related("account").order_by("full_name", "pk"):
        yield AgentRow(
            identifier=one.account.identifier,
            full_name=one.full_name,
            role=Role(one.role),
            created_at=one.created_at,
            last_sign_in=one.account.last_login,
            ended_at=one.ended_at,
            must_reset=one.account.must_reset,
        )


def _contact(those: QuerySet[Agent]) -> AgentContact | None:
    found = those.filter(ended_at=None).first()
    return AgentContact(found.pk, found.full_name, str(found.email)) if found is not None else None


def _as_viewer(agent: Agent) -> AgentViewer:
    return AgentViewer(
        id=agent.pk,
        account_id=agent.account_id,
        full_name=agent.full_name,
        role=Role(agent.role),
        email=str(agent.email),
        uses_shortcuts=agent.uses_shortcuts,
    )


def _working() -> QuerySet[Agent]:
    return Agent.objects.filter(ended_at=None, account__is_active=True, account__frozen_at=None)
