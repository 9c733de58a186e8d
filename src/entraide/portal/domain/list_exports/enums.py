"""States of an export of a list."""

from django.db.models import TextChoices


class ListExportState(TextChoices):
    """`asked` waits for a supervisor; `taken` was downloaded once; `failed` could not be made."""

    ASKED = "asked"
    APPROVED = "approved"
    READY = "ready"
    TAKEN = "taken"
    REFUSED = "refused"
    EXPIRED = "expired"
    FAILED = "failed"
