"""Who gives accesses learns of every move of an access, by mail, whoever made it."""

from uuid import UUID

from django.db.models import QuerySet

from entraide.portal.domain.agents.enums import Role
from entraide.portal.domain.agents.models import Agent
from entraide.portal.domain.agents.policies import Right, may
from entraide.portal.domain.staff.enums import Step
from entraide.portal.domain.staff.events import AccessMoveTold
from entraide.portal.foundation.events.facts import publish

GRANTING = tuple(role for role in Role if may(role, Right.GRANT_ACCESS))


def granting_agents() -> QuerySet[Agent]:
    """Everybody at work who gives accesses; a frozen or closed account gives none."""
    return Agent.objects.filter(
        role__in=GRANTING, ended_at=None, account__is_active=True, account__frozen_at=None
    )


def tell_granting(step: Step, *, kind: str, actor: UUID) -> None:
    """One fact for each of them, who moved it included: a stolen session does not stay quiet."""
    for one in granting_agents().select_related("account").order_by("pk"):
        publish(
            AccessMoveTold(
                actor=actor, agent=one.pk, kind=kind, step=step.value, language=one.account.language
            )
        )
