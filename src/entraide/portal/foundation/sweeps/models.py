"""What the last runs of the daily look found, for who has to act on it."""

from django.db import models


class Run(models.Model):
    """One run. `found`: a row for each code that was found, with ids and references, never a name."""

    at = models.DateTimeField(db_index=True)
    repaired = models.PositiveIntegerField()
    left = models.PositiveIntegerField()
    found = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"run of {self.at:%Y-%m-%d %H:%M}"
