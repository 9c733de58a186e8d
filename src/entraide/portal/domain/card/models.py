"""Which series of somebody's cards is valid, and the links by which a card was sent."""

import uuid

from django.db import models
from django.db.models import F, Q

from entraide.portal.domain.card.enums import RecipientKind
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.vault.fields import EncryptedText

FIRST_SERIES = 1


class CardSeries(models.Model):
    """A new series of one person's cards: every card of an older one is void. The first one has no row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Beneficiary, on_delete=models.PROTECT, related_name="card_series")
    number = models.PositiveIntegerField()
    began_at = models.DateTimeField()
    request_key = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint("person", "number", name="card_series_once"),
            models.UniqueConstraint("person", "request_key", name="card_series_asked_once"),
            models.CheckConstraint(condition=Q(number__gt=FIRST_SERIES), name="card_series_after_first"),
        ]

    def __str__(self) -> str:
        return f"card series {self.pk}"


class CardSending(models.Model):
    """A link to somebody's card, sent by mail: it opens that card of that series until it expires."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sender = models.ForeignKey(Beneficiary, on_delete=models.PROTECT, related_name="cards_sent")
    person = models.ForeignKey(Beneficiary, on_delete=models.PROTECT, related_name="card_links")
    kind = models.CharField(max_length=12, choices=RecipientKind.choices)
    recipient = EncryptedText()
    token_hash = models.CharField(max_length=64, unique=True)
    series = models.PositiveIntegerField()
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    request_key = models.UUIDField()
    content_digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint("sender", "request_key", name="card_sent_once"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("sent_at")), name="card_link_expires"),
        ]
        indexes = [models.Index(fields=["sender", "-sent_at"], name="card_sending_by_sender")]

    def __str__(self) -> str:
        return f"card sending {self.pk}"

    @property
    def typed_address(self) -> str:
        """What the sender typed; blank for somebody of the contract, whose address is theirs alone."""
        return str(self.recipient) if self.kind == RecipientKind.PROFESSIONAL else ""
