"""Teleconsultations that a partner counts (TELE-03): that there was one and when, nothing of the care."""

import uuid

from django.db import models
from django.db.models import F, Q

from entraide.portal.domain.members.models import Beneficiary


class Teleconsultation(models.Model):
    """One of them, as the partner told the mutual.

    `reference` is the partner's own. `told_until`: the last day of which the partner knew everything when it
    told this. `confidential`: known to the person alone, as care that is marked so.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Beneficiary, on_delete=models.PROTECT, related_name="teleconsultations")
    partner = models.CharField(max_length=60)
    reference = models.CharField(max_length=40)
    consulted_on = models.DateField()
    told_until = models.DateField()
    cancelled = models.BooleanField(default=False)
    confidential = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint("partner", "reference", name="teleconsultation_once"),
            models.CheckConstraint(
                condition=Q(told_until__gte=F("consulted_on")), name="teleconsultation_told_after"
            ),
        ]
        indexes = [
            models.Index(fields=["partner", "told_until"], name="teleconsultation_told"),
            models.Index(fields=["consulted_on"], name="teleconsultation_by_day"),
        ]

    def __str__(self) -> str:
        return f"teleconsultation {self.pk}"
