"""Writing to an adviser: a request of its own kind, and who has read what (MSG-01, MSG-03)."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.members.viewer import Viewer
from entraide.portal.domain.requests.actions import send_deposit
from entraide.portal.domain.requests.asked import Asked
from entraide.portal.domain.requests.changes import Sent
from entraide.portal.domain.requests.enums import By, RequestKind
from entraide.portal.domain.requests.models import Message, Request


def send_message(viewer: Viewer, *, reason: str, concerns: UUID, sent: Sent) -> str:
    """Sends `sent.comment` to the team of this reason, with its files; gives the reference.

    Raises DomainError with the field for a reason that the viewer's segment does not have, an empty text,
    and whatever `send_deposit` refuses.
    """
    if not sent.comment.strip():
        raise DomainError(_("Écrivez votre message."), field="message")
    messages = settings.PROFILE.deposit.messages
    if reason not in {one.id for one in settings.PROFILE.deposit.reasons_for(viewer.segment)}:
        raise DomainError(_("Choisissez le motif de votre message."), field="reason")
    return send_deposit(
        viewer,
        category=messages.id,
        type=reason,
        concerns=concerns,
        description=sent.comment,
        request_key=sent.request_key,
        language=sent.language,
        now=sent.now,
        posted=sent.posted,
        asked=Asked(kind=RequestKind.MESSAGE, needs_files=False),
    ).reference


def note_read_by_sender(viewer: Viewer, request_id: UUID, *, now: datetime) -> None:
    """What the mutual wrote was opened by who sent the request; a helper or a relative is not the sender."""
    if viewer.helping is None:
        unread = Message.objects.filter(
            request_id=request_id, request__sender_id=viewer.person_id, read_at=None
        )
        unread.exclude(step__by=By.MEMBER).update(read_at=now)


def note_read_by_mutual(request: Request, messages: Iterable[Message], *, now: datetime) -> None:
    """What the member wrote was opened at the desk, by somebody who reads words: the first time counts."""
    if request.read_at is None:
        Request.objects.filter(pk=request.pk, read_at=None).update(read_at=now)
        request.read_at = now
    unread = [one for one in messages if one.read_at is None and one.step.by == By.MEMBER]
    if unread:
        Message.objects.filter(pk__in=[one.pk for one in unread], read_at=None).update(read_at=now)
        for one in unread:
            one.read_at = now
