"""What was sent, for the demo's mailbox."""

import base64
import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from entraide.portal.notifications.attached import attachments_with
from entraide.portal.notifications.hospital_letter import NOTICE, attachments_of
from entraide.portal.notifications.models import Delivery, DeliveryState
from entraide.portal.notifications.tasks import headers_of

_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Sent:
    """One message as it left; the demo keeps its words."""

    id: UUID
    channel: str
    to: str
    subject: str
    body: str
    html: str
    headers: dict[str, str]
    at: datetime
    attachments: tuple[tuple[str, int], ...] = ()


def closed_policy(html: str) -> str:
    """The Content-Security-Policy under which a mail is shown: its own style sheet and nothing else."""
    found = _STYLE.search(html)
    digest = hashlib.sha256((found.group(1) if found else "").encode()).digest()
    style = f"'sha256-{base64.b64encode(digest).decode()}'"
    return f"default-src 'none'; style-src {style}; base-uri 'none'; frame-ancestors 'none'; sandbox"


def messages_sent(*, limit: int | None = None, to: str = "", channel: str = "") -> list[Sent]:
    """Newest first, those waiting to leave included: in the demo they leave within the second.

    `to` and `channel` narrow the list before `limit` cuts it. Each message is opened once per process:
    with thousands of them this reads ids and moments, and opens what is new.
    """
    # A letter to a hospital that must not leave any more has gone nowhere.
    gone = Delivery.objects.exclude(notice=NOTICE, state=DeliveryState.EXPIRED)
    rows = gone.order_by("-created_at", "pk")
    if channel:
        rows = rows.filter(channel=channel)
    # The recipient is sealed: it can only be compared once it is open.
    rows = rows if to else rows[:limit]
    marks = {pk: mark for pk, *mark in rows.values_list("pk", "attempts", "sent_at")}
    _open([pk for pk, mark in marks.items() if pk not in _OPENED or _OPENED[pk][0] != mark])
    found = [_OPENED[pk][1] for pk in marks if pk in _OPENED]
    return [one for one in found if one.to == to][:limit] if to else found


def message_sent(delivery_id: UUID) -> Sent | None:
    """One message, or None."""
    found = Delivery.objects.filter(pk=delivery_id).first()
    return _sent(found) if found is not None else None


# What was opened, with the mark it had then. Only the demo reads messages, and it forgets none.
_OPENED: dict[UUID, tuple[list[object], Sent]] = {}
_AT_ONCE = 500


def _open(ids: list[UUID]) -> None:
    for start in range(0, len(ids), _AT_ONCE):
        for one in Delivery.objects.filter(pk__in=ids[start : start + _AT_ONCE]):
            _OPENED[one.pk] = ([one.attempts, one.sent_at], _sent(one))


def _along(one: Delivery) -> tuple[tuple[str, int], ...]:
    return tuple((file.name, len(file.document)) for file in attachments_with(one))


def _sent(one: Delivery) -> Sent:
    return Sent(
        id=one.pk,
        channel=one.channel,
        to=one.to,
        subject=one.subject,
        body=one.body,
        html=one.html,
        headers=headers_of(one, attempt=one.attempts) if one.channel == "email" else {},
        at=one.sent_at or one.created_at,
        attachments=attachments_of(one) or _along(one),
    )
