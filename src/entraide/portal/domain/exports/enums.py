from django.db.models import TextChoices


class ExportState(TextChoices):
    """`taken`: handed out once, and forgotten. `expired`: nobody came for it. `failed`: never ready."""

    ASKED = "asked"
    MAKING = "making"
    READY = "ready"
    TAKEN = "taken"
    EXPIRED = "expired"
    FAILED = "failed"


LIVE = (ExportState.ASKED, ExportState.MAKING, ExportState.READY)
