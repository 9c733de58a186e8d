"""Why an agent opens something (A68, A69): said first, and read by its people in their journal.

An open request is its own reason, and so is one that the agent has just ended. Everything else asks for a
reason of a list, and for words where the list does not say it.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import TextChoices
from django.utils.translation import gettext as _

from entraide.portal.domain.agents.policies import Right
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.consultations.reasons import kept_reason, own_words, reason_kind
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.handling.events import ReasonStated
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
    """What brings an agent to a request that is over."""

    MEMBER_ASKS = "member_asks"
    CHECK = "check"
    COMPARE = "compare"
    COMPLAINT = "complaint"
    OTHER = "other"


class OpeningReason(TextChoices):
    """What brings an agent to a file when no request does."""

    CALL = "call"
    LETTER = "letter"
    CONTROL = "control"
    OTHER = "other"


class ReasonNeeded(DomainError):
    """Nothing of the request is shown before its reader says why."""


def why_in_words(why: Why | OpeningReason) -> str:
    """As the member reads it."""
    if isinstance(why, OpeningReason):
        return {
            OpeningReason.CALL: _("Appel de l’adhérent"),
            OpeningReason.LETTER: _("Courrier de l’adhérent"),
            OpeningReason.CONTROL: _("Contrôle"),
            OpeningReason.OTHER: _("Autre motif"),
        }[why]
    return {
        Why.MEMBER_ASKS: _("L’adhérent appelle ou écrit à ce sujet"),
        Why.CHECK: _("Vérification de la réponse donnée"),
        Why.COMPARE: _("Comparaison avec une autre demande"),
        Why.COMPLAINT: _("Réclamation ou litige"),
        Why.OTHER: _("Autre motif"),
    }[why]


def given_reason(why: Why | OpeningReason, *, words: str) -> str:
    """The reason as the journal keeps it. Raises DomainError(field="words") for another one without words."""
    said = own_words(words)
    if len(said) > MAX_WORDS:
        raise DomainError(_("Ce texte est trop long : 200 signes au plus."), field="words")
    if why in {Why.OTHER, OpeningReason.OTHER}:
        if not said:
            raise DomainError(_("Écrivez votre motif : la personne pourra le lire."), field="words")
        return said
    return kept_reason("listed", why=why.value, words=said)


@reason_kind("listed")
def _listed(*, why: str, words: str) -> str:
    reason = why_in_words(Why(why) if why in Why.values else OpeningReason(why))
    # Translators: a reason of a list, and what the agent adds to it.
    return _("%(reason)s : %(words)s") % {"reason": reason, "words": words} if words else reason


def reason_of_request(reference: str) -> str:
    """What an agent who handles a request opens a file for, as the journal keeps it."""
    return kept_reason("handling", reference=reference)


@reason_kind("handling")
def _handling(*, reference: str) -> str:
    return _("Traitement de la demande %(reference)s") % {"reference": reference}


def reason_of_account_change(reference: str) -> str:
    """What an agent who checks a change of account reads an identity for, as the journal keeps it."""
    return kept_reason("account_change", reference=reference)


@reason_kind("account_change")
def _account_change(*, reference: str) -> str:
    return _("Contrôle du changement de compte %(reference)s") % {"reference": reference}


def state_reason(agent: AgentViewer, reference: str, *, why: Why, words: str, now: datetime) -> bool:
    """Keeps for an hour why this agent opens this request; False when there is no such request.

    Raises DomainError as `given_reason`.
    """
    need(agent, Right.READ_FILES)
    said = given_reason(why, words=words)
    with transaction.atomic():
        request = _found(agent, reference)
        if request is None:
            return False
        need_distance(agent, request)
        StatedReason.objects.filter(at__lt=now - HOLDS_FOR).delete()
        kept = {"words": said, "at": now}
        StatedReason.objects.update_or_create(agent_id=agent.id, request=request, defaults=kept)
        publish(ReasonStated(actor=agent.account_id, about=request.sender_id, request_id=request.pk, why=why))
    return True


def reason_to_open(agent: AgentViewer, request: Request, *, given: str = "", now: datetime) -> str:
    """The reason of this opening, as the journal keeps it. Raises ReasonNeeded where it has to be said first.

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
