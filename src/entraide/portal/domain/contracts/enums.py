"""Choices of contracts."""

from django.db.models import TextChoices


class CoverageTier(TextChoices):
    BASE = "base"
    OPTION = "option"
    TOP_UP = "top_up"
