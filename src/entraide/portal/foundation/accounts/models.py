"""Who can sign in: an identifier, a password, nothing about the person."""

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(identifier=username)


class Account(AbstractBaseUser):
    """A way in. The password rules and the flows live in `domain/access`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # A member's number, or an agent's e-mail address in normal form: the two never look alike.
    identifier = models.CharField(max_length=254, unique=True)
    is_active = models.BooleanField(default=True)
    must_reset = models.BooleanField(default=False)
    # Strangers tried five passwords: browsers that are not the person's own need a new one (A10).
    must_reset_elsewhere = models.BooleanField(default=False)
    # The person said "this was not me": nobody comes in until the mutual has spoken with them (A23).
    frozen_at = models.DateTimeField(null=True)
    # Until then bank details do not change: a mobile, an address or a factor is new (X6).
    cooling_until = models.DateTimeField(null=True)
    # When stronger factors were last offered on the way in.
    factor_offered_at = models.DateTimeField(null=True)
    password_set_at = models.DateTimeField(default=timezone.now)
    language = models.CharField(max_length=2, default="fr")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AccountManager()

    USERNAME_FIELD = "identifier"

    def __str__(self) -> str:
        return f"account {self.pk}"


class FormerPassword(models.Model):
    """Hash of a password once used, kept so that it is never used again (PWD-10)."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="former_passwords")
    password = models.CharField(max_length=256)
    set_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"former password of {self.account_id}"


class Limit(models.Model):
    """A counter in a window, for one key of one scope; keys are blind indexes or network addresses."""

    scope = models.CharField(max_length=40)
    key = models.CharField(max_length=64)
    count = models.PositiveIntegerField(default=0)
    window_ends = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("scope", "key", name="limit_scope_key")]

    def __str__(self) -> str:
        return f"{self.scope} {self.count}"
