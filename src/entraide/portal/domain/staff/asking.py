"""Asking for an invitation or another role: nothing happens before a second person agrees (A75)."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from entraide.portal.domain.agents.actions.people import valid_name
from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.agents.identifiers import valid_identifier
from entraide.portal.domain.agents.models import Agent
from entraide.portal.domain.agents.policies import Right
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.handling.policies import need
from entraide.portal.domain.staff.enums import ChangeKind, ChangeState, Step
from entraide.portal.domain.staff.events import AccessChangeAsked, AccessChangeLapsed, AccessChangeMoved
from entraide.portal.domain.staff.models import AccessChange
from entraide.portal.domain.staff.telling import tell_granting
from entraide.portal.foundation.events.facts import publish

# What nobody answered for a week is no longer what was asked for.
WAITS = timedelta(days=7)


def ask_invitation(
    agent: AgentViewer, *, email: str, full_name: str, role: Role, request_key: UUID, now: datetime
) -> AccessChange:
    """Asks for an access for somebody who has none; the same key is asked once.

    Raises DomainError, tied to a field where there is one.
    """
    need(agent, Right.GRANT_ACCESS)
    identifier, name = valid_identifier(email), valid_name(full_name)
    if Agent.objects.filter(account__identifier=identifier, ended_at=None).exists():
        raise DomainError(_("Cette personne a déjà un accès."), field="identifier")
    change = AccessChange(kind=ChangeKind.INVITATION, identifier=identifier, full_name=name, role=role)
    return _asked(agent, change, request_key=request_key, now=now)


def ask_role(
    agent: AgentViewer, agent_id: UUID, *, role: Role, request_key: UUID, now: datetime
) -> AccessChange:
    """Asks for another role for somebody at work; the same key is asked once. Raises DomainError."""
    need(agent, Right.GRANT_ACCESS)
    found = Agent.objects.select_related("account").filter(pk=agent_id, ended_at=None).first()
    if found is None:
        raise DomainError(_("Cet accès est fermé : invitez la personne de nouveau."))
    if found.role == role:
        raise DomainError(_("C’est déjà son rôle : choisissez-en un autre."), field="role")
    change = AccessChange(
        kind=ChangeKind.ROLE,
        agent=found,
        identifier=found.account.identifier,
        full_name=found.full_name,
        role=role,
        former_role=found.role,
    )
    return _asked(agent, change, request_key=request_key, now=now)


def lapse_changes(*, now: datetime) -> int:
    """Ends what nobody answered within a week; returns how many. Inside a transaction."""
    waiting = AccessChange.objects.select_for_update().filter(state=ChangeState.ASKED)
    late = list(waiting.filter(asked_at__lte=now - WAITS).order_by("pk"))
    for one in late:
        one.state, one.decided_at = ChangeState.LAPSED, now
        one.save(update_fields=["state", "decided_at"])
        publish(moved(one, AccessChangeLapsed))
    return len(late)


def moved(
    change: AccessChange, fact: type[AccessChangeMoved], *, actor: UUID | None = None
) -> AccessChangeMoved:
    """The fact of this kind about this change."""
    return fact(
        actor=actor,
        change=change.pk,
        kind=ChangeKind(change.kind).value,
        role=Role(change.role).value,
        agent=change.agent_id,
    )


def _asked(agent: AgentViewer, change: AccessChange, *, request_key: UUID, now: datetime) -> AccessChange:
    before = AccessChange.objects.filter(asked_by_id=agent.id, request_key=request_key)
    change.asked_by_id, change.request_key, change.asked_at = agent.id, request_key, now
    try:
        with transaction.atomic():
            first = before.first()
            if first is not None:
                return first
            lapse_changes(now=now)
            change.save(force_insert=True)
            publish(moved(change, AccessChangeAsked, actor=agent.account_id))
            tell_granting(Step.ASKED, kind=ChangeKind(change.kind).value, actor=agent.account_id)
    except IntegrityError:
        # A second click in parallel won; or another change for the same address waits already.
        first = before.first()
        if first is None:
            words = _("Une demande attend déjà pour cette personne : décidez-en d’abord.")
            raise DomainError(words) from None
        return first
    return change
