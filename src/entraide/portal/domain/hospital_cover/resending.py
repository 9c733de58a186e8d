"""What an agent does with a letter that did not leave well: send it again, or say that it has arrived."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.handling.actions import give, hand_of, held_by_me
from entraide.portal.domain.hospital_cover.enums import LetterChannel
from entraide.portal.domain.hospital_cover.events import HospitalLetterSentAgain
from entraide.portal.domain.hospital_cover.models import CoverLetter
from entraide.portal.domain.hospital_cover.sending import LetterState, letter_has_left, state_of
from entraide.portal.domain.requests.enums import FINAL_STATES
from entraide.portal.domain.requests.life import NotNow
from entraide.portal.domain.requests.models import Request
from entraide.portal.foundation.events.facts import publish

_IN_TROUBLE = (LetterState.NOT_TAKEN, LetterState.DOUBTFUL)


def send_again(agent: AgentViewer, reference: str, *, channel: LetterChannel, to: str, now: datetime) -> None:
    """Sends the same letter once more, to this address; what was asked for before does not leave any more.

    `to`: an e-mail address, or a fax number in E.164. Raises NotNow unless the last try went wrong.
    """
    if channel == LetterChannel.FAX and not settings.ENTRAIDE.fax_url:
        raise DomainError(_("Aucun service de fax n’est réglé : choisissez l’e-mail."), field="channel")
    with transaction.atomic():
        request, letter = _in_trouble(agent, reference, now=now)
        letter.maybe_there = letter.maybe_there or letter.leaving_at is not None
        letter.leaving_at, letter.trouble, letter.trouble_at = None, "", None
        letter.channel, letter.to, letter.sending = channel, to, letter.sending + 1
        letter.save()
        give(request, handler=agent.id)
        publish(
            HospitalLetterSentAgain(
                actor=agent.account_id,
                about=request.sender_id,
                request_id=request.pk,
                reference=request.reference,
                sending=letter.sending,
            )
        )


def has_arrived(agent: AgentViewer, reference: str, *, now: datetime) -> None:
    """The hospital said that it holds the letter: the request is answered, by who asked them."""
    with transaction.atomic():
        request, letter = _in_trouble(agent, reference, now=now)
        if state_of(letter, now=now) != LetterState.DOUBTFUL:
            raise NotNow(_("Cette lettre n’est pas partie : envoyez-la de nouveau."))
        give(request, handler=agent.id)
        letter_has_left(request.pk, hand=hand_of(agent), now=now)


def _in_trouble(agent: AgentViewer, reference: str, *, now: datetime) -> tuple[Request, CoverLetter]:
    request = held_by_me(agent, reference)
    letter = CoverLetter.objects.filter(request=request).first()
    if letter is None or request.state in FINAL_STATES:
        raise NotNow(_("Aucune lettre de cette demande n’attend d’être envoyée."))
    if state_of(letter, now=now) not in _IN_TROUBLE:
        raise NotNow(_("L’envoi est en cours : attendez cinq minutes, puis rechargez la page."))
    return request, letter
