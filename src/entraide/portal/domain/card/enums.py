"""Choices about cards."""

from django.db.models import TextChoices


class RecipientKind(TextChoices):
    """Who gets a link to a card: somebody of the contract at the address on file, or a professional."""

    FAMILY = "family"
    PROFESSIONAL = "professional"


class CardState(TextChoices):
    """What a check says of a code. All but `valid` are refusals; the first four need no database."""

    VALID = "valid"
    MALFORMED = "malformed"
    OTHER_MUTUAL = "other_mutual"
    UNKNOWN_KEY = "unknown_key"
    FORGED = "forged"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    REPLACED = "replaced"
    ENDED = "ended"
