"""A letter on its way: from when on it may be at the hospital, and what became of it."""

from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from entraide.portal.domain.hospital_cover.enums import Trouble
from entraide.portal.domain.hospital_cover.models import CoverLetter
from entraide.portal.domain.requests.enums import FINAL_STATES, By, Move
from entraide.portal.domain.requests.life import Hand, locked, make_move

# The fax service has 30 s to answer, the mail server some more; longer, and whoever sent it was stopped.
_LONGEST = timedelta(minutes=5)


class LetterState(StrEnum):
    """Where a letter stands. `doubtful`: it may be at the hospital, and it may not."""

    WAITING = "waiting"
    LEAVING = "leaving"
    NOT_TAKEN = "not_taken"
    DOUBTFUL = "doubtful"
    SENT = "sent"


def state_of(letter: CoverLetter, *, now: datetime) -> LetterState:
    """What is known of the letter at this moment; whoever stops in the middle of sending leaves a doubt."""
    if letter.sent_at is not None:
        return LetterState.SENT
    if letter.leaving_at is not None:
        return LetterState.DOUBTFUL if now - letter.leaving_at > _LONGEST else LetterState.LEAVING
    if letter.trouble:
        return LetterState.DOUBTFUL if letter.maybe_there else LetterState.NOT_TAKEN
    return LetterState.WAITING


def letter_leaves(request_id: UUID, *, sending: int, now: datetime) -> bool:
    """Says, before a letter is handed over, that it may be at the hospital from now on.

    False when it must not leave: its request ended otherwise, it has left already, or another sending counts.
    """
    with transaction.atomic():
        letter = locked_letter(request_id)
        is_over = letter.request.state in FINAL_STATES or letter.sent_at is not None
        if is_over or letter.sending != sending:
            return False
        # A try that never told its end was stopped in the middle.
        letter.maybe_there = letter.maybe_there or letter.leaving_at is not None
        letter.leaving_at, letter.trouble, letter.trouble_at = now, "", None
        letter.save(update_fields=["maybe_there", "leaving_at", "trouble", "trouble_at"])
        return True


def letter_has_left(request_id: UUID, *, hand: Hand | None = None, now: datetime) -> None:
    """Notes that the letter was taken, and answers the request; a second call changes nothing.

    The answer is whose the decision was, unless `hand` says who found out that it has arrived.
    """
    with transaction.atomic():
        letter = locked_letter(request_id)
        if letter.sent_at is not None:
            return
        letter.sent_at, letter.leaving_at = now, None
        letter.trouble, letter.trouble_at = "", None
        letter.save(update_fields=["sent_at", "leaving_at", "trouble", "trouble_at"])
        make_move(request_id, move=Move.ANSWER, hand=hand or _hand_of(letter), now=now)


def letter_was_not_taken(request_id: UUID, *, sending: int, trouble: Trouble, now: datetime) -> None:
    """Notes a try that did not end well. Where no try was in doubt, the request is free again."""
    with transaction.atomic():
        letter = locked_letter(request_id)
        if letter.sent_at is not None or letter.sending != sending:
            return
        letter.leaving_at, letter.trouble, letter.trouble_at = None, trouble, now
        letter.maybe_there = letter.maybe_there or trouble == Trouble.DOUBTFUL
        letter.save(update_fields=["leaving_at", "trouble", "trouble_at", "maybe_there"])


def locked_letter(request_id: UUID) -> CoverLetter:
    """The letter of a request, which is locked first, as everybody does who changes one."""
    request = locked(request_id)
    letter = CoverLetter.objects.select_related("agent").get(request=request)
    letter.request = request
    return letter


def _hand_of(letter: CoverLetter) -> Hand:
    decided_by = letter.agent
    return Hand(by=By.AGENT, actor=decided_by.account_id) if decided_by else Hand(by=By.SYSTEM)
