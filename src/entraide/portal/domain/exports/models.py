"""Exports of a person's own data: asked, made in the background, taken once (A79)."""

import uuid

from django.db import models

from entraide.portal.domain.exports.enums import LIVE, ExportState
from entraide.portal.domain.members.models import Beneficiary


class DataExport(models.Model):
    """One export. `done` of `parts` are written; `stored_name` is the file in the vault while it is ready."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Beneficiary, on_delete=models.PROTECT, related_name="exports")
    request_key = models.UUIDField()
    state = models.CharField(max_length=8, choices=ExportState.choices, default=ExportState.ASKED)
    language = models.CharField(max_length=2)
    asked_at = models.DateTimeField()
    parts = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    ready_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)
    stored_name = models.CharField(max_length=80, blank=True)
    size = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint("person", condition=models.Q(state__in=LIVE), name="one_live_export"),
            models.UniqueConstraint("person", "request_key", name="export_asked_once"),
        ]

    def __str__(self) -> str:
        return f"export {self.pk}"
