"""What was sent, for the demo's mailbox."""

import base64
import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from entraide.portal.notifications.models import Delivery
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

    @property
    def style_hash(self) -> str:
        """The CSP source of the mail's own style sheet."""
        found = _STYLE.search(self.html)
        digest = hashlib.sha256((found.group(1) if found else "").encode()).digest()
        return f"'sha256-{base64.b64encode(digest).decode()}'"


def messages_sent(*, limit: int) -> list[Sent]:
    """Newest first, those waiting to leave included: in the demo they leave within the second."""
    return [
        Sent(
            id=one.pk,
            channel=one.channel,
            to=one.to,
            subject=one.subject,
            body=one.body,
            html=one.html,
            headers=headers_of(one, attempt=one.attempts) if one.channel == "email" else {},
            at=one.sent_at or one.created_at,
        )
        for one in Delivery.objects.order_by("-created_at")[:limit]
    ]
