"""Choices of the journal of consultations."""

from django.db.models import TextChoices


class ReaderKind(TextChoices):
    """Somebody of the family, somebody whom the person asked to help, or who works at the mutual."""

    FAMILY = "family"
    HELPER = "helper"
    AGENT = "agent"


class Seen(TextChoices):
    """What was read. `amounts`: what was paid for somebody, without any detail of the care.

    `emergency`: nothing yet; the file was opened in an emergency, whatever was read of it then.
    """

    IDENTITY = "identity"
    CARE = "care"
    AMOUNTS = "amounts"
    ALLOWANCES = "allowances"
    STATEMENT = "statement"
    DOCUMENT = "document"
    REQUEST = "request"
    BANK = "bank"
    EXPORT = "export"
    EMERGENCY = "emergency"
    CARD = "card"


class Outcome(TextChoices):
    SHOWN = "shown"
    REFUSED = "refused"
