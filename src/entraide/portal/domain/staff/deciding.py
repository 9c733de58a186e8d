"""The second person's yes or no, and ending an access at once (A75, A78)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from entraide.portal.domain.agents.actions.people import change_role, end_agent, invite_agent
from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.agents.models import Agent
from entraide.portal.domain.agents.policies import Right
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.handling.policies import is_same_person, need
from entraide.portal.domain.staff.asking import WAITS, moved
from entraide.portal.domain.staff.enums import ChangeKind, ChangeState, Step
from entraide.portal.domain.staff.events import (
    AccessChangeAgreed,
    AccessChangeRefused,
    AccessChangeWithdrawn,
)
from entraide.portal.domain.staff.models import AccessChange
from entraide.portal.domain.staff.telling import GRANTING, tell_granting
from entraide.portal.foundation.events.facts import publish


def agree(agent: AgentViewer, change_id: UUID, *, binding: str, now: datetime) -> AccessChange:
    """Carries out what another person asked for, exactly as it was read (`binding`).

    Raises DomainError for one's own, about oneself, too late, or once decided.
    """
    need(agent, Right.GRANT_ACCESS)
    with transaction.atomic():
        change = _waiting(change_id, now=now)
        _check_people(agent, change)
        if binding != change.binding:
            raise DomainError(_("Ce n’est pas ce que vous avez lu : relisez la demande, puis décidez."))
        _carry_out(change, actor=agent.account_id, now=now)
        _decide(change, agent, ChangeState.DONE, now=now)
        publish(moved(change, AccessChangeAgreed, actor=agent.account_id))
        tell_granting(Step.DONE, kind=ChangeKind(change.kind).value, actor=agent.account_id)
    return change


def refuse(agent: AgentViewer, change_id: UUID, *, now: datetime) -> AccessChange:
    """A no; from who asked, it is taken back. Raises DomainError once decided or too late."""
    need(agent, Right.GRANT_ACCESS)
    with transaction.atomic():
        change = _waiting(change_id, now=now)
        _locked_granting(agent)
        is_own = change.asked_by_id == agent.id
        _decide(change, agent, ChangeState.WITHDRAWN if is_own else ChangeState.REFUSED, now=now)
        fact = AccessChangeWithdrawn if is_own else AccessChangeRefused
        publish(moved(change, fact, actor=agent.account_id))
        step = Step.WITHDRAWN if is_own else Step.REFUSED
        tell_granting(step, kind=ChangeKind(change.kind).value, actor=agent.account_id)
    return change


def end_access(agent: AgentViewer, agent_id: UUID, *, now: datetime) -> str:
    """Ends somebody's access at once and returns their name; one person is enough.

    Raises DomainError for one's own, so that nobody locks the door from outside, and for one that is over.
    """
    need(agent, Right.GRANT_ACCESS)
    if agent.id == agent_id:
        raise DomainError(_("Vous ne pouvez pas fermer votre propre accès : demandez à une autre personne."))
    with transaction.atomic():
        people = _locked_granting(agent, agent_id)
        found = people.get(agent_id)
        if found is None or found.ended_at is not None:
            raise DomainError(_("Cet accès est déjà fermé."))
        end_agent(email=found.account.identifier, actor=agent.account_id, now=now)
        tell_granting(Step.ENDED, kind="access", actor=agent.account_id)
    return found.full_name


def _waiting(change_id: UUID, *, now: datetime) -> AccessChange:
    rows = AccessChange.objects.select_for_update(of=("self",)).select_related("asked_by", "agent")
    change = rows.filter(pk=change_id).first()
    if change is None:
        raise DomainError(_("Cette demande n’existe pas."))
    if change.state != ChangeState.ASKED:
        raise DomainError(_("Cette demande est déjà décidée."))
    if change.asked_at <= now - WAITS:
        raise DomainError(_("Cette demande a plus de 7 jours : demandez de nouveau."))
    return change


def _check_people(agent: AgentViewer, change: AccessChange) -> None:
    """Two people who both give accesses at this moment, the second not the one it is about."""
    people = _locked_granting(agent, change.asked_by_id, *([change.agent_id] if change.agent_id else []))
    asker = people[change.asked_by_id]
    if is_same_person(agent, asker):
        raise DomainError(_("Une autre personne que celle qui a demandé doit donner son accord."))
    if not _gives_access(asker):
        words = _("La personne qui a demandé ne gère plus les accès : refusez, puis demandez de nouveau.")
        raise DomainError(words)
    concerned = people.get(change.agent_id) if change.agent_id else None
    if is_same_person(agent, concerned or Agent(full_name=change.full_name, email=change.identifier)):
        raise DomainError(_("C’est de votre accès qu’il s’agit : une autre personne doit décider."))


def _locked_granting(agent: AgentViewer, *others: UUID) -> dict[UUID, Agent]:
    """These people, in one order so that two acts never wait for each other; who acts must still may."""
    wanted = Agent.objects.select_for_update(of=("self",)).select_related("account").order_by("pk")
    people = {one.pk: one for one in wanted.filter(pk__in={agent.id, *others})}
    if not _gives_access(people[agent.id]):
        raise DomainError(_("Votre accès ne permet plus de faire cela."))
    return people


def _gives_access(agent: Agent) -> bool:
    return agent.role in GRANTING and agent.ended_at is None


def _carry_out(change: AccessChange, *, actor: UUID, now: datetime) -> None:
    role = Role(change.role)
    if change.kind == ChangeKind.INVITATION:
        # Its link leaves by mail; nobody else is shown it.
        invite_agent(email=change.identifier, full_name=change.full_name, role=role, actor=actor, now=now)
        return
    change_role(email=change.identifier, former=Role(change.former_role), role=role, actor=actor)


def _decide(change: AccessChange, agent: AgentViewer, state: ChangeState, *, now: datetime) -> None:
    change.state, change.decided_by_id, change.decided_at = state, agent.id, now
    change.save(update_fields=["state", "decided_by", "decided_at"])
