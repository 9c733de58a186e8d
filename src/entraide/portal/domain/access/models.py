"""Single-use links and codes, and the proof that the terms were accepted."""

import uuid

from django.db import models

from entraide.portal.domain.access.enums import CodePurpose, LinkPurpose
from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.vault.fields import EncryptedText


class PasswordLink(models.Model):
    """A link to set a password: only its hash is kept; used once, for a limited time (X2, X3)."""

    token_hash = models.CharField(max_length=64, unique=True)
    beneficiary = models.ForeignKey(Beneficiary, on_delete=models.CASCADE, related_name="password_links")
    purpose = models.CharField(max_length=12, choices=LinkPurpose.choices)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"password link {self.pk}"


class OneTimeCode(models.Model):
    """A 6-digit code bound to the sign-in attempt that asked for it; kept as a keyed hash."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="codes")
    attempt = models.UUIDField()
    purpose = models.CharField(max_length=12, choices=CodePurpose.choices)
    code_hash = models.CharField(max_length=64)
    # The mobile being proved, when it is not yet the one on file.
    destination = EncryptedText()
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["account", "attempt", "purpose"], name="code_of_attempt")]

    def __str__(self) -> str:
        return f"code {self.pk}"


class TermsAcceptance(models.Model):
    """Who accepted which text, when (A14): the version and the SHA-256 of the text shown."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="terms_acceptances")
    version = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    language = models.CharField(max_length=2)
    accepted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("account", "version", "digest", name="terms_once")]

    def __str__(self) -> str:
        return f"terms {self.version}"
