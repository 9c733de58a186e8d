"""Requests that the mutual took up, what their forms asked, and how they ended."""

import json
from collections.abc import Sequence
from uuid import UUID

from entraide.portal.domain.data_out.models import TakenRequest
from entraide.portal.domain.data_out.tables import OutTable, Row
from entraide.portal.domain.requests.enums import CONFIDENTIAL, TALKS, By
from entraide.portal.domain.requests.events import (
    RequestAnswered,
    RequestChecked,
    RequestMoved,
    RequestRefused,
    RequestTaken,
    RequestWithdrawn,
)
from entraide.portal.domain.requests.models import Request
from entraide.portal.foundation.events.models import Entry

_ENDS: dict[str, str] = {
    RequestAnswered.__name__: "answered",
    RequestRefused.__name__: "refused",
    RequestWithdrawn.__name__: "withdrawn",
}
_ACCEPTING: tuple[type[RequestMoved], ...] = (RequestChecked, RequestTaken, RequestAnswered)
KINDS = (*(one.__name__ for one in _ACCEPTING), RequestRefused.__name__, RequestWithdrawn.__name__)
_ACCEPTS = frozenset(one.__name__ for one in _ACCEPTING)


def request_tables(entries: Sequence[Entry]) -> tuple[list[OutTable], set[UUID]]:
    """What happened to requests, in its order; and the requests that are told for the first time.

    A request goes out when somebody of the mutual takes it up or answers it, or a rule of the mutual answers
    it, with the answers of its form. How it ends is told of those alone, unless the management system itself
    said so. Words between people (messages, calls) and what is confidential stay here.
    """
    moved = {UUID(one.data["request_id"]) for one in entries}
    requests = Request.objects.filter(pk__in=moved).exclude(kind__in=(*TALKS, *CONFIDENTIAL))
    found = requests.select_related("sender__member", "concerns").in_bulk()
    told = set(TakenRequest.objects.filter(request__in=found).values_list("request", flat=True))
    first: set[UUID] = set()
    states = OutTable(
        "request_states.csv",
        (
            "reference", "state", "category", "type", "member_number", "sender_number", "concerns_number",
            "received_at", "refusal", "at",
        ),
    )  # fmt: skip
    for entry in entries:
        request = found.get(UUID(entry.data["request_id"]))
        if request is None or entry.data["by"] == By.CORE:
            continue
        if request.pk not in told and _is_accepted(entry):
            told.add(request.pk)
            first.add(request.pk)
            states.rows.append(_state(request, "accepted", entry))
        if request.pk in told and entry.kind in _ENDS:
            states.rows.append(_state(request, _ENDS[entry.kind], entry))
    answers = OutTable("request_answers.csv", ("reference", "position", "question", "answer"))
    for one in found.values():
        if one.pk in first:
            answers.rows.extend(_answers(one))
    return [states, answers], first


def _is_accepted(entry: Entry) -> bool:
    """That its files are clean, which the program notes by itself, says nothing of what was asked."""
    by_itself = entry.data["by"] == By.SYSTEM
    return entry.kind in _ACCEPTS and not (by_itself and entry.kind not in _ENDS)


def _state(request: Request, state: str, entry: Entry) -> Row:
    return (
        request.reference, state, request.category, request.type, request.sender.member.number,
        request.sender.number, request.concerns.number, request.received_at.isoformat(timespec="seconds"),
        str(entry.data.get("refusal", "")), entry.at.isoformat(timespec="seconds"),
    )  # fmt: skip


def _answers(request: Request) -> list[Row]:
    asked = json.loads(request.answers or "[]")
    return [
        (request.reference, str(place), str(question), str(answer))
        for place, (question, answer) in enumerate(asked, start=1)
    ]
