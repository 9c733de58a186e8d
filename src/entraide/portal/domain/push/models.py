"""The browsers to which a notification goes, each at its own address of a push service."""

import uuid

from django.db import models

from entraide.portal.domain.members.models import Beneficiary
from entraide.portal.foundation.vault.fields import EncryptedText


class PushDevice(models.Model):
    """One browser of one person. `mark` finds its address without storing it; one address has one owner."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(Beneficiary, on_delete=models.PROTECT, related_name="push_devices")
    mark = models.CharField(max_length=64, unique=True)
    # The address at the push service, and the two keys of the browser.
    endpoint = EncryptedText()
    point = EncryptedText()
    secret = EncryptedText()
    label = models.CharField(max_length=80)
    added_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    # The fact that it was last told of: a second try does not ring twice.
    told_of = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["owner", "added_at"], name="push_device_by_owner")]

    def __str__(self) -> str:
        return f"push device {self.pk}"
