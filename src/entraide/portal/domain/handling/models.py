"""What agents write about a request between themselves; the member reads none of it in the portal."""

import uuid

from django.db import models

from entraide.portal.domain.agents.models import Agent
from entraide.portal.domain.requests.models import Request
from entraide.portal.foundation.vault.fields import EncryptedText


class Note(models.Model):
    """A note for colleagues. It may tell of the member: who asks for all data gets it from the mutual."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="notes")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="notes")
    words = EncryptedText()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"note {self.pk}"


class Proposal(models.Model):
    """An answer that waits for a second agent; `binding` is a fingerprint of all that was proposed (A78)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.OneToOneField(Request, on_delete=models.CASCADE, related_name="proposal")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="proposals")
    words = EncryptedText()
    binding = models.CharField(max_length=64)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"proposal {self.pk}"


class StatedReason(models.Model):
    """Why an agent opens a request that is over, for an hour; its people read it in their journal."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="stated_reasons")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="stated_reasons")
    words = EncryptedText()
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint("agent", "request", name="one_reason_at_a_time")]

    def __str__(self) -> str:
        return f"reason {self.pk}"
