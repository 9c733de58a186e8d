"""What a bank says of transfers, whichever message it used."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class AnswerKind(StrEnum):
    """What became of one transfer."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    RETURNED = "returned"


class GroupStatus(StrEnum):
    """What became of a file as a whole; UNDECIDED is received or pending, and nothing follows from it."""

    ACCEPTED = "accepted"
    PARTIAL = "partial"
    REFUSED = "refused"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerItem:
    """One transfer: `amount` in cents, `on` the day of the booking or acceptance, as far as the bank tells.

    `end_to_end_id` is empty when the bank names none. `reason` is an ISO code such as AC04, or empty; `text`
    is what the bank adds in its own words, at most 200 characters.
    """

    end_to_end_id: str
    kind: AnswerKind
    reason: str = ""
    amount: int | None = None
    on: date | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BankAnswer:
    """One answer. An item goes before `group`, which holds for the transfers that no item names.

    `original_message_id` and `group` are None for returns, which belong to any number of files. `left_out`
    counts transactions without consequence: still pending, or returns of what we took, not of what we paid.
    """

    message_id: str
    original_message_id: str | None
    made_at: datetime
    group: GroupStatus | None
    group_reason: str = ""
    group_text: str = ""
    items: tuple[AnswerItem, ...]
    left_out: int = 0
