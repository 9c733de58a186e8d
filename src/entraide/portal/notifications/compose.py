"""From a fact to a message: who, in which language, with which words."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation

from entraide.portal.domain.push.queries import has_push_device
from entraide.portal.foundation.events.facts import Secrets
from entraide.portal.foundation.events.models import Entry
from entraide.portal.foundation.tasks.models import Priority
from entraide.portal.foundation.tasks.queue import enqueue
from entraide.portal.foundation.web.wording import text
from entraide.portal.notifications.attached import attached_to
from entraide.portal.notifications.messages import CONTEXTS, FLEETING
from entraide.portal.notifications.models import Channel, Delivery
from entraide.portal.notifications.recipients import Recipient, Whom

FOLDER = "notifications/messages"
_JOBS = {
    Channel.EMAIL: "notifications.mail",
    Channel.SMS: "notifications.sms",
    Channel.PUSH: "notifications.push",
}
# What stands as the address of a push: which browsers it goes to is read when it leaves.
BROWSERS = "browsers"
# The value that a field of the fact must have.
When = tuple[str, str | bool]


def write_delivery(
    name: str,
    channel: Channel,
    when: When | None,
    whom: Whom,
    entry: Entry,
    secrets: Secrets,
    *,
    to: str = "",
    topic: str = "",
) -> None:
    """Writes the message of a notice and asks for its sending, once per fact, recipient and channel.

    `to` names the secret with its address; `topic`, when not blank, is what the person may do without.
    """
    if when is not None and entry.data.get(when[0]) != when[1]:
        return
    person = whom(entry)
    if person is None or (topic and not person.wants(topic)):
        return
    address = secrets.get(to, "") if to else _address(person, channel, secrets)
    if not address:
        return
    with translation.override(entry.data["language"]):
        words = compose(name, channel, {**entry.data, **CONTEXTS[name](entry, secrets), "person": person})
        along = attached_to(name, entry)
        words |= {"attached_name": along.name, "attached": along.text}
    delivery, created = Delivery.objects.get_or_create(
        fact=entry.id,
        recipient=person.pk,
        channel=channel,
        notice=name,
        defaults={"to": address, "created_at": timezone.now(), **words},
    )
    if created:
        kind = _JOBS[channel]
        payload = {"delivery": str(delivery.pk), "language": entry.data["language"]}
        priority = Priority.URGENT if name in FLEETING else Priority.NORMAL
        enqueue(kind, payload, dedup=f"delivery:{delivery.pk}", priority=priority)


def compose(name: str, channel: Channel, values: dict[str, Any]) -> dict[str, str]:
    """Subject, text and HTML of a notice in the current language; an SMS has only its text.

    A push has the mutual's name and one sentence, which may stand on a locked screen.
    """
    profile = settings.PROFILE
    context = {
        **values,
        "profile": profile,
        "public_url": settings.ENTRAIDE.public_url,
        "host": settings.ENTRAIDE.host,
        "space": text(profile.identity.space_name),
        "language": translation.get_language(),
    }
    if channel == Channel.PUSH:
        words = _tidy(render_to_string(f"{FOLDER}/{name}/push.txt", context)).strip()
        return {"subject": profile.identity.short_name, "body": words, "html": ""}
    if channel == Channel.SMS:
        return {
            "subject": "",
            # Phones look for `@host #code` at the very end.
            "body": _tidy(render_to_string(f"{FOLDER}/{name}/sms.txt", context)).rstrip(),
            "html": "",
        }
    subject = " ".join(render_to_string(f"{FOLDER}/{name}/subject.txt", context).split())
    context["subject"] = subject
    return {
        "subject": subject,
        "body": _tidy(render_to_string(f"{FOLDER}/{name}/mail.txt", context)),
        "html": render_to_string(f"{FOLDER}/{name}/mail.html", context),
    }


def _tidy(words: str) -> str:
    lines = [line.rstrip() for line in words.strip().splitlines()]
    return "\n".join(lines) + "\n"


def _address(person: Recipient, channel: Channel, secrets: Secrets) -> str:
    if channel == Channel.PUSH:
        return BROWSERS if has_push_device(person.pk) else ""
    if channel == Channel.SMS:
        return secrets.get("mobile") or str(person.mobile)
    return str(person.email)
