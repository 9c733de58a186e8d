"""Who may do what at the desk (A75): a right for each act, and nobody their own family's (A73).

Requests to the social fund are seen by its own people alone, who see no others (SOC-01).
"""

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from entraide.formats.names import same_name
from entraide.portal.domain.agents.models import Agent
from entraide.portal.domain.agents.policies import Right, may
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.bank.policies import Somebody, agent_as_somebody
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.requests.enums import CONFIDENTIAL, RequestKind
from entraide.portal.domain.requests.models import Request
from entraide.profiles import Team

CONFIDENTIAL_REQUESTS = Q(kind__in=[one.value for one in CONFIDENTIAL])


def need(agent: AgentViewer, right: Right) -> None:
    """Raises DomainError unless the agent's role gives this right."""
    if not may(agent.role, right):
        raise DomainError(_("Votre rôle ne permet pas de faire cela : demandez à un collègue habilité."))


def within_sight(agent: AgentViewer) -> Q:
    """The requests that there are for this agent: everything that the desk asks is cut by it."""
    return CONFIDENTIAL_REQUESTS if may(agent.role, Right.HANDLE_SOCIAL_FUND) else ~CONFIDENTIAL_REQUESTS


def teams_for(agent: AgentViewer) -> tuple[Team, ...]:
    """The teams whose requests the agent sees, and may hand requests over to."""
    is_theirs = may(agent.role, Right.HANDLE_SOCIAL_FUND)
    teams = settings.PROFILE.desk.teams
    return tuple(one for one in teams if (RequestKind.SOCIAL_FUND in one.kinds) == is_theirs)


def need_distance(agent: AgentViewer, request: Request) -> None:
    """Raises DomainError when the agent is, by another account, of the family that asks."""
    if too_near(agent, [request]):
        raise DomainError(_("Vous êtes de cette famille : laissez un collègue s’en occuper."))


def need_distance_from(agent: AgentViewer, family: Iterable[Beneficiary]) -> None:
    """The same for people who are read already."""
    mine = agent_as_somebody(agent)
    if any(mine.is_also(Somebody(one.full_name, one.email)) for one in family):
        raise DomainError(_("Vous êtes de cette famille : laissez un collègue s’en occuper."))


def too_near(agent: AgentViewer, requests: Iterable[Request]) -> frozenset[UUID]:
    """Those of these requests of the agent's own family. `requests`: with their senders. One query."""
    found = list(requests)
    people = Beneficiary.objects.filter(member_id__in={one.sender.member_id for one in found})
    mine = agent_as_somebody(agent)
    families = {one.member_id for one in people if mine.is_also(Somebody(one.full_name, one.email))}
    return frozenset(one.pk for one in found if one.sender.member_id in families)


def is_same_person(first: AgentViewer, second: Agent) -> bool:
    """Whether two accounts are one person's, as far as names and addresses tell."""
    one, other = agent_as_somebody(first), agent_as_somebody(second)
    return first.id == second.pk or one.is_also(other) or same_name(first.full_name, second.full_name)
