"""People who work at the mutual, and the invitations through which they set their password."""

import uuid

from django.db import models

from entraide.portal.domain.agents.enums import Role
from entraide.portal.foundation.accounts.models import Account
from entraide.portal.foundation.vault.fields import EncryptedText


class Agent(models.Model):
    """Somebody of the mutual: never a member through this account, and never signed in by SMS (A74)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="agent")
    full_name = models.CharField(max_length=120)
    email = EncryptedText()
    role = models.CharField(max_length=20, choices=Role.choices)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    # WCAG 2.1.4: who speaks to the screen, or presses keys without meaning to, turns them off.
    uses_shortcuts = models.BooleanField(default=True, db_default=True)

    def __str__(self) -> str:
        return f"agent {self.pk}"


class Invitation(models.Model):
    """A single-use link to choose the first or a new password; only its hash is kept (A5, A13)."""

    token_hash = models.CharField(max_length=64, unique=True)
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="invitations")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"invitation {self.pk}"
