"""What the sender does with a request that was sent: reply to a question, withdraw it, say how it went."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.requests.actions import (
    MAX_DESCRIPTION,
    Conflict,
    check_files,
    held_for_update,
    without_doubles,
)
from entraide.portal.domain.requests.enums import ANSWERED_STATES, By, Move, RequestState
from entraide.portal.domain.requests.events import RequestRated
from entraide.portal.domain.requests.holding import HeldFile, drop
from entraide.portal.domain.requests.life import Hand, NotNow, Said, make_move
from entraide.portal.domain.requests.models import (
    HIGHEST,
    LOWEST,
    Message,
    Request,
    RequestFile,
    Satisfaction,
)
from entraide.portal.domain.requests.references import tidy_reference
from entraide.portal.domain.requests.sight import sent_by
from entraide.portal.foundation.events.facts import publish

MAX_OPINION = 1000
# What writing is in each state; in all others something is added, as long as the table lets it.
_WRITING = {RequestState.DONE: Move.REOPEN, RequestState.WAITING_FOR_MEMBER: Move.REPLY}


def reply(
    viewer: Viewer,
    reference: str,
    *,
    words: str,
    request_key: UUID,
    now: datetime,
    posted: Sequence[HeldFile] = (),
) -> str:
    """Answers what the mutual asked, with words, the files held under the key, or both; gives the reference.

    A message that was answered is opened again by it, as long as the table of moves lets it; to a request
    that the mutual works on it adds.
    The same key with the same content is stored once; with another content it raises Conflict. Raises
    DomainError when there is nothing to send, or nothing waits for the member any more; the held files
    stay held.
    """
    if len(words) > MAX_DESCRIPTION:
        raise DomainError(_("Ce texte est trop long : 2 000 signes au plus."), field="words")
    digest = _digest(words, posted)
    with transaction.atomic():
        request = _own(viewer, reference)
        held = held_for_update(viewer, request_key)
        before = Message.objects.filter(request=request, request_key=request_key).first()
        if before is None:
            _store(request, viewer, held, said=Said(words=words, key=request_key, digest=digest), now=now)
            return request.reference
        drop(held)
    if before.content_digest != digest:
        raise Conflict
    return request.reference


def withdraw(viewer: Viewer, reference: str, *, now: datetime) -> None:
    """Takes a request back before it is answered; one that is withdrawn already stays so."""
    with transaction.atomic():
        request = _own(viewer, reference)
        if request.state != RequestState.WITHDRAWN:
            make_move(request.pk, move=Move.WITHDRAW, hand=_hand(viewer), now=now)


def rate(viewer: Viewer, reference: str, *, score: int, words: str, now: datetime) -> None:
    """Keeps what the sender thought of the answer, once. Raises DomainError with the field."""
    if not LOWEST <= score <= HIGHEST:
        raise DomainError(_("Choisissez une réponse."), field="score")
    if len(words) > MAX_OPINION:
        raise DomainError(_("Ce texte est trop long : 1 000 signes au plus."), field="words")
    try:
        with transaction.atomic():
            request = _own(viewer, reference)
            if request.state not in ANSWERED_STATES:
                raise NotNow(_("Vous pourrez donner votre avis quand nous aurons répondu."))
            Satisfaction.objects.create(request=request, score=score, words=words, at=now)
            publish(
                RequestRated(
                    actor=viewer.account_id, about=viewer.person_id, request_id=request.pk, score=score
                )
            )
    except IntegrityError:
        raise NotNow(_("Vous avez déjà donné votre avis sur cette demande : merci.")) from None


def _own(viewer: Viewer, reference: str) -> Request:
    """The request, locked: one that the viewer sent, and never as a helper."""
    own = sent_by(viewer).filter(reference=tidy_reference(reference))
    request = own.select_for_update().first() if viewer.helping is None else None
    if request is None:
        raise DomainError(_("Cette demande n’est pas la vôtre : seule la personne qui l’a envoyée y répond."))
    return request


def _store(request: Request, viewer: Viewer, held: list[RequestFile], *, said: Said, now: datetime) -> None:
    files = without_doubles(held)
    if not files and not said.words.strip():
        raise DomainError(_("Écrivez votre réponse, ou ajoutez un fichier."), field="words")
    check_files(files, needed=False)
    move = _WRITING.get(RequestState(request.state), Move.ADD)
    step = make_move(request.pk, move=move, hand=_hand(viewer), said=said, now=now)
    RequestFile.objects.filter(pk__in=[one.pk for one in files]).update(
        request=request, message=Message.objects.get(step=step)
    )


def _hand(viewer: Viewer) -> Hand:
    return Hand(by=By.MEMBER, actor=viewer.account_id)


def _digest(words: str, posted: Sequence[HeldFile]) -> str:
    files = sorted([one.name, one.sha256] for one in posted)
    return hashlib.sha256(json.dumps([words, files], ensure_ascii=False).encode()).hexdigest()
