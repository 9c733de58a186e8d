"""Files that agents opened in an emergency, beyond what their role opens (A76)."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q

from entraide.portal.domain.agents.models import Agent
from entraide.portal.domain.emergency.enums import EmergencyReason, ReviewOutcome
from entraide.portal.domain.members.models import Member
from entraide.portal.foundation.vault.fields import EncryptedText


class EmergencyAccess(models.Model):
    """One agent, one membership, half an hour. What was said when it was opened never changes.

    `reason` is what the journal of the people of the file keeps; `outcome` is blank until the review.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=24, unique=True)
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="emergency_accesses")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="emergency_accesses")
    request_key = models.UUIDField()
    why = models.CharField(max_length=10, choices=EmergencyReason.choices)
    words = EncryptedText()
    ticket = models.CharField(max_length=40)
    reason = EncryptedText()
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)
    review_by = models.DateField()
    outcome = models.CharField(max_length=10, choices=ReviewOutcome.choices, blank=True)
    reviewed_by = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    review_words = EncryptedText()

    class Meta:
        constraints = [
            models.UniqueConstraint("agent", "request_key", name="emergency_opened_once"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("opened_at")), name="emergency_ends_later"),
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("agent")), name="emergency_seen_by_another"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", reviewed_by=None, reviewed_at=None)
                | (~Q(outcome="") & Q(reviewed_by__isnull=False, reviewed_at__isnull=False)),
                name="emergency_reviewed_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["agent", "opened_at"], name="emergency_by_agent"),
            models.Index(fields=["outcome", "opened_at"], name="emergency_by_outcome"),
        ]

    def is_open(self, *, now: datetime) -> bool:
        return self.stopped_at is None and self.opened_at <= now < self.ends_at

    def __str__(self) -> str:
        return f"emergency access {self.reference}"
