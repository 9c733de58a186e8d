"""Choices of the members' files."""

from django.db.models import TextChoices


class Relationship(TextChoices):
    PRIMARY_INSURED = "primary_insured"
    SPOUSE = "spouse"
    CHILD = "child"


class Civility(TextChoices):
    MME = "mme"
    M = "m"


class ClaimFeed(TextChoices):
    """Télétransmission: does the compulsory scheme send us the person's lines?"""

    ON = "on"
    OFF = "off"
    NEVER = "never"


class StatementDelivery(TextChoices):
    EMAIL = "email"
    POST = "post"
