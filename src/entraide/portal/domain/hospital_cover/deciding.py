"""The mutual's yes to a stay: a letter for the hospital (PEC-05). Its no is that of any request."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.facilities.queries import facility_with
from entraide.portal.domain.handling.actions import give, hand_of, held_by_me, refuse
from entraide.portal.domain.hospital_cover.asking import KIND, Stay
from entraide.portal.domain.hospital_cover.enums import LetterChannel
from entraide.portal.domain.hospital_cover.events import HospitalCoverAccepted
from entraide.portal.domain.hospital_cover.letter import covers_for, stay_of, write_letter
from entraide.portal.domain.hospital_cover.models import CoverLetter
from entraide.portal.domain.requests.enums import FINAL_STATES, By, Move, RequestState
from entraide.portal.domain.requests.life import Hand, NotNow, make_move, may_move
from entraide.portal.domain.requests.models import Request
from entraide.portal.foundation.events.facts import publish

# A family has no more stays to begin; whoever sends more letters to addresses of their choice meets an agent.
_MOST_A_DAY = 3
_UNTAKEN = (RequestState.RECEIVED, RequestState.CHECKED)


def accept_cover(agent: AgentViewer, reference: str, *, now: datetime) -> CoverLetter:
    """Writes the letter and asks for its sending, once. Raises DomainError when a rule refuses.

    The request is done, and its sender told, when the letter has left.
    """
    with transaction.atomic():
        request = _to_decide(agent, reference)
        if CoverLetter.objects.filter(request=request).exists():
            raise NotNow(_("La prise en charge est déjà accordée."))
        letter = _write(request, agent=agent, now=now)
        if may_move(request.state, Move.TAKE, by=By.AGENT):
            make_move(request.pk, move=Move.TAKE, hand=hand_of(agent), now=now)
        give(request, handler=agent.id)
        return letter


def accept_automatically(request_id: UUID, *, now: datetime) -> CoverLetter | None:
    """The same without an agent, where the profile allows it; None leaves the request to the agents.

    The person is covered on the day of admission, the directory knows the facility, and it is one of the
    first three letters of the membership in a day.
    """
    with transaction.atomic():
        request = Request.objects.select_for_update().get(pk=request_id)
        if not settings.PROFILE.hospital.automatic or request.state not in _UNTAKEN:
            return None
        if request.handler is not None or CoverLetter.objects.filter(request=request).exists():
            return None
        stay = stay_of(request)
        is_known = bool(stay.finess) and facility_with(stay.finess) is not None
        if not is_known or not covers_for(request, stay) or way_of(stay) is None:
            return None
        if _left_by_themselves(request, since=now - timedelta(days=1)) >= _MOST_A_DAY:
            return None
        letter = _write(request, agent=None, now=now)
        if may_move(request.state, Move.CHECK, by=By.SYSTEM):
            make_move(request.pk, move=Move.CHECK, hand=Hand(by=By.SYSTEM), now=now)
        return letter


def refuse_cover(agent: AgentViewer, reference: str, *, code: str, words: str = "", now: datetime) -> None:
    """Ends the request as any other is refused. Raises DomainError as accepting does."""
    with transaction.atomic():
        request = _to_decide(agent, reference)
        refuse(agent, request.reference, code=code, words=words, now=now)


def way_of(stay: Stay) -> LetterChannel | None:
    """By e-mail where there is one; by fax where a service of fax is set."""
    if stay.email:
        return LetterChannel.EMAIL
    return LetterChannel.FAX if stay.fax and settings.ENTRAIDE.fax_url else None


def _write(request: Request, *, agent: AgentViewer | None, now: datetime) -> CoverLetter:
    stay = stay_of(request)
    covers = covers_for(request, stay)
    if not covers:
        raise DomainError(_("Cette personne n’est couverte par aucun contrat à la date d’entrée."))
    way = way_of(stay)
    if way is None:
        message = _("Aucun service de fax n’est réglé (FAX_URL), et la demande ne donne pas d’e-mail.")
        raise DomainError(message)
    letter = CoverLetter.objects.create(
        request=request,
        agent_id=agent.id if agent else None,
        decided_at=now,
        channel=way,
        to=stay.email if way == LetterChannel.EMAIL else stay.fax,
        letter=write_letter(request, stay, covers, now=now),
    )
    publish(
        HospitalCoverAccepted(
            actor=agent.account_id if agent else None,
            about=request.sender_id,
            request_id=request.pk,
            reference=request.reference,
            automatic=agent is None,
            sending=letter.sending,
        )
    )
    return letter


def _left_by_themselves(request: Request, *, since: datetime) -> int:
    """Letters of this membership that no agent saw: the addresses are typed by the member."""
    rows = CoverLetter.objects.filter(agent=None, decided_at__gte=since)
    return rows.filter(request__concerns__member_id=request.concerns.member_id).count()


def _to_decide(agent: AgentViewer, reference: str) -> Request:
    """The request, locked. Papers sent under the same type hold no answers: there is no stay to decide on."""
    request = held_by_me(agent, reference)
    if (request.category, request.type) != KIND or not request.answers:
        raise DomainError(_("Cette demande n’est pas une demande de prise en charge."))
    if request.state in FINAL_STATES:
        raise NotNow(_("Cette demande est terminée : rien ne peut plus y être changé."))
    return request
