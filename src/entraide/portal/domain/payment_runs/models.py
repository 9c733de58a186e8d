"""Lines of the electronic feed become transfers, payments and statements. Every amount is in cents."""

import uuid

from django.db import models

from entraide.portal.domain.adjudication.models import AdjudicatedLine
from entraide.portal.domain.claims.enums import Payee
from entraide.portal.domain.members.models import Beneficiary, Member
from entraide.portal.domain.payment_runs.enums import HeldReason, RunState, TransferState
from entraide.portal.foundation.vault.fields import EncryptedText


class ProfessionalAccount(models.Model):
    """Where a professional is paid in third-party payment; known by the number that feeds name them by."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=11, unique=True)
    name = models.CharField(max_length=120)
    iban = EncryptedText()
    bic = models.CharField(max_length=11, blank=True)
    account_holder = EncryptedText()

    def __str__(self) -> str:
        return f"professional account {self.pk}"


class PaymentRun(models.Model):
    """One file for the bank. `number` is also the name of its statements and of the message."""

    number = models.CharField(max_length=20, unique=True)
    pay_on = models.DateField()
    state = models.CharField(max_length=8, choices=RunState.choices, default=RunState.PREPARED)
    made_at = models.DateTimeField()
    ordered_at = models.DateTimeField(null=True)
    lines = models.BigIntegerField(default=0)
    payments = models.BigIntegerField(default=0)
    transfers = models.BigIntegerField(default=0)
    amount = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"payment run {self.number}"


class Transfer(models.Model):
    """One credit transfer to a person or a professional, with the account as it was when it was prepared."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(PaymentRun, on_delete=models.CASCADE, related_name="transfers_of")
    end_to_end_id = models.CharField(max_length=35, unique=True)
    beneficiary = models.ForeignKey(Beneficiary, on_delete=models.PROTECT, null=True, db_index=False)
    professional = models.ForeignKey(ProfessionalAccount, on_delete=models.PROTECT, null=True, db_index=False)
    iban = EncryptedText()
    bic = models.CharField(max_length=11, blank=True)
    holder = EncryptedText()
    account_index = models.CharField(max_length=64, db_index=True)
    amount = models.BigIntegerField()
    state = models.CharField(max_length=8, choices=TransferState.choices, default=TransferState.PREPARED)
    reason = models.CharField(max_length=4, blank=True)
    answered_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="transfer_of_some_money", condition=models.Q(amount__gt=0)),
            models.CheckConstraint(
                name="transfer_to_one_payee",
                condition=models.Q(beneficiary__isnull=False, professional__isnull=True)
                | models.Q(beneficiary__isnull=True, professional__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"transfer {self.pk}"


class TransferPart(models.Model):
    """What one membership has of a transfer, or of nothing at all when nothing is due: one payment.

    `repays`: a payment made before that came back; its lines are those of then.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(PaymentRun, on_delete=models.CASCADE, related_name="parts", db_index=False)
    transfer = models.ForeignKey(Transfer, on_delete=models.CASCADE, null=True, related_name="parts")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, db_index=False)
    payee = models.CharField(max_length=12, choices=Payee.choices)
    payee_name = models.CharField(max_length=120)
    # Whose account, or which professional; neither for one without a number.
    beneficiary = models.ForeignKey(Beneficiary, on_delete=models.PROTECT, null=True, db_index=False)
    professional_number = models.CharField(max_length=11, blank=True)
    payment_id = models.UUIDField(db_index=True)
    repays = models.BooleanField(default=False)
    amount = models.BigIntegerField()
    lines = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["run", "member"], name="part_by_run_and_member")]

    def __str__(self) -> str:
        return f"part {self.pk}"


class RunLine(models.Model):
    """A line is in one run at most."""

    line = models.OneToOneField(AdjudicatedLine, on_delete=models.PROTECT, primary_key=True)
    part = models.ForeignKey(TransferPart, on_delete=models.CASCADE, related_name="of_lines")

    def __str__(self) -> str:
        return f"run line {self.pk}"


class Held(models.Model):
    """What a run left out for one payee, and why; the next run looks again."""

    run = models.ForeignKey(PaymentRun, on_delete=models.CASCADE, related_name="held")
    reason = models.CharField(max_length=16, choices=HeldReason.choices)
    payee = models.CharField(max_length=12, choices=Payee.choices)
    beneficiary = models.ForeignKey(Beneficiary, on_delete=models.PROTECT, null=True, db_index=False)
    professional_number = models.CharField(max_length=11, blank=True)
    payee_name = models.CharField(max_length=120)
    lines = models.BigIntegerField()
    amount = models.BigIntegerField()

    def __str__(self) -> str:
        return f"held {self.pk}"
