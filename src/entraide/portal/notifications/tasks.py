"""Sending, outside any transaction, with the same Message-ID and key at every try."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from entraide.portal.domain.messaging import OutMail
from entraide.portal.foundation.tasks.queue import job
from entraide.portal.notifications.gateways import mail_gateway, sms_gateway
from entraide.portal.notifications.models import Delivery, DeliveryState


@job("notifications.mail", outside=True)
def send_mail(payload: dict[str, Any]) -> None:
    """Hands one mail to the mail server; a second try after a crash carries the same Message-ID and says so."""
    delivery = Delivery.objects.get(pk=payload["delivery"])
    if delivery.state != DeliveryState.WAITING:
        return
    Delivery.objects.filter(pk=delivery.pk).update(attempts=delivery.attempts + 1)
    identity = settings.PROFILE.identity
    mail_gateway().send_mail(
        OutMail(
            to=delivery.to,
            sender=settings.PROFILE.contacts.email,
            sender_name=identity.mail_sender_name,
            subject=delivery.subject,
            text=delivery.body,
            html=delivery.html,
            language=payload["language"],
            headers=headers_of(delivery),
        )
    )
    _sent(delivery, timezone.now())


@job("notifications.sms", outside=True, lost="unknown")
def send_sms(payload: dict[str, Any]) -> None:
    """Hands one SMS to the provider. Lost on the way, it is not sent again: the member asks for a new code."""
    delivery = Delivery.objects.get(pk=payload["delivery"])
    if delivery.state != DeliveryState.WAITING:
        return
    sms_gateway().send_sms(to=delivery.to, text=delivery.body, key=str(delivery.pk))
    _sent(delivery, timezone.now())


def headers_of(delivery: Delivery) -> dict[str, str]:
    """The fixed marks of a mail: one Message-ID and one key for ever."""
    headers = {
        "Message-ID": f"<{delivery.pk}@{settings.ENTRAIDE.host}>",
        "X-Idempotency-Key": str(delivery.pk),
        "Auto-Submitted": "auto-generated",
    }
    if delivery.attempts:
        headers["X-Entraide-Attempt"] = str(delivery.attempts + 1)
    return headers


def _sent(delivery: Delivery, now: datetime) -> None:
    delivery.state, delivery.sent_at = DeliveryState.SENT, now
    fields = ["state", "sent_at"]
    if not settings.ENTRAIDE.demo:
        delivery.to = delivery.subject = delivery.body = delivery.html = ""
        fields += ["to", "subject", "body", "html"]
    delivery.save(update_fields=fields)
