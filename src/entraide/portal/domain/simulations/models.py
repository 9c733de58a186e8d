"""Simulations that somebody keeps: their answers, and what was left to pay that day."""

import uuid

from django.db import models
from django.db.models import F, Q

from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.vault.fields import EncryptedText


class SavedSimulation(models.Model):
    """One simulation of the person who keeps it, and of nobody else. The same key is stored once.

    `kind` is a case or a quote; `answers` are those of its address; what was left to pay, in cents, lies
    between two amounts when the fees of the doctor are not known.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(Beneficiary, on_delete=models.PROTECT, related_name="saved_simulations")
    name = EncryptedText()
    kind = models.CharField(max_length=40)
    answers = EncryptedText()
    left_least = models.PositiveIntegerField()
    left_most = models.PositiveIntegerField()
    saved_at = models.DateTimeField()
    request_key = models.UUIDField()
    content_digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint("owner", "request_key", name="simulation_stored_once"),
            models.CheckConstraint(
                condition=Q(left_least__lte=F("left_most")), name="simulation_left_in_order"
            ),
        ]
        indexes = [models.Index(fields=["owner", "-saved_at"], name="simulation_by_owner")]

    def __str__(self) -> str:
        return f"simulation {self.pk}"
