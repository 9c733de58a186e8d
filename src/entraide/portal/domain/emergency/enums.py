"""Why a file is opened in an emergency, and what became of it afterwards."""

from django.db.models import TextChoices


class EmergencyReason(TextChoices):
    """None tells of anybody's health: who reviews reads no care."""

    PERSON = "person"
    ABSENCE = "absence"
    AUTHORITY = "authority"
    OTHER = "other"


class ReviewOutcome(TextChoices):
    """What somebody else said of it."""

    APPROVED = "approved"
    OBJECTED = "objected"
