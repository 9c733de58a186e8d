"""The letter of a guaranteed stay on its way to the hospital, by mail or fax (PEC-05, X11).

The message names nobody: who it is about stands in the letter alone. A mail is sent again with the same
Message-ID until it is taken; a fax of which nobody knows whether it was taken waits for an agent.
"""

import smtplib
from collections.abc import Callable
from typing import Any
from uuid import UUID

import structlog
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from entraide.portal.domain.hospital_cover.enums import LetterChannel, Trouble
from entraide.portal.domain.hospital_cover.letter import file_name
from entraide.portal.domain.hospital_cover.queries import LetterOut, letter_out
from entraide.portal.domain.hospital_cover.sending import letter_has_left, letter_leaves, letter_was_not_taken
from entraide.portal.domain.messaging import Attachment, InDoubt, OutMail
from entraide.portal.foundation.events.facts import Secrets
from entraide.portal.foundation.events.models import Entry
from entraide.portal.foundation.tasks.queue import enqueue, job
from entraide.portal.foundation.web.wording import text
from entraide.portal.notifications.gateways import fax_gateway, mail_gateway
from entraide.portal.notifications.models import Channel, Delivery, DeliveryState
from entraide.portal.notifications.tasks import headers_of, note_dropped, note_sent

NOTICE = "hospital_letter"
_FOLDER = "notifications/letters"
# A hospital of France reads it.
_LANGUAGE = "fr"
# The server said no, or was never reached.
_SURELY_NOT = (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused, ConnectionRefusedError)
log = structlog.get_logger()


def write_hospital_letter(entry: Entry, _secrets: Secrets) -> None:
    """Writes the message and asks for its sending, once per fact."""
    letter = letter_out(UUID(entry.data["request_id"]))
    if letter.sending != entry.data["sending"]:
        # An agent has sent it elsewhere meanwhile: that fact writes its own.
        return
    channel = Channel(letter.channel.value)
    delivery, created = Delivery.objects.get_or_create(
        fact=entry.id,
        recipient=letter.request_id,
        channel=channel,
        notice=NOTICE,
        defaults={"to": letter.to, "created_at": timezone.now(), **_words(letter)},
    )
    if created:
        kind = "notifications.hospital_mail" if channel == Channel.EMAIL else "notifications.hospital_fax"
        payload = {"delivery": str(delivery.pk), "sending": entry.data["sending"]}
        enqueue(kind, payload, dedup=f"delivery:{delivery.pk}")


@job("notifications.hospital_mail", outside=True)
def send_by_mail(payload: dict[str, Any]) -> None:
    """Hands the letter to the mail server; a second try carries the same Message-ID and says so."""

    def hand_over(delivery: Delivery, letter: LetterOut) -> None:
        Delivery.objects.filter(pk=delivery.pk).update(attempts=delivery.attempts + 1)
        mail_gateway().send_mail(
            OutMail(
                to=delivery.to,
                sender=settings.PROFILE.contacts.email,
                sender_name=settings.PROFILE.identity.mail_sender_name,
                subject=delivery.subject,
                text=delivery.body,
                html=delivery.html,
                language=_LANGUAGE,
                headers=headers_of(delivery, attempt=delivery.attempts + 1),
                attachments=(Attachment(file_name(letter.reference), letter.document),),
            )
        )

    _send(payload, hand_over)


@job("notifications.hospital_fax", outside=True, lost="unknown")
def send_by_fax(payload: dict[str, Any]) -> None:
    """Hands the letter to the fax service. In doubt, a person looks before it is sent again."""

    def hand_over(delivery: Delivery, letter: LetterOut) -> None:
        name = file_name(letter.reference)
        fax_gateway().send_fax(to=delivery.to, name=name, document=letter.document, key=str(delivery.pk))

    _send(payload, hand_over)


def attachments_of(delivery: Delivery) -> tuple[tuple[str, int], ...]:
    """Names and sizes in bytes of what went along with a message, for the demo's mailbox."""
    if delivery.notice != NOTICE:
        return ()
    letter = letter_out(delivery.recipient)
    return ((file_name(letter.reference), len(letter.document)),)


def _send(payload: dict[str, Any], hand_over: Callable[[Delivery, LetterOut], None]) -> None:
    """Hands over what may still leave, and notes at once what became of it."""
    delivery = Delivery.objects.get(pk=payload["delivery"])
    if delivery.state == DeliveryState.SENT:
        # A former try stopped after the letter was taken.
        letter_has_left(delivery.recipient, now=timezone.now())
    if delivery.state != DeliveryState.WAITING:
        return
    letter = letter_out(delivery.recipient)
    if not letter_leaves(letter.request_id, sending=payload["sending"], now=timezone.now()):
        note_dropped(delivery)
        return
    try:
        hand_over(delivery, letter)
    except OSError as error:
        trouble = _trouble_of(error, by_fax=letter.channel == LetterChannel.FAX)
        letter_was_not_taken(
            letter.request_id, sending=payload["sending"], trouble=trouble, now=timezone.now()
        )
        if letter.channel == LetterChannel.EMAIL or trouble == Trouble.NOT_TAKEN:
            raise
        log.warning("hospital_letter.in_doubt", delivery=str(delivery.pk))
        return
    # Each for itself: whatever stops the second, the letter is not sent again for it.
    note_sent(delivery, timezone.now())
    letter_has_left(letter.request_id, now=timezone.now())


def _trouble_of(error: OSError, *, by_fax: bool) -> Trouble:
    in_doubt = isinstance(error, InDoubt) if by_fax else not isinstance(error, _SURELY_NOT)
    return Trouble.DOUBTFUL if in_doubt else Trouble.NOT_TAKEN


def _words(letter: LetterOut) -> dict[str, str]:
    with override(_LANGUAGE):
        context = {
            "reference": letter.reference,
            "profile": settings.PROFILE,
            "space": text(settings.PROFILE.identity.space_name),
            "language": _LANGUAGE,
        }
        subject = " ".join(render_to_string(f"{_FOLDER}/hospital_subject.txt", context).split())
        context["subject"] = subject
        return {
            "subject": subject,
            "body": render_to_string(f"{_FOLDER}/hospital_mail.txt", context).strip() + "\n",
            "html": render_to_string(f"{_FOLDER}/hospital_mail.html", context)
            if letter.channel == LetterChannel.EMAIL
            else "",
        }
