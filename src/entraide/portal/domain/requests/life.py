"""The life of a request: which move leads from which states to which, by whom; and the one way to make it.

Nothing else changes the state of a request.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.requests.delays import working_days_after, working_days_between
from entraide.portal.domain.requests.enums import (
    FINAL_STATES,
    LEGAL_CLOCKS,
    By,
    Move,
    RequestKind,
    RequestState,
)
from entraide.portal.domain.requests.events import FACTS
from entraide.portal.domain.requests.models import CallBack, Message, Request, RequestFile, Step
from entraide.portal.foundation.events.facts import publish

_RECEIVED, _CHECKED = RequestState.RECEIVED, RequestState.CHECKED
_IN_PROGRESS, _WAITING = RequestState.IN_PROGRESS, RequestState.WAITING_FOR_MEMBER
_UNTAKEN = frozenset({_RECEIVED, _CHECKED})
_OPEN = _UNTAKEN | {_IN_PROGRESS, _WAITING}
# As long as who wrote has the answer in mind; what comes later is better told from its beginning.
REOPENS_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Rule:
    """From any of these states to that one, by one of these.

    `kinds`: for these kinds of requests alone; none: for all. `within`: so long after it was closed.
    """

    start: frozenset[RequestState]
    end: RequestState | None
    by: frozenset[By]
    kinds: frozenset[RequestKind] = frozenset()
    within: timedelta | None = None


MOVES: Mapping[Move, Rule] = MappingProxyType(
    {
        Move.CHECK: Rule(frozenset({_RECEIVED}), _CHECKED, frozenset({By.AGENT, By.SYSTEM})),
        Move.TAKE: Rule(_UNTAKEN, _IN_PROGRESS, frozenset({By.AGENT})),
        Move.ASK: Rule(_UNTAKEN | {_IN_PROGRESS}, _WAITING, frozenset({By.AGENT, By.SYSTEM})),
        Move.REPLY: Rule(frozenset({_WAITING}), _IN_PROGRESS, frozenset({By.MEMBER})),
        Move.HAND_BACK: Rule(frozenset({_IN_PROGRESS}), _CHECKED, frozenset({By.AGENT})),
        Move.ANSWER: Rule(_OPEN, RequestState.DONE, frozenset({By.AGENT, By.SYSTEM, By.CORE})),
        Move.REFUSE: Rule(_OPEN, RequestState.REFUSED, frozenset({By.AGENT, By.CORE})),
        Move.WITHDRAW: Rule(_OPEN, RequestState.WITHDRAWN, frozenset({By.MEMBER})),
        # The state stays what it is.
        Move.ADD: Rule(
            _UNTAKEN | {_IN_PROGRESS},
            None,
            frozenset({By.MEMBER}),
            kinds=frozenset(RequestKind) - {RequestKind.CALL_BACK},
        ),
        Move.REOPEN: Rule(
            frozenset({RequestState.DONE}),
            _IN_PROGRESS,
            frozenset({By.MEMBER}),
            kinds=frozenset({RequestKind.MESSAGE}),
            within=REOPENS_FOR,
        ),
    }
)


# Why a move cannot be made now although the table has it, in words for who tries; blank: nothing against it.
Objection = Callable[[Request, Move], str]
_OBJECTIONS: dict[tuple[str, str], Objection] = {}


class NotNow(DomainError):
    """The request is no longer where this move begins: somebody was quicker, or it is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """Who makes a move: on which side, and with whose account (None: the program)."""

    by: By
    actor: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What goes to the other side with a move. `key` and `digest`: those of the form of a reply.

    `papers`: ids of the papers that a question asks for by name. `enclosed`: ids of the files that go along.
    """

    words: str = ""
    papers: tuple[str, ...] = ()
    refusal: str = ""
    enclosed: tuple[UUID, ...] = ()
    key: UUID | None = None
    digest: str = ""


def may_move(state: str, move: Move, *, by: By) -> bool:
    """Whether the table lets this side make the move from this state."""
    rule = MOVES[move]
    return by in rule.by and state in rule.start


def fits_kind(kind: str, move: Move) -> bool:
    """Whether the table has this move for requests of this kind."""
    return not MOVES[move].kinds or kind in MOVES[move].kinds


def may_move_until(request: Request, move: Move, *, by: By) -> datetime | None:
    """Until when the table lets this side make a move that has its time; None when it does not at all."""
    rule = MOVES[move]
    fits = may_move(request.state, move, by=by) and fits_kind(request.kind, move)
    if not fits or rule.within is None or request.closed_at is None:
        return None
    return request.closed_at + rule.within


def before_moves(kind: tuple[str, str], objection: Objection) -> None:
    """Lets a feature have its say on every move of its requests; called at start.

    `kind`: their category and type, or a kind of requests and blank.
    """
    _OBJECTIONS[kind] = objection


def objection_to(request: Request, move: Move) -> str:
    """What the feature of this request's type says against the move; blank when nothing."""
    own = (request.category, request.type)
    objection = _OBJECTIONS.get(own) or _OBJECTIONS.get((request.kind, ""))
    return objection(request, move) if objection else ""


