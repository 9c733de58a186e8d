"""Answers of the management system to requests: each one is a move of the program, told to the member."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import TextChoices
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from entraide.portal.domain.handling.models import Proposal
from entraide.portal.domain.imports import Counts, Finding, Findings, Refused, find_repeated
from entraide.portal.domain.requests.enums import CONFIDENTIAL, FINAL_STATES, By, Move, RequestState
from entraide.portal.domain.requests.life import Hand, NotNow, Said, make_move, objection_to
from entraide.portal.domain.requests.models import Request, Step
from entraide.portal.domain.sealed_rows import opened_rows
from entraide.portal.foundation.web.wording import day

ANSWERS = "import_answers"
MAX_WORDS = 4000


class AnswerOutcome(TextChoices):
    ANSWERED = "answered"
    REFUSED = "refused"


_MOVES = {
    AnswerOutcome.ANSWERED: (Move.ANSWER, RequestState.DONE),
    AnswerOutcome.REFUSED: (Move.REFUSE, RequestState.REFUSED),
}


@dataclass(frozen=True, slots=True)
class _Answer:
    """A row with the request that it is about; `line` in the file."""

    line: int
    reference: str
    outcome: AnswerOutcome
    code: str
    words: str
    decided_on: date
    request: Request | None


def check_answers(findings: Findings, *, on: date) -> None:
    """Every row by itself and against its request: nothing is answered unless all can be. `on`: today."""
    find_repeated(findings, ANSWERS, key=["reference"], column="reference")
    for one in _answers():
        found = _fault_of_row(one, on=on) or _fault_of_request(one)
        if found is not None:
            findings.add(found)


def store_answers(*, now: datetime) -> Counts:
    """Answers what is open; a request that ended this way already, or was withdrawn, stays as it is."""
    answered = left = 0
    for one in _answers():
        assert one.request is not None
        if one.request.state in FINAL_STATES:
            left += 1
            continue
        _answer(one, one.request, now=now)
        answered += 1
    return Counts(new=answered, changed=0, unchanged=left)


def _answers() -> Iterator[_Answer]:
    # What is confidential is not the management system's: it is answered like what does not exist.
    asked = Request.objects.exclude(kind__in=CONFIDENTIAL)
    for rows in opened_rows(ANSWERS):
        references = [row["reference"] for row in rows]
        found = {one.reference: one for one in asked.filter(reference__in=references)}
        for row in rows:
            yield _read(row, found.get(row["reference"]))


def _read(row: Mapping[str, Any], request: Request | None) -> _Answer:
    return _Answer(
        line=row["line"],
        reference=row["reference"],
        outcome=AnswerOutcome(row["outcome"]),
        code=row["refusal_code"],
        words=row["words"],
        decided_on=date.fromisoformat(row["decided_on"]),
        request=request,
    )


def _fault_of_row(one: _Answer, *, on: date) -> Finding | None:
    if one.request is None:
        return Finding(
            one.line, "reference", f'"{one.reference}"', "the reference of a request of the portal"
        )
    if one.outcome == AnswerOutcome.ANSWERED and not one.words:
        return Finding(one.line, "words", '""', "what the member reads as the answer")
    fitting = settings.PROFILE.desk.refusals_for(one.request.type, kind=one.request.kind)
    codes = {reason.id for reason in fitting} if one.outcome == AnswerOutcome.REFUSED else {""}
    if one.code not in codes:
        told = ", ".join(sorted(codes)) if codes != {""} else "nothing: it is not refused"
        return Finding(one.line, "refusal_code", f'"{one.code}"', f"one of {told}" if any(codes) else told)
    received = timezone.localdate(one.request.received_at)
    if not received <= one.decided_on <= on:
        expected = f"a day from {received}, when it was received, to {on}"
        return Finding(one.line, "decided_on", f'"{one.decided_on}"', expected)
    return None


def _fault_of_request(one: _Answer) -> Finding | None:
    """Where it stands today: open, or ended the same way, or withdrawn by its member."""
    request = one.request
    assert request is not None
    move, end = _MOVES[one.outcome]
    if request.state in FINAL_STATES:
        if request.state == RequestState.WITHDRAWN or _ended_so(request, one, end):
            return None
        return Finding(
            one.line, "outcome", f'"{one.outcome}"', f"{request.state}: it ended so, and its member knows"
        )
    against = objection_to(request, move)
    return Finding(one.line, "outcome", f'"{one.outcome}"', against) if against else None


def _ended_so(request: Request, one: _Answer, end: RequestState) -> bool:
    if request.state != end:
        return False
    last = Step.objects.filter(request=request, state=end).order_by("-pk").first()
    return last is not None and last.refusal == one.code


def _answer(one: _Answer, request: Request, *, now: datetime) -> None:
    move, _end = _MOVES[one.outcome]
    with translation.override(request.language):
        decided = _("Décision du %(day)s.") % {"day": day(one.decided_on)}
    said = Said(words="\n\n".join(part for part in (one.words, decided) if part), refusal=one.code)
    try:
        make_move(request.pk, move=move, hand=Hand(by=By.CORE), said=said, now=now)
    except NotNow as late:
        # Somebody was quicker since the rows were checked: nothing of the file stays.
        findings = Findings()
        findings.add(Finding(one.line, "outcome", f'"{one.outcome}"', late.message))
        raise Refused(findings) from None
    Proposal.objects.filter(request=request).delete()
