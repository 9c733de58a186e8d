"""What the commission decided: one person writes it down, a second one agrees to exactly that (A78)."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from entraide.portal.domain.agents.policies import Right
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.handling.actions import MAX_WORDS, give, hand_of, request_to_handle
from entraide.portal.domain.handling.policies import is_same_person, need
from entraide.portal.domain.requests.enums import Move
from entraide.portal.domain.requests.life import Said, make_move
from entraide.portal.domain.requests.models import Request
from entraide.portal.domain.social_fund.agenda import the_fund, told_by
from entraide.portal.domain.social_fund.enums import Outcome
from entraide.portal.domain.social_fund.events import AidDecided, AidDecisionProposed
from entraide.portal.domain.social_fund.filing import open_file
from entraide.portal.domain.social_fund.letter import write_letter
from entraide.portal.domain.social_fund.models import AidDecision, AidFile
from entraide.portal.foundation.events.facts import publish

MAX_PAYEE = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What is written down. `amount` in cents and `payee` when it is granted, `refusal` a code when not."""

    outcome: Outcome
    amount: int = 0
    payee: str = ""
    refusal: str = ""
    words: str = ""


def propose(agent: AgentViewer, reference: str, decided: Decided, *, now: datetime) -> None:
    """Writes down what the commission decided; what was written before and not agreed to is void.

    Raises DomainError with the field; a decision comes from a commission that has met.
    """
    need(agent, Right.HANDLE_SOCIAL_FUND)
    with transaction.atomic():
        request = open_file(agent, reference)
        kept = AidFile.objects.filter(request=request).first()
        commission = kept.commission_on if kept else None
        if commission is None or commission > timezone.localdate(now):
            raise DomainError(_("La commission de ce dossier ne s’est pas encore réunie."))
        _check(request, decided, commission)
        AidDecision.objects.filter(request=request).delete()
        AidDecision.objects.create(
            request=request,
            outcome=decided.outcome,
            commission_on=commission,
            amount=decided.amount,
            payee=decided.payee,
            refusal=decided.refusal,
            words=decided.words,
            binding=_binding(request, decided, commission),
            proposed_by_id=agent.id,
            proposed_at=now,
        )
        give(request, handler=agent.id)
        publish(AidDecisionProposed(actor=agent.account_id, request_id=request.pk))


def agree(agent: AgentViewer, reference: str, *, binding: str, now: datetime) -> Outcome:
    """The second person's agreement to exactly what they read: the letter is written and the member told.

    A file that is put off goes to the next commission, and nothing is closed.
    """
    need(agent, Right.HANDLE_SOCIAL_FUND)
    with transaction.atomic():
        request = request_to_handle(agent, reference)
        found = AidDecision.objects.select_related("proposed_by").filter(request=request).first()
        if found is None or _now_binding(request, found) != binding:
            raise DomainError(_("La décision a changé : relisez-la avant de la confirmer."))
        if is_same_person(agent, found.proposed_by):
            raise DomainError(_("Une autre personne que celle qui a écrit la décision doit la confirmer."))
        publish(AidDecided(actor=agent.account_id, request_id=request.pk, outcome=found.outcome))
        if found.outcome == Outcome.PUT_OFF:
            _put_off(request, found)
        else:
            _close(agent, request, found, now=now)
        return Outcome(found.outcome)


def next_commission(after: date) -> date | None:
    """The one that follows in the agenda; None at its end."""
    fund = the_fund()
    return next(iter(fund.after(after)), None) if fund else None


def _close(agent: AgentViewer, request: Request, found: AidDecision, *, now: datetime) -> None:
    found.agreed_by_id, found.agreed_at = agent.id, now
    found.letter = write_letter(request, found, now=now)
    found.save(update_fields=["agreed_by", "agreed_at", "letter"])
    is_granted = found.outcome == Outcome.GRANTED
    said = Said(words=found.words, refusal="" if is_granted else found.refusal)
    make_move(
        request.pk, move=Move.ANSWER if is_granted else Move.REFUSE, hand=hand_of(agent), said=said, now=now
    )


def _put_off(request: Request, found: AidDecision) -> None:
    fund, following = the_fund(), next_commission(found.commission_on)
    assert fund is not None
    if following is None:
        raise DomainError(_("La commission suivante n’est pas encore fixée : complétez l’agenda d’abord."))
    AidFile.objects.filter(request=request).update(commission_on=following)
    request.due_on = told_by(fund, following)
    request.save(update_fields=["due_on"])
    found.delete()


def _check(request: Request, decided: Decided, commission: date) -> None:
    if len(decided.words) > MAX_WORDS:
        raise DomainError(_("Ce texte est trop long : 4 000 signes au plus."), field="words")
    if decided.outcome == Outcome.GRANTED:
        if decided.amount <= 0:
            raise DomainError(_("Écrivez le montant accordé, en euros."), field="amount")
        if not decided.payee.strip() or len(decided.payee) > MAX_PAYEE:
            raise DomainError(_("Écrivez à qui l’aide est versée, en 120 signes au plus."), field="payee")
    elif decided.amount or decided.payee:
        raise DomainError(_("Un montant et un bénéficiaire vont avec une aide accordée."), field="amount")
    elif decided.outcome == Outcome.REFUSED:
        fitting = settings.PROFILE.desk.refusals_for(request.type, kind=request.kind)
        if decided.refusal not in {one.id for one in fitting}:
            raise DomainError(_("Choisissez le motif du refus dans la liste."), field="refusal")
    elif next_commission(commission) is None:
        raise DomainError(_("La commission suivante n’est pas encore fixée : complétez l’agenda d’abord."))


def _now_binding(request: Request, found: AidDecision) -> str:
    decided = Decided(
        outcome=Outcome(found.outcome),
        amount=found.amount,
        payee=found.payee,
        refusal=found.refusal,
        words=found.words,
    )
    return _binding(request, decided, found.commission_on)


def _binding(request: Request, decided: Decided, commission: date) -> str:
    """Everything that the second person agrees to: what was asked, each file and step, and the decision."""
    files = list(request.files.order_by("pk").values_list("sha256", flat=True))
    last = request.steps.order_by("-pk").values_list("pk", flat=True).first()
    content = [
        str(request.pk), request.content_digest, request.state, last, files, commission.isoformat(),
        decided.outcome, decided.amount, decided.payee, decided.refusal, decided.words,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()
