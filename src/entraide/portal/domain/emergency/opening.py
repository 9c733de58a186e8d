"""Opening one file in an emergency: said why, told at once, over after half an hour (A76)."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from entraide.portal.domain.agents.models import Agent
from entraide.portal.domain.agents.policies import Right
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.consultations.enums import Seen
from entraide.portal.domain.emergency.enums import EmergencyReason
from entraide.portal.domain.emergency.events import EmergencyMoved, EmergencyOpened, EmergencyTold
from entraide.portal.domain.emergency.models import EmergencyAccess
from entraide.portal.domain.emergency.watchers import are_two_people, watchers_of
from entraide.portal.domain.emergency.words import journal_reason
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.handling.finding import understood
from entraide.portal.domain.handling.member_files import family_of, note_file
from entraide.portal.domain.handling.policies import CONFIDENTIAL_REQUESTS, need, need_distance_from
from entraide.portal.domain.handling.watching import watch_search
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.requests.delays import working_days_after
from entraide.portal.domain.requests.references import new_reference
from entraide.portal.foundation.events.facts import publish

LASTS = timedelta(minutes=30)
REVIEW_DAYS = 2
MAX_WORDS, LONGEST_TICKET = 300, 40
_TICKET = re.compile(r"(?=.*\d)[\w#][\w #./:-]*")
log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Emergency:
    """What an agent says: `whose` is a member number or the reference of a request."""

    whose: str
    why: EmergencyReason
    words: str
    ticket: str


def open_in_emergency(
    agent: AgentViewer, said: Emergency, *, request_key: UUID, network: str, now: datetime
) -> EmergencyAccess:
    """Opens the file of one membership for half an hour; the same key opens it once.

    Those who review are told in the same transaction; the people of the file read it in their journal.
    Raises DomainError, tied to a field where there is one, and then nothing is open.
    """
    need(agent, Right.OPEN_IN_EMERGENCY)
    words, ticket = _checked_words(said.words), _checked_ticket(said.ticket)
    family = _family(agent, said.whose, now=now)
    need_distance_from(agent, family)
    with transaction.atomic():
        _lock(agent)
        before = EmergencyAccess.objects.filter(agent_id=agent.id, request_key=request_key).first()
        if before is not None:
            return before
        _check_only_one(agent, now=now)
        watchers = watchers_of(agent, family)
        if not are_two_people(watchers):
            raise DomainError(
                _(
                    "Un accès d’urgence prévient aussitôt deux autres personnes, et il n’y en a pas deux "
                    "en ce moment : appelez un responsable."
                )
            )
        access = EmergencyAccess(
            reference=new_reference(settings.PROFILE.identity.reference_prefix),
            agent_id=agent.id,
            member_id=family[0].member_id,
            request_key=request_key,
            why=said.why,
            words=words,
            ticket=ticket,
            reason=journal_reason(said.why, ticket=ticket, words=words),
            opened_at=now,
            ends_at=now + LASTS,
            review_by=working_days_after(timezone.localdate(now), REVIEW_DAYS),
        )
        access.save(force_insert=True)
        note_file(agent, family, seen=Seen.EMERGENCY, reason=access.reason, network=network, now=now)
        for one in watchers:
            publish(EmergencyTold(actor=agent.account_id, agent=one.pk, language=one.account.language))
        publish(moved(access, EmergencyOpened, actor=agent.account_id, about=family[0].pk))
    log.error("emergency.opened", alarm=True, agent=str(agent.id), reference=access.reference)
    return access


def moved(
    access: EmergencyAccess, fact: type[EmergencyMoved], *, actor: UUID, about: UUID | None = None
) -> EmergencyMoved:
    """The fact of this kind about this access."""
    if about is None:
        about = family_of(access.member_id)[0].pk
    return fact(actor=actor, about=about, reference=access.reference, agent=access.agent_id)


def _checked_words(typed: str) -> str:
    words = " ".join(typed.split())
    if not words:
        raise DomainError(_("Écrivez ce qui se passe : la personne pourra le lire."), field="words")
    if len(words) > MAX_WORDS:
        raise DomainError(_("Ce texte est trop long : 300 signes au plus."), field="words")
    return words


def _checked_ticket(typed: str) -> str:
    ticket = " ".join(typed.split())
    if len(ticket) > LONGEST_TICKET or not _TICKET.fullmatch(ticket):
        raise DomainError(_("Tapez le numéro du ticket, par exemple INC-4711."), field="ticket")
    return ticket


def _family(agent: AgentViewer, typed: str, *, now: datetime) -> list[Beneficiary]:
    """Whose file is meant; a confidential request leads to nobody. Counted like any search (A70)."""
    no_one = DomainError(_("Aucun dossier ne porte ce numéro."), field="whose")
    try:
        asked = understood(typed.strip())
    except DomainError:
        raise no_one from None
    with transaction.atomic():
        watch_search(agent, way=asked.way, now=now)
    if asked.way == "reference":
        requests = asked.requests.exclude(CONFIDENTIAL_REQUESTS)
        member_id = requests.values_list("concerns__member_id", flat=True).first()
    elif asked.way == "member":
        by_person, by_membership = asked.people
        member_id = (by_person | by_membership).values_list("member_id", flat=True).first()
    else:
        raise no_one
    if member_id is None:
        raise no_one
    return family_of(member_id)


def _lock(agent: AgentViewer) -> None:
    """One after the other for each agent, who must still work here with the same role."""
    working = Agent.objects.select_for_update(of=("self",)).filter(ended_at=None, role=agent.role.value)
    if working.filter(pk=agent.id).first() is None:
        raise DomainError(_("Votre accès ne permet plus de faire cela."))


def _check_only_one(agent: AgentViewer, *, now: datetime) -> None:
    mine = EmergencyAccess.objects.filter(agent_id=agent.id, stopped_at=None, ends_at__gt=now)
    if mine.exists():
        raise DomainError(_("Un accès d’urgence est déjà ouvert : terminez-le avant d’en ouvrir un autre."))
