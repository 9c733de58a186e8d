"""To whom of their colleagues an agent may hand a request over, by name."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from entraide.formats.names import normalise
from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.agents.policies import Right, may
from entraide.portal.domain.agents.queries import AgentAtWork, agents_at_work
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.handling import actions
from entraide.portal.domain.handling.policies import need


def colleagues_of(agent: AgentViewer) -> tuple[AgentAtWork, ...]:
    """Who else works here, answers requests and sees the same ones, by name. One query."""
    need(agent, Right.ANSWER_REQUESTS)
    of_the_fund = may(agent.role, Right.HANDLE_SOCIAL_FUND)
    alike = [
        role
        for role in Role
        if may(role, Right.ANSWER_REQUESTS) and may(role, Right.HANDLE_SOCIAL_FUND) == of_the_fund
    ]
    others = (one for one in agents_at_work(*alike) if one.id != agent.id)
    return tuple(sorted(others, key=lambda one: normalise(one.full_name)))


def hand_to_oneself(agent: AgentViewer, reference: str) -> None:
    """The request is the agent's own from now on, whoever had it."""
    (mine,) = (one for one in agents_at_work(agent.role) if one.id == agent.id)
    actions.hand_over(agent, reference, to=mine.identifier)


def hand_to_colleague(
    agent: AgentViewer, reference: str, *, colleague: UUID | None, words: str = "", now: datetime
) -> AgentAtWork:
    """Gives the request to this colleague, with a note if there are any words; gives back who it is.

    Raises DomainError for who is not among the colleagues, or is of the family that asks; nothing is kept.
    """
    chosen = next((one for one in colleagues_of(agent) if one.id == colleague), None)
    if chosen is None:
        raise DomainError(_("Choisissez un collègue dans la liste."), field="colleague")
    with transaction.atomic():
        actions.hand_over(agent, reference, to=chosen.identifier)
        if words.strip():
            actions.note(agent, reference, words=words, now=now)
    return chosen
