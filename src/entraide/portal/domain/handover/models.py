"""What was signed to hand somebody over to a partner: each serves once, within its minute."""

import uuid

from django.db import models
from django.db.models import F, Q

from entraide.portal.domain.members.models import Beneficiary


class HandOver(models.Model):
    """A token that was made: for whom, by whom, for which partner. Its nonce is kept as a fingerprint."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Beneficiary, on_delete=models.PROTECT, related_name="hand_overs")
    asked_by = models.ForeignKey(Beneficiary, on_delete=models.PROTECT, related_name="hand_overs_asked")
    partner = models.CharField(max_length=60)
    nonce_hash = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("issued_at")), name="hand_over_expires"),
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(used_at__lt=F("expires_at")), name="hand_over_used_in_time"
            ),
        ]
        indexes = [models.Index(fields=["issued_at"], name="hand_over_by_day")]

    def __str__(self) -> str:
        return f"hand-over {self.pk}"
