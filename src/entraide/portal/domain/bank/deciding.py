"""The mutual's own look at a change: a check, and where a rule asks for it a second agent (A71, A73, A78)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.bank.ending import locked_change, refuse
from entraide.portal.domain.bank.enums import ApprovalStep, PayeeCheck, RefusalReason
from entraide.portal.domain.bank.events import (
    AccountChangeApproved,
    AccountChangeChecked,
    AccountPayeeChecked,
)
from entraide.portal.domain.bank.looks import second_looks
from entraide.portal.domain.bank.models import AccountChange, Approval
from entraide.portal.domain.bank.policies import agent_as_somebody, is_involved, may_approve, may_check
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.requests.references import tidy_reference
from entraide.portal.foundation.events.facts import publish


def check_change(agent: AgentViewer, *, reference: str, read: str = "", now: datetime) -> AccountChange:
    """Records that the RIB, its holder and the person agree; a check of an earlier content gives way.

    `read`: the binding of what the agent had before them, blank where none is shown.
    Raises DomainError when the agent may not, is involved, or the change is over or checked already.
    """
    with transaction.atomic():
        change = to_decide(agent, reference, allowed=may_check(agent))
        _need_same(change, read)
        for one in change.approvals.all():
            if one.binding == change.binding:
                raise DomainError(_("Ce changement est déjà contrôlé."))
        # What was agreed to is not what stands here now: both agreements are void (A78).
        change.approvals.all().delete()
        _approve(agent, change, ApprovalStep.CHECK, now=now)
        publish(
            AccountChangeChecked(
                actor=agent.account_id,
                about=change.asked_by_id,
                change_id=change.pk,
                reference=change.reference,
                second_needed=bool(second_looks(change, now=now)),
            )
        )
    return change


def note_payee_check(
    agent: AgentViewer, *, reference: str, result: PayeeCheck, now: datetime
) -> AccountChange:
    """Keeps what our bank says of the new account and its holder. It is part of what agents agree to.

    Raises DomainError as a check does.
    """
    with transaction.atomic():
        change = to_decide(agent, reference, allowed=may_check(agent))
        change.payee_check = result
        change.save(update_fields=["payee_check"])
        publish(
            AccountPayeeChecked(
                actor=agent.account_id,
                about=change.asked_by_id,
                change_id=change.pk,
                reference=change.reference,
                result=result.value,
            )
        )
    return change


def approve_change(agent: AgentViewer, *, reference: str, read: str = "", now: datetime) -> AccountChange:
    """The second agent's agreement, to exactly what the first one checked; `read` as for a check.

    Raises DomainError when it is not checked as it stands, or the agent is the first one by any account.
    """
    with transaction.atomic():
        change = to_decide(agent, reference, allowed=may_approve(agent))
        _need_same(change, read)
        steps = standing(change)
        first = steps.get(ApprovalStep.CHECK)
        if first is None:
            raise DomainError(_("Ce changement n’est pas encore contrôlé, ou il a changé depuis."))
        if ApprovalStep.APPROVE in steps:
            raise DomainError(_("Ce changement est déjà approuvé."))
        if first.agent_id == agent.id or agent_as_somebody(agent).is_also(agent_as_somebody(first.agent)):
            raise DomainError(_("Une autre personne que celle du contrôle doit approuver."))
        change.approvals.filter(step=ApprovalStep.APPROVE).delete()
        _approve(agent, change, ApprovalStep.APPROVE, now=now)
        publish(
            AccountChangeApproved(
                actor=agent.account_id,
                about=change.asked_by_id,
                change_id=change.pk,
                reference=change.reference,
            )
        )
    return change


def refuse_change(
    agent: AgentViewer, *, reference: str, reason: RefusalReason, now: datetime
) -> AccountChange:
    """Ends a change with a reason that the member reads. Raises DomainError as a check does."""
    with transaction.atomic():
        change = to_decide(agent, reference, allowed=may_approve(agent))
        return refuse(change, reason=reason, actor=agent.account_id, now=now)


def standing(change: AccountChange) -> dict[ApprovalStep, Approval]:
    """The agreements to what the change says now; one to an earlier content is none (A78)."""
    binding = change.binding
    return {ApprovalStep(one.step): one for one in change.approvals.all() if one.binding == binding}


def has_its_approvals(change: AccountChange, *, now: datetime) -> bool:
    """I10: checked, and by a second agent too whenever the rules ask for one today."""
    steps = standing(change)
    if ApprovalStep.CHECK not in steps:
        return False
    return ApprovalStep.APPROVE in steps or not second_looks(change, now=now)


def to_decide(agent: AgentViewer, reference: str, *, allowed: bool) -> AccountChange:
    """The change, locked, for an agent who may decide on it. Raises DomainError otherwise, or when over."""
    if not allowed:
        raise DomainError(_("Votre rôle ne permet pas de décider d’un changement de compte."))
    change = locked_change(reference=tidy_reference(reference))
    if change is None:
        raise DomainError(_("Aucun changement de compte n’a cette référence."))
    if not change.is_live:
        raise DomainError(_("Ce changement n’attend plus de décision."))
    if is_involved(agent, change):
        raise DomainError(_("Vous êtes de cette famille : laissez un collègue décider."))
    return change


def _need_same(change: AccountChange, read: str) -> None:
    if read and read != change.binding:
        raise DomainError(_("Ce changement n’est plus celui que vous avez lu : relisez-le avant de décider."))


def _approve(agent: AgentViewer, change: AccountChange, step: ApprovalStep, *, now: datetime) -> None:
    Approval.objects.create(change=change, agent_id=agent.id, step=step, binding=change.binding, at=now)
