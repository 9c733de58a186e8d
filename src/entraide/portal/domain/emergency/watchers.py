"""Who is told at once of an emergency access, and may review it afterwards (A76)."""

from collections.abc import Sequence
from itertools import combinations

from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.agents.models import Agent
from entraide.portal.domain.agents.policies import Right, may
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.bank.policies import Somebody, agent_as_somebody
from entraide.portal.domain.handling.policies import is_same_person
from entraide.portal.domain.members.models import Beneficiary

REVIEWING = tuple(role for role in Role if may(role, Right.REVIEW_EMERGENCIES))
FEWEST = 2


def watchers_of(agent: AgentViewer, family: Sequence[Beneficiary]) -> tuple[Agent, ...]:
    """Everybody who may review what this agent opens of this family, and can sign in now.

    Neither the agent by another account, nor anybody of the family.
    """
    people = [Somebody(one.full_name, one.email) for one in family]
    rows = Agent.objects.filter(
        role__in=REVIEWING,
        ended_at=None,
        account__is_active=True,
        account__frozen_at=None,
        account__must_reset=False,
    )
    return tuple(
        one
        for one in rows.select_related("account").order_by("pk")
        if not is_same_person(agent, one) and not any(agent_as_somebody(one).is_also(who) for who in people)
    )


def are_two_people(watchers: Sequence[Agent]) -> bool:
    """Whether at least two of them are different persons, as far as names and addresses tell."""
    people = [agent_as_somebody(one) for one in watchers]
    return any(not first.is_also(other) for first, other in combinations(people, FEWEST))
