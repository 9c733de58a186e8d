"""Where entries of the directory come from, and what becomes of an edition."""

from django.db.models import TextChoices


class Source(TextChoices):
    """Each has one edition in use, which a newer file replaces whole."""

    RPPS = "rpps"
    PARTNERS = "partners"


class EditionState(TextChoices):
    """Readers see the one in use; one that leaves is being forgotten."""

    LOADING = "loading"
    IN_USE = "in_use"
    LEAVING = "leaving"
