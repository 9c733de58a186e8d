"""Single-use links and codes, factors, browsers, open sessions, and the proof of the terms."""

import uuid

from django.db import models

from entraide.portal.domain.access.enums import Change, CodePurpose, FactorKind, LinkPurpose
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


class InUse(models.Manager["Factor"]):
    """The factors that open something: not those that a freeze suspended (A23)."""

    def get_queryset(self) -> models.QuerySet["Factor"]:
        return super().get_queryset().filter(suspended_at=None)


class Factor(models.Model):
    """An authenticator app or a passkey (A26). `secret`: the app's key, or the passkey's public data.

    `objects` are those in use; `with_suspended` holds the others too, which open nothing and never will.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="factors")
    kind = models.CharField(max_length=8, choices=FactorKind.choices)
    name = models.CharField(max_length=60)
    secret = EncryptedText()
    # SHA-256 of the passkey's id, to find it; null for an app.
    credential_hash = models.CharField(max_length=64, null=True, unique=True)
    sign_count = models.PositiveBigIntegerField(default=0)
    # The 30-second step of the app's code that was last accepted: a code serves once.
    last_step = models.PositiveBigIntegerField(default=0)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    suspended_at = models.DateTimeField(null=True)

    objects = InUse()
    with_suspended = models.Manager["Factor"]()

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class RecoveryCode(models.Model):
    """One of the codes kept on paper for the day when the factor is lost: a keyed hash, used once."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="recovery_codes")
    code_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("account", "code_hash", name="recovery_code_once")]

    def __str__(self) -> str:
        return f"recovery code {self.pk}"


class KnownBrowser(models.Model):
    """A browser that once passed every step for this account; the browser holds the token, we its hash."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="known_browsers")
    token_hash = models.CharField(max_length=64)
    label = models.CharField(max_length=80)
    first_seen = models.DateTimeField()
    last_seen = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("account", "token_hash", name="browser_once")]

    def __str__(self) -> str:
        return f"browser {self.pk}"


class OpenSession(models.Model):
    """A session that passed every step, as its owner sees it in the list (A29). The key is a fingerprint."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="open_sessions")
    session_key = models.CharField(max_length=40, unique=True)
    label = models.CharField(max_length=80)
    network = EncryptedText()
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"session {self.pk}"


class SafetyLink(models.Model):
    """The link of a mail that says "this was not me": freezes the account and undoes the change (A23)."""

    token_hash = models.CharField(max_length=64, unique=True)
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="safety_links")
    change = models.CharField(max_length=20, choices=Change.choices)
    # What to undo, as JSON.
    undo = EncryptedText()
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"safety link {self.pk}"
