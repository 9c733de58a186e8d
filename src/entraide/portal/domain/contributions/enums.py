"""Choices of contributions."""

from enum import Enum

from django.db.models import TextChoices


class ContributionState(TextChoices):
    """What the management system says of one line of the schedule.

    `replaced` failed and is asked again by another line; like `cancelled`, it is not owed any more.
    """

    DUE = "due"
    PAID = "paid"
    FAILED = "failed"
    REPLACED = "replaced"
    CANCELLED = "cancelled"


class ContributionMethod(TextChoices):
    DIRECT_DEBIT = "direct_debit"
    TRANSFER = "transfer"
    CHEQUE = "cheque"
    CARD = "card"


class DebitFailure(TextChoices):
    """Why the bank did not pay a debit."""

    FUNDS = "funds"
    ACCOUNT = "account"
    REFUSED = "refused"
    OTHER = "other"


class Standing(Enum):
    """Where a line stands for the reader on a day: a line that is due is to come, being recorded, or late."""

    TO_COME = "to_come"
    RECORDING = "recording"
    LATE = "late"
    PAID = "paid"
    FAILED = "failed"
    REPLACED = "replaced"
    CANCELLED = "cancelled"
