"""What a partner tells of a teleconsultation."""

from django.db.models import TextChoices


class TeleconsultationState(TextChoices):
    """`cancelled`: the partner takes it back, and it counts no more."""

    HELD = "held"
    CANCELLED = "cancelled"
