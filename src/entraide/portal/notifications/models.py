"""Messages to people: one per fact, recipient and channel, whatever is run twice."""

import uuid

from django.db import models

from entraide.portal.foundation.vault.fields import EncryptedText


class Channel(models.TextChoices):
    EMAIL = "email"
    SMS = "sms"
    FAX = "fax"
    PUSH = "push"


class DeliveryState(models.TextChoices):
    WAITING = "waiting"
    SENT = "sent"
    UNKNOWN = "unknown"
    EXPIRED = "expired"


class Delivery(models.Model):
    """One message. Its words are sealed, and forgotten once it is sent (kept in the demo, A67)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    fact = models.UUIDField()
    recipient = models.UUIDField()
    channel = models.CharField(max_length=5, choices=Channel.choices)
    notice = models.CharField(max_length=60)
    to = EncryptedText()
    subject = EncryptedText()
    body = EncryptedText()
    html = EncryptedText()
    # A small file that goes along, as text, with its name; blank: none.
    attached_name = models.CharField(max_length=60, blank=True, db_default="")
    attached = EncryptedText(db_default=b"")
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("fact", "recipient", "channel", "notice", name="one_delivery_per_fact")
        ]

    def __str__(self) -> str:
        return f"{self.notice} by {self.channel}, {self.state}"
