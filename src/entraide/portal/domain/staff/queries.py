"""Who works here and how they come in, and what waits for a second person."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Prefetch, QuerySet
from django.utils import timezone

from entraide.portal.domain.access.models import Factor
from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.agents.models import Agent
from entraide.portal.domain.agents.policies import Right, may
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.handling.policies import need
from entraide.portal.domain.staff.asking import WAITS
from entraide.portal.domain.staff.enums import ChangeKind, ChangeState
from entraide.portal.domain.staff.models import AccessChange
from entraide.portal.domain.staff.telling import granting_agents


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessLine:
    """One person's access. `factors`: kinds of their ways in, each once."""

    id: UUID
    full_name: str
    identifier: str
    role: Role
    since: datetime
    last_sign_in: datetime | None
    ended_at: datetime | None
    factors: tuple[str, ...]
    waits_for_password: bool

    @property
    def since_on(self) -> date:
        return timezone.localdate(self.since)

    @property
    def standing(self) -> str:
        """`active`, `invited` or `ended`."""
        if self.ended_at is not None:
            return "ended"
        return "invited" if self.waits_for_password else "active"


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingChange:
    """What waits for a second person; `is_own`: who looks asked for it themselves."""

    id: UUID
    kind: ChangeKind
    full_name: str
    identifier: str
    role: Role
    former_role: Role | None
    asked_by: str
    asked_at: datetime
    until: datetime
    binding: str
    is_own: bool


def accesses(agent: AgentViewer, limit: int) -> list[AccessLine]:
    """The first `limit`: those at work by name, then those who left, the latest first. Two queries."""
    need(agent, Right.GRANT_ACCESS)
    return [access_line(one) for one in listed_agents()[:limit]]


def access_of(agent: AgentViewer, agent_id: UUID) -> AccessLine | None:
    """One of them; None when there is none with this id."""
    need(agent, Right.GRANT_ACCESS)
    found = listed_agents().filter(pk=agent_id).first()
    return access_line(found) if found is not None else None


def listed_agents() -> QuerySet[Agent]:
    """In the order of the list, with what a line shows."""
    kinds = Prefetch("account__factors", queryset=Factor.objects.only("account_id", "kind"))
    rows = Agent.objects.select_related("account").prefetch_related(kinds)
    return rows.order_by(F("ended_at").desc(nulls_first=True), "full_name", "pk")


def access_line(one: Agent) -> AccessLine:
    return AccessLine(
        id=one.pk,
        full_name=one.full_name,
        identifier=one.account.identifier,
        role=Role(one.role),
        since=one.created_at,
        last_sign_in=one.account.last_login,
        ended_at=one.ended_at,
        factors=tuple(sorted({factor.kind for factor in one.account.factors.all()})),
        waits_for_password=one.account.must_reset,
    )


def changes_waiting(agent: AgentViewer, *, now: datetime) -> tuple[WaitingChange, ...]:
    """What waits for a second person, the oldest on top; nothing for roles that give no access."""
    if not may(agent.role, Right.GRANT_ACCESS):
        return ()
    rows = AccessChange.objects.filter(state=ChangeState.ASKED, asked_at__gt=now - WAITS)
    return tuple(
        WaitingChange(
            id=one.pk,
            kind=ChangeKind(one.kind),
            full_name=one.full_name,
            identifier=one.identifier,
            role=Role(one.role),
            former_role=Role(one.former_role) if one.former_role else None,
            asked_by=one.asked_by.full_name,
            asked_at=one.asked_at,
            until=one.asked_at + WAITS,
            binding=one.binding,
            is_own=one.asked_by_id == agent.id,
        )
        for one in rows.select_related("asked_by").order_by("asked_at", "pk")
    )


def how_many_changes_wait(agent: AgentViewer, *, now: datetime) -> int:
    """For the first page: what somebody else asked; 0 for roles that give no access."""
    if not may(agent.role, Right.GRANT_ACCESS):
        return 0
    rows = AccessChange.objects.filter(state=ChangeState.ASKED, asked_at__gt=now - WAITS)
    return rows.exclude(asked_by_id=agent.id).count()


def is_alone() -> bool:
    """Whether fewer than two people give accesses: then the terminal is the only other way."""
    return granting_agents().filter(account__must_reset=False).count() < 2
