"""What a member owes and has paid for the contracts, as the management system tells it. Amounts are cents."""

import uuid

from django.db import models

from entraide.portal.domain.contributions.enums import ContributionMethod, ContributionState, DebitFailure
from entraide.portal.domain.members.models import Member


class Contribution(models.Model):
    """One line of the schedule of a year; negative when the mutual gives something back.

    Of the account debited only the last four characters are known here.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="contributions", db_index=False)
    reference = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    label_fr = models.CharField(max_length=120)
    label_en = models.CharField(max_length=120)
    amount = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=ContributionState.choices)
    paid_on = models.DateField(null=True)
    method = models.CharField(max_length=12, choices=ContributionMethod.choices)
    failure = models.CharField(max_length=8, choices=DebitFailure.choices, blank=True)
    mandate_reference = models.CharField(max_length=35, blank=True)
    iban_end = models.CharField(max_length=4, blank=True)

    class Meta:
        indexes = [models.Index(fields=["member", "year"], name="contribution_by_year")]
        constraints = [
            models.CheckConstraint(
                name="contribution_paid_has_its_day",
                condition=models.Q(state=ContributionState.PAID, paid_on__isnull=False)
                | (~models.Q(state=ContributionState.PAID) & models.Q(paid_on__isnull=True)),
            )
        ]

    def __str__(self) -> str:
        return f"contribution {self.pk}"
