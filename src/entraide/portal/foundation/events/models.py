"""The journal: what happened, when, by whom, about whom. Rows are added, never changed."""

import uuid

from django.db import models


class Entry(models.Model):
    """One fact. `data` holds ids and codes only: no amount of care, no document, no identity number."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kind = models.CharField(max_length=60)
    at = models.DateTimeField(db_index=True)
    actor = models.UUIDField(null=True)
    about = models.UUIDField(null=True, db_index=True)
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"
