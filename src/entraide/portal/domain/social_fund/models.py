"""The file of a request to the social fund, and what the commission decided."""

from django.db import models

from entraide.portal.domain.agents.models import Agent
from entraide.portal.domain.requests.models import Request
from entraide.portal.domain.social_fund.enums import Outcome
from entraide.portal.foundation.vault.fields import EncryptedText


class AidFile(models.Model):
    """What is there of a file, as the fund's people ticked it, and the commission that looks at it."""

    request = models.OneToOneField(
        Request, on_delete=models.CASCADE, related_name="aid_file", primary_key=True
    )
    # Ids of the profile, with commas between: papers that are there, or are not needed here.
    papers = models.TextField(blank=True, default="")
    commission_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"aid file {self.request_id}"


class AidDecision(models.Model):
    """A decision that one person wrote down and, once `agreed_at` is there, a second one confirmed.

    `binding`: a fingerprint of all that the second one agrees to. `amount` in cents, 0 unless granted.
    """

    request = models.OneToOneField(
        Request, on_delete=models.CASCADE, related_name="aid_decision", primary_key=True
    )
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    commission_on = models.DateField()
    amount = models.PositiveIntegerField(default=0)
    payee = EncryptedText()
    refusal = models.CharField(max_length=40, blank=True, default="")
    words = EncryptedText()
    binding = models.CharField(max_length=64)
    proposed_by = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="aid_proposals")
    proposed_at = models.DateTimeField()
    agreed_by = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, related_name="aid_agreements")
    agreed_at = models.DateTimeField(null=True)
    # What the letter says, as JSON, frozen with the agreement: the paper stays the one that was sent.
    letter = EncryptedText()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome=Outcome.GRANTED, amount__gt=0)
                | (~models.Q(outcome=Outcome.GRANTED) & models.Q(amount=0)),
                name="aid_amount_when_granted",
            ),
            models.CheckConstraint(
                condition=models.Q(agreed_by__isnull=True, agreed_at__isnull=True)
                | models.Q(agreed_by__isnull=False, agreed_at__isnull=False),
                name="aid_agreement_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"aid decision {self.request_id}"
