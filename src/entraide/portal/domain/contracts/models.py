"""Contracts of a membership and whom each covers, from when to when."""

import uuid

from django.db import models

from entraide.portal.domain.contracts.enums import CoverageTier
from entraide.portal.domain.members.models import Beneficiary, Member


class Contract(models.Model):
    """One health contract of a member; a member may hold several (base and option, PROF-01)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="contracts")
    number = models.CharField(max_length=40)
    label_fr = models.CharField(max_length=120)
    label_en = models.CharField(max_length=120)
    tier = models.CharField(max_length=10, choices=CoverageTier.choices)
    plan_fr = models.CharField(max_length=120)
    plan_en = models.CharField(max_length=120)
    subscribed_on = models.DateField()
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("member", "number", name="contract_member_number")]

    def __str__(self) -> str:
        return f"contract {self.pk}"


class Coverage(models.Model):
    """One person covered by one contract over a period (both days included)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="coverages")
    beneficiary = models.ForeignKey(Beneficiary, on_delete=models.PROTECT, related_name="coverages")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("contract", "beneficiary", name="coverage_once")]

    def __str__(self) -> str:
        return f"coverage {self.pk}"
