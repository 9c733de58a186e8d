"""Choices of the electronic feed."""

from django.db.models import TextChoices


class RecordKind(TextChoices):
    """`line` is new care, `reversal` takes a line back, `reissue` takes one back and stands in its place."""

    LINE = "line"
    REVERSAL = "reversal"
    REISSUE = "reissue"


class LineState(TextChoices):
    """`priced` waits for a payment run; a line that was taken back before it was paid is `reversed`."""

    PRICED = "priced"
    REVERSED = "reversed"
    PAID = "paid"


class Reason(TextChoices):
    """Why a line was not taken in."""

    BAD_VALUE = "bad_value"
    UNKNOWN_ACT = "unknown_act"
    FUTURE_CARE = "future_care"
    UNKNOWN_PERSON = "unknown_person"
    NOT_ATTACHED = "not_attached"
    DOUBLE_ATTACHMENT = "double_attachment"
    NOT_COVERED = "not_covered"
    REPEATED = "repeated"
    REPLACED = "replaced"
    BAD_REVERSAL = "bad_reversal"
    NOT_PRICED = "not_priced"
