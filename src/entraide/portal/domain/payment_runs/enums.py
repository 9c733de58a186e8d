"""Choices of payment runs."""

from django.db.models import TextChoices


class RunState(TextChoices):
    """`prepared` can still be given up and shows nothing to members; `ordered` is paid."""

    PREPARED = "prepared"
    ORDERED = "ordered"


class TransferState(TextChoices):
    """`refused`: the bank did not send it; `returned`: it left and came back."""

    PREPARED = "prepared"
    ORDERED = "ordered"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    RETURNED = "returned"


class HeldReason(TextChoices):
    """Why lines wait for a later run."""

    NO_ACCOUNT = "no_account"
    BAD_ACCOUNT = "bad_account"
    ACCOUNT_REFUSED = "account_refused"
    DEBT = "debt"
    NO_NUMBER = "no_number"
