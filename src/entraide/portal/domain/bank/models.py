"""A change of account that was asked for, and the agents who agreed to it. The accounts are sealed (A62)."""

import json
import uuid

from django.conf import settings
from django.db import models

from entraide.portal.domain.agents.models import Agent
from entraide.portal.domain.bank.enums import (
    LIVE,
    ApprovalStep,
    ChangeState,
    PayeeCheck,
    RefusalReason,
    Scope,
)
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.domain.requests.models import RequestFile
from entraide.portal.foundation.vault.fields import EncryptedText


class AccountChange(models.Model):
    """A new account for `person`; the one in use stays `Beneficiary.iban` until the change is applied.

    With the scope `contract` the person is the primary insured, whose account serves everyone without one
    of their own. `replaced_index` is the index of the account in use when the change was asked for.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=24, unique=True)
    scope = models.CharField(max_length=10, choices=Scope.choices)
    person = models.ForeignKey(Beneficiary, on_delete=models.PROTECT, related_name="account_changes")
    asked_by = models.ForeignKey(Beneficiary, on_delete=models.PROTECT, related_name="asked_account_changes")
    iban = EncryptedText()
    bic = EncryptedText()
    holder = EncryptedText()
    iban_index = models.CharField(max_length=64, db_index=True)
    replaced_index = models.CharField(max_length=64)
    paper = models.OneToOneField(RequestFile, on_delete=models.PROTECT, related_name="account_change")
    state = models.CharField(max_length=10, choices=ChangeState.choices, default=ChangeState.ASKED)
    refusal = models.CharField(max_length=20, choices=RefusalReason.choices, blank=True)
    # What our bank says of the new account and its holder; blank: not asked yet.
    payee_check = models.CharField(max_length=12, choices=PayeeCheck.choices, blank=True, db_default="")
    request_key = models.UUIDField()
    content_digest = models.CharField(max_length=64)
    language = models.CharField(max_length=2)
    asked_at = models.DateTimeField()
    effective_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            # A73: one at a time for each account, whoever asks in parallel.
            models.UniqueConstraint(
                "person", condition=models.Q(state__in=LIVE), name="one_live_account_change"
            ),
            models.UniqueConstraint("asked_by", "request_key", name="account_change_stored_once"),
        ]
        indexes = [
            models.Index(
                fields=["effective_at"], condition=models.Q(state__in=LIVE), name="account_change_due"
            )
        ]

    def __str__(self) -> str:
        return f"account change {self.reference}"

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    @property
    def binding(self) -> str:
        """What an approval agrees to, as a keyed fingerprint: any edit makes another one (A78)."""
        words = [
            str(self.pk), self.scope, str(self.person_id), str(self.asked_by_id), self.iban, self.bic,
            self.holder, self.replaced_index, self.paper.sha256, self.effective_at.isoformat(),
        ]  # fmt: skip
        if self.payee_check:
            words.append(self.payee_check)
        return settings.ENTRAIDE.keys.blind_index("account change", json.dumps(words))


class Approval(models.Model):
    """An agent agreed to a change with exactly this content: the check, or the second agent's look."""

    change = models.ForeignKey(AccountChange, on_delete=models.CASCADE, related_name="approvals")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="account_approvals")
    step = models.CharField(max_length=10, choices=ApprovalStep.choices)
    binding = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("change", "step", name="one_approval_of_each_step"),
            models.UniqueConstraint("change", "agent", name="one_approval_of_each_agent"),
        ]

    def __str__(self) -> str:
        return f"{self.step} of {self.change_id}"
