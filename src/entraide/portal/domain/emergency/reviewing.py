"""Ending an emergency access, and somebody else's word on it within two working days (A76)."""

from datetime import datetime
from uuid import UUID

import structlog
from django.db import transaction
from django.utils.translation import gettext as _

from entraide.portal.domain.agents.policies import Right
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.emergency.enums import ReviewOutcome
from entraide.portal.domain.emergency.events import EmergencyApproved, EmergencyObjected, EmergencyStopped
from entraide.portal.domain.emergency.models import EmergencyAccess
from entraide.portal.domain.emergency.opening import moved
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.handling.member_files import family_of
from entraide.portal.domain.handling.policies import is_same_person, need, need_distance_from
from entraide.portal.foundation.events.facts import publish

MAX_REVIEW = 500
log = structlog.get_logger()


def end_own_emergency(agent: AgentViewer, *, now: datetime) -> None:
    """Ends whatever access this agent has open: they have read what they needed."""
    with transaction.atomic():
        rows = EmergencyAccess.objects.select_for_update(of=("self",)).filter(agent_id=agent.id)
        for access in rows.filter(stopped_at=None, ends_at__gt=now).order_by("pk"):
            _stop(agent, access, now=now)


def stop_emergency(agent: AgentViewer, access_id: UUID, *, now: datetime) -> None:
    """Ends somebody's access at once; one that is over stays as it is. Raises DomainError for none."""
    need(agent, Right.REVIEW_EMERGENCIES)
    with transaction.atomic():
        access = _locked(access_id)
        if access.is_open(now=now):
            _stop(agent, access, now=now)


def review_emergency(
    agent: AgentViewer, access_id: UUID, *, outcome: ReviewOutcome, words: str, now: datetime
) -> EmergencyAccess:
    """What somebody else found when they looked at it, once and for good.

    Raises DomainError while it is open, once reviewed, without words, and for who used it or is of the
    family whose file it is.
    """
    need(agent, Right.REVIEW_EMERGENCIES)
    said = words.strip()
    if not said:
        raise DomainError(_("Écrivez ce que vous avez vérifié."), field="words")
    if len(said) > MAX_REVIEW:
        raise DomainError(_("Ce texte est trop long : 500 signes au plus."), field="words")
    with transaction.atomic():
        access = _locked(access_id)
        _check_reviewer(agent, access, now=now)
        access.outcome, access.review_words = outcome.value, said
        access.reviewed_by_id, access.reviewed_at = agent.id, now
        access.save(update_fields=["outcome", "review_words", "reviewed_by", "reviewed_at"])
        fact = EmergencyApproved if outcome == ReviewOutcome.APPROVED else EmergencyObjected
        publish(moved(access, fact, actor=agent.account_id))
    if outcome == ReviewOutcome.OBJECTED:
        log.error("emergency.objected", alarm=True, reference=access.reference)
    return access


def _stop(agent: AgentViewer, access: EmergencyAccess, *, now: datetime) -> None:
    access.stopped_at = now
    access.save(update_fields=["stopped_at"])
    publish(moved(access, EmergencyStopped, actor=agent.account_id))


def _locked(access_id: UUID) -> EmergencyAccess:
    rows = EmergencyAccess.objects.select_for_update(of=("self",)).select_related("agent")
    access = rows.filter(pk=access_id).first()
    if access is None:
        raise DomainError(_("Cet accès d’urgence n’existe pas."))
    return access


def _check_reviewer(agent: AgentViewer, access: EmergencyAccess, *, now: datetime) -> None:
    if is_same_person(agent, access.agent):
        raise DomainError(_("Une autre personne que celle qui a ouvert cet accès doit le relire."))
    need_distance_from(agent, family_of(access.member_id))
    if access.is_open(now=now):
        raise DomainError(_("Cet accès est encore ouvert : terminez-le d’abord, ou attendez sa fin."))
    if access.outcome:
        raise DomainError(_("Cet accès est déjà relu."))
