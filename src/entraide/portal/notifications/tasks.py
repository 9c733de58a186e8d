"""Sending, outside any transaction, with the same Message-ID and key at every try."""

import json
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from entraide.portal.domain.messaging import OutMail, OutPush, PushGone
from entraide.portal.domain.push.actions import forget_push_device, note_told
from entraide.portal.domain.push.models import PushDevice
from entraide.portal.domain.push.queries import push_devices_to_tell
from entraide.portal.foundation.tasks.queue import job
from entraide.portal.notifications.attached import attachments_with
from entraide.portal.notifications.gateways import mail_gateway, push_gateway, sms_gateway
from entraide.portal.notifications.messages import FLEETING
from entraide.portal.notifications.models import Delivery, DeliveryState

# After a day the answer was read, or a mail told of it.
PUSHED_WITHIN = timedelta(days=1)


@job("notifications.mail", outside=True)
def send_mail(payload: dict[str, Any]) -> None:
    """Hands one mail to the mail server; a second try carries the same Message-ID and says so."""
    delivery = Delivery.objects.get(pk=payload["delivery"])
    if delivery.state != DeliveryState.WAITING or _dropped(delivery, timezone.now()):
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
            headers=headers_of(delivery, attempt=delivery.attempts + 1),
            attachments=attachments_with(delivery),
        )
    )
    note_sent(delivery, timezone.now())


@job("notifications.push", outside=True)
def send_push(payload: dict[str, Any]) -> None:
    """Rings each browser of the person once; one that is gone is forgotten, one that fails is tried again."""
    delivery, now = Delivery.objects.get(pk=payload["delivery"]), timezone.now()
    if delivery.state != DeliveryState.WAITING:
        return
    if now > delivery.created_at + PUSHED_WITHIN:
        note_dropped(delivery)
        return
    failures = [
        failure
        for device in push_devices_to_tell(delivery.recipient, delivery.fact)
        if (failure := _push_to(device, delivery, payload["language"]))
    ]
    if failures:
        raise failures[0]
    note_sent(delivery, now)


def _push_to(device: PushDevice, delivery: Delivery, language: str) -> OSError | None:
    words = {
        "title": delivery.subject,
        "body": delivery.body,
        "lang": language,
        "url": reverse("requests:list"),
    }
    push = OutPush(
        endpoint=device.endpoint,
        point=device.point,
        secret=device.secret,
        text=json.dumps(words, ensure_ascii=False),
        topic=delivery.notice,
    )
    try:
        push_gateway().send_push(push)
    except PushGone:
        forget_push_device(device.pk)
    except OSError as failure:
        return failure
    else:
        note_told(device.pk, delivery.fact, now=timezone.now())
    return None


@job("notifications.sms", outside=True, lost="unknown")
def send_sms(payload: dict[str, Any]) -> None:
    """Hands one SMS to the provider. Lost on the way, it is not sent again: a new code is asked for."""
    delivery = Delivery.objects.get(pk=payload["delivery"])
    if delivery.state != DeliveryState.WAITING or _dropped(delivery, timezone.now()):
        return
    sms_gateway().send_sms(to=delivery.to, text=delivery.body, key=str(delivery.pk))
    note_sent(delivery, timezone.now())


def headers_of(delivery: Delivery, *, attempt: int) -> dict[str, str]:
    """The fixed marks of a mail: one Message-ID and one key for ever."""
    headers = {
        "Message-ID": f"<{delivery.pk}@{settings.ENTRAIDE.host}>",
        "X-Idempotency-Key": str(delivery.pk),
        "Auto-Submitted": "auto-generated",
    }
    if attempt > 1:
        headers["X-Entraide-Attempt"] = str(attempt)
    return headers


def _dropped(delivery: Delivery, now: datetime) -> bool:
    """A code that is over stays here: it could not leave in time, and a newer one may be on its way."""
    minutes = settings.PROFILE.security.code_minutes
    if delivery.notice not in FLEETING or now < delivery.created_at + timedelta(minutes=minutes):
        return False
    _end(delivery, DeliveryState.EXPIRED)
    return True


def note_sent(delivery: Delivery, now: datetime) -> None:
    """It was taken: its words are forgotten, but in the demo."""
    delivery.sent_at = now
    _end(delivery, DeliveryState.SENT)


def note_dropped(delivery: Delivery) -> None:
    """It must not leave any more: what it was about has changed meanwhile."""
    _end(delivery, DeliveryState.EXPIRED)


def _end(delivery: Delivery, state: DeliveryState) -> None:
    delivery.state = state
    fields = ["state", "sent_at"]
    if not settings.ENTRAIDE.demo:
        delivery.to = delivery.subject = delivery.body = delivery.html = delivery.attached = ""
        fields += ["to", "subject", "body", "html", "attached"]
    delivery.save(update_fields=fields)
