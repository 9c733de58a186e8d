"""Why an agent opens a request that is over (A68): said first, and read by its people in their journal.

An open request is its own reason, and so is one that the agent has just ended.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import TextChoices
from django.utils.translation import gettext as _

from entraide.portal.domain.agents.policies import Right
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.handling.events import ReasonStated
from entraide.portal.domain.handling.file_reasons import reason_of_request
from entraide.portal.domain.handling.models import StatedReason
from entraide.portal.domain.handling.policies import need, need_distance, within_sight
from entraide.portal.domain.requests.enums import FINAL_STATES
from entraide.portal.domain.requests.models import Request
from entraide.portal.domain.requests.references import tidy_reference
from entraide.portal.foundation.events.facts import publish

# A reason once said, and an act of one's own, hold as long as somebody works on one thing.
HOLDS_FOR = timedelta(hours=1)
MAX_WORDS = 200


class Why(TextChoices):
    MEMBER_ASKS = "member_asks"
    CHECK = "check"
    COMPARE = "compare"
    COMPLAINT = "complaint"
    OTHER = "other"


class ReasonNeeded(DomainError):
    """Nothing of the request is shown before its reader says why."""


def why_in_words(why: str) -> str:
    """As the member reads it."""
    return {
        Why.MEMBER_ASKS: _("L’adhérent appelle ou écrit à ce sujet"),
        Why.CHECK: _("Vérification de la réponse donnée"),
        Why.COMPARE: _("Comparaison avec une autre demande"),
        Why.COMPLAINT: _("Réclamation ou litige"),
        Why.OTHER: _("Autre raison"),
    }[Why(why)]


def state_reason(agent: AgentViewer, reference: str, *, why: str, words: str, now: datetime) -> bool:
    """Keeps for an hour why this agent opens this request; False when there is no such request.

    Raises DomainError for another reason without words.
    """
    need(agent, Right.READ_FILES)
    if why not in Why.values:
        raise DomainError(_("Choisissez une raison."), field="why")
    if why == Why.OTHER and not words.strip():
        raise DomainError(_("Dites en quelques mots pourquoi."), field="words")
    if len(words) > MAX_WORDS:
        raise DomainError(_("Ce texte est trop long : 200 signes au plus."), field="words")
    with transaction.atomic():
        request = _found(agent, reference)
        if request is None:
            return False
        need_distance(agent, request)
        StatedReason.objects.filter(at__lt=now - HOLDS_FOR).delete()
        said = ", ".join(one for one in (why_in_words(why), words.strip()) if one)
        kept = {"words": said, "at": now}
        StatedReason.objects.update_or_create(agent_id=agent.id, request=request, defaults=kept)
        publish(ReasonStated(actor=agent.account_id, about=request.sender_id, request_id=request.pk, why=why))
    return True


def reason_to_open(agent: AgentViewer, request: Request, *, given: str = "", now: datetime) -> str:
    """What its people read as the reason of this opening. Raises ReasonNeeded where it has to be said first.

    No query for an open request.
    """
    inferred = reason_of_request(request.reference)
    if given or request.state not in FINAL_STATES:
        return given or inferred
    since = now - HOLDS_FOR
    stated = StatedReason.objects.filter(agent_id=agent.id, request=request, at__gt=since).first()
    if stated is not None:
        return str(stated.words)
    mine = request.handler == agent.id and request.closed_at is not None and request.closed_at > since
    if mine or request.steps.filter(actor=agent.account_id, at__gt=since).exists():
        return inferred
    raise ReasonNeeded(_("Cette demande est terminée : dites d’abord pourquoi vous l’ouvrez."))


def _found(agent: AgentViewer, reference: str) -> Request | None:
    rows = Request.objects.filter(within_sight(agent)).select_related("sender")
    return rows.filter(reference=tidy_reference(reference)).first()
