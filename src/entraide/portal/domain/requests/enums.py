"""Kinds and states of what a member asks, and the moves between them."""

from django.db.models import TextChoices


class RequestKind(TextChoices):
    """What a member asked, by its form.

    `card`: the card by post again; `social_fund` is confidential; `termination`: the end of a contract.
    """

    DEPOSIT = "deposit"
    CLAIM = "claim"
    MESSAGE = "message"
    CALL_BACK = "call_back"
    CARD = "card"
    COMPLAINT = "complaint"
    SOCIAL_FUND = "social_fund"
    TERMINATION = "termination"


# Their categories are reasons to talk, not papers.
TALKS = (RequestKind.MESSAGE, RequestKind.CALL_BACK)
# Asked for on a page of their own, in categories that the deposit does not offer.
OWN_FORMS = (
    RequestKind.CARD,
    RequestKind.COMPLAINT,
    RequestKind.SOCIAL_FUND,
    RequestKind.TERMINATION,
)
# Read by who sent it, and at the mutual by who is there for it; no list, count or helper knows of it.
CONFIDENTIAL = (RequestKind.SOCIAL_FUND,)
# Whose day no question moves.
LEGAL_CLOCKS = (RequestKind.COMPLAINT,)


class RequestState(TextChoices):
    RECEIVED = "received"
    CHECKED = "checked"
    IN_PROGRESS = "in_progress"
    WAITING_FOR_MEMBER = "waiting_for_member"
    DONE = "done"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


# What the mutual said at the end, and every end that there is.
ANSWERED_STATES = (RequestState.DONE, RequestState.REFUSED)
FINAL_STATES = (*ANSWERED_STATES, RequestState.WITHDRAWN)


class Move(TextChoices):
    """What may be done with a request; `life.py` says when, and by whom."""

    CHECK = "check"
    TAKE = "take"
    ASK = "ask"
    REPLY = "reply"
    HAND_BACK = "hand_back"
    ANSWER = "answer"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"
    ADD = "add"


class By(TextChoices):
    """Who made a move. `system`: a rule of the program; `core`: the management system, by an import."""

    MEMBER = "member"
    AGENT = "agent"
    SYSTEM = "system"
    CORE = "core"


class ScanState(TextChoices):
    """What is known of a file. `error`: the antivirus answered and could not tell; it is asked again.

    `withdrawn`: an agent took it back before anybody had opened it; its bytes and its name are erased.
    """

    RECEIVED = "received"
    SCANNING = "scanning"
    CLEAN = "clean"
    INFECTED = "infected"
    ERROR = "error"
    UNSCANNED = "unscanned"
    WITHDRAWN = "withdrawn"


# Without a verdict, and so closed to everybody.
PENDING_SCANS = (ScanState.RECEIVED, ScanState.SCANNING, ScanState.ERROR)
# What may be opened: `unscanned` where no antivirus is set up.
READABLE = (ScanState.CLEAN, ScanState.UNSCANNED)
