"""Choices of hospital cover."""

from django.db.models import TextChoices


class LetterChannel(TextChoices):
    EMAIL = "email"
    FAX = "fax"


class Trouble(TextChoices):
    """What became of a try that did not end well. `doubtful`: the letter may have left all the same."""

    NOT_TAKEN = "not_taken"
    DOUBTFUL = "doubtful"
