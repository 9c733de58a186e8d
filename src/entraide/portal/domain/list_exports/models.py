"""An export of a list of requests that an agent asked for: why, who agreed, and the file while it waits."""

import uuid

from django.db import models

from entraide.portal.domain.agents.models import Agent
from entraide.portal.domain.list_exports.enums import ListExportState
from entraide.portal.foundation.vault.fields import EncryptedText


class ListExport(models.Model):
    """One export. `wanted` is what the list showed, as JSON; `content` is blank but while it is ready."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=24, unique=True)
    asked_by = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="list_exports")
    request_key = models.UUIDField()
    reason = EncryptedText()
    wanted = models.JSONField()
    language = models.CharField(max_length=2)
    state = models.CharField(max_length=10, choices=ListExportState.choices, default=ListExportState.ASKED)
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    rows = models.PositiveIntegerField(default=0)
    content = EncryptedText()
    ready_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("asked_by", "request_key", name="list_export_stored_once")]
        indexes = [models.Index(fields=["state", "asked_at"], name="list_export_by_state")]

    def __str__(self) -> str:
        return f"list export {self.reference}"
