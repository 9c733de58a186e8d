"""States of a change of account, and the reasons that stand beside them."""

from django.db.models import TextChoices


class Scope(TextChoices):
    """Whose account it is: the one that the contract shares, or one person's own."""

    CONTRACT = "contract"
    PERSON = "person"


class ChangeState(TextChoices):
    """`ready`: the cooling-off is over, and the mutual's check is still missing."""

    ASKED = "asked"
    READY = "ready"
    APPLIED = "applied"
    CANCELLED = "cancelled"
    REFUSED = "refused"
    FROZEN = "frozen"


LIVE = (ChangeState.ASKED, ChangeState.READY)


class ApprovalStep(TextChoices):
    CHECK = "check"
    APPROVE = "approve"


class RefusalReason(TextChoices):
    """Why the mutual, or the program (the last two), does not carry a change out."""

    HOLDER_MISMATCH = "holder_mismatch"
    PAPER_MISMATCH = "paper_mismatch"
    PAPER_UNREADABLE = "paper_unreadable"
    NOT_CONFIRMED = "not_confirmed"
    ACCOUNT_MOVED = "account_moved"
    NO_LONGER_ALLOWED = "no_longer_allowed"


class SecondLook(TextChoices):
    """Why two agents must agree (A71)."""

    CONTACT_CHANGED = "contact_changed"
    SEEN_ELSEWHERE = "seen_elsewhere"
    AMOUNT = "amount"
    PAYEE = "payee"


class PayeeCheck(TextChoices):
    """What our bank answered when it was asked whether this account is this holder's."""

    MATCH = "match"
    CLOSE = "close"
    NO_MATCH = "no_match"
    NOT_POSSIBLE = "not_possible"


# A name that is not quite the account's, or not at all.
DOUBTFUL_PAYEES = (PayeeCheck.CLOSE, PayeeCheck.NO_MATCH)