def locked(request_id: UUID) -> Request:
    """The request, which nobody else moves until the transaction is over."""
    return Request.objects.select_for_update().get(pk=request_id)


def make_move(request_id: UUID, *, move: Move, hand: Hand, said: Said | None = None, now: datetime) -> Step:
    """Brings a request to its next state, stores who did it and what was said, publishes the fact.

    Raises NotNow when the table has no such move from where the request is, or the feature of its type
    objects. Of two at once one wins.
    """
    said = said or Said()
    with transaction.atomic():
        request = locked(request_id)
        if not _is_possible(request, move, by=hand.by, now=now):
            raise NotNow(_refusal(request, move))
        if why_not := objection_to(request, move):
            raise NotNow(why_not)
        _keep_time(request, move, now=now)
        step = Step(
            request=request, state=request.state, at=now, by=hand.by, actor=hand.actor, refusal=said.refusal
        )
        step.save(force_insert=True)
        _keep_said(request, step, said)
        if move in {Move.WITHDRAW, Move.REFUSE}:
            # A call that will not be made gives its place back.
            CallBack.objects.filter(request=request).update(place=None)
        _tell(request, move, hand, said)
    return step


def _is_possible(request: Request, move: Move, *, by: By, now: datetime) -> bool:
    if MOVES[move].within is None:
        return may_move(request.state, move, by=by) and fits_kind(request.kind, move)
    until = may_move_until(request, move, by=by)
    return until is not None and now <= until


def _keep_said(request: Request, step: Step, said: Said) -> None:
    if said.words or said.papers or said.key or said.enclosed:
        message = Message.objects.create(
            step=step,
            request=request,
            words=said.words,
            papers=",".join(said.papers),
            request_key=said.key,
            content_digest=said.digest,
        )
        enclosed = RequestFile.objects.filter(pk__in=said.enclosed)
        enclosed.update(request=request, message=message)


def _keep_time(request: Request, move: Move, *, now: datetime) -> None:
    """The promise stands still while we wait for the member: what it loses, it gets back in working days.

    That of a complaint runs on: it is the law's, not ours. Of a request that is opened again it starts anew.
    """
    to = MOVES[move].end or request.state
    if request.waiting_since is not None:
        started = request.waiting_since
        request.waited_seconds += max(0, int((now - started).total_seconds()))
        waited = working_days_between(timezone.localdate(started), timezone.localdate(now))
        if request.kind not in LEGAL_CLOCKS:
            request.due_on = working_days_after(request.due_on, waited)
    if move == Move.REOPEN:
        received = timezone.localdate(request.received_at)
        promised = working_days_between(received, request.promised_on)
        request.due_on = working_days_after(timezone.localdate(now), promised)
    if move in {Move.REOPEN, Move.ADD}:
        request.reopened_at = now
    elif move == Move.ASK:
        # Read, and asked about: the next word is the member's again.
        request.reopened_at = None
    request.state = to
    request.waiting_since = now if to == _WAITING else None
    request.closed_at = now if to in FINAL_STATES else None
    changed = ["state", "waiting_since", "waited_seconds", "due_on", "closed_at", "reopened_at"]
    request.save(update_fields=changed)


def _tell(request: Request, move: Move, hand: Hand, said: Said) -> None:
    more = {"refusal": said.refusal} if move == Move.REFUSE else {}
    publish(
        FACTS[move](
            actor=hand.actor,
            about=request.sender_id,
            request_id=request.pk,
            reference=request.reference,
            by=hand.by.value,
            language=request.language,
            legal_clock=request.kind in LEGAL_CLOCKS,
            enclosed=len(said.enclosed),
            **more,
        )
    )


def _refusal(request: Request, move: Move) -> str:
    if move == Move.REOPEN and request.kind == RequestKind.MESSAGE and request.state == RequestState.DONE:
        return _("Cet échange est clos : écrivez-nous un nouveau message.")
    if request.state in FINAL_STATES:
        return _("Cette demande est terminée : rien ne peut plus y être changé.")
    if move == Move.REPLY:
        return _("Nous n’attendons plus de réponse à cette demande.")
    if move == Move.TAKE:
        return _("Un collègue s’occupe déjà de cette demande.")
    return _("Cette demande a avancé entre-temps : rechargez la page pour voir où elle en est.")
