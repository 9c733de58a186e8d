"""`entraide desk …`: requests, for the operator's terminal; the pages below `/gestion/demandes/` do the same.

It acts in the name of an agent, under the same rules as a page would: right, four eyes, nobody of the family.
What is said to the member comes from standard input: arguments are for every user of the machine to see.
"""

import argparse
import json
import sys
from collections.abc import Callable
from datetime import date

from django.utils import timezone, translation

from entraide.portal.config.refused import Refused
from entraide.portal.domain.agents.queries import agent_named
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.handling import actions
from entraide.portal.domain.handling.opening import OpenRequest, open_request
from entraide.portal.domain.handling.queries import QueueRow, Wanted, queue, search

_NETWORK = "terminal"


def desk(options: argparse.Namespace) -> int:
    """Runs one act of the desk; what the rules refuse changes nothing."""
    with translation.override("en"):
        try:
            _ACTIONS[options.action](_agent(options.agent), options)
        except DomainError as error:
            raise Refused(error.message) from None
    return 0


def _list(agent: AgentViewer, options: argparse.Namespace) -> None:
    on, after = timezone.localdate(), ""
    wanted = Wanted(team=options.team, state=options.state)
    while True:
        page = queue(agent, wanted, after=after, on=on)
        for row in page.rows:
            _say(_line(row))
        after = page.after
        if not after:
            return


def _search(agent: AgentViewer, options: argparse.Namespace) -> None:
    for row in search(agent, options.text, now=timezone.now()):
        _say(_line(row))


def _show(agent: AgentViewer, options: argparse.Namespace) -> None:
    found = open_request(
        agent, options.reference, reason=options.reason, network=_NETWORK, now=timezone.now()
    )
    if found is None:
        raise Refused(f"no request has the reference {options.reference}")
    _say(json.dumps(_shown(found), ensure_ascii=False, indent=2))


def _take(agent: AgentViewer, options: argparse.Namespace) -> None:
    actions.take(agent, options.reference, now=timezone.now())
    _say(f"{options.reference} is taken")


def _hand_over(agent: AgentViewer, options: argparse.Namespace) -> None:
    actions.hand_over(agent, options.reference, team=options.team, to=options.to)
    _say(f"{options.reference} is handed over")


def _ask(agent: AgentViewer, options: argparse.Namespace) -> None:
    actions.ask(agent, options.reference, words=_words(), now=timezone.now())
    _say(f"{options.reference} waits for the member; the delay stands still")


def _answer(agent: AgentViewer, options: argparse.Namespace) -> None:
    done = actions.answer(agent, options.reference, words=_words(), now=timezone.now())
    _say(f"{options.reference} is answered" if done else f"{options.reference} waits for a second agent")


def _approve(agent: AgentViewer, options: argparse.Namespace) -> None:
    actions.approve(agent, options.reference, binding=options.binding, now=timezone.now())
    _say(f"{options.reference} is answered")


def _refuse(agent: AgentViewer, options: argparse.Namespace) -> None:
    actions.refuse(agent, options.reference, code=options.code, words=_words(), now=timezone.now())
    _say(f"{options.reference} is refused")


def _note(agent: AgentViewer, options: argparse.Namespace) -> None:
    actions.note(agent, options.reference, words=_words(), now=timezone.now())
    _say(f"{options.reference}: noted")


_ACTIONS: dict[str, Callable[[AgentViewer, argparse.Namespace], None]] = {
    "list": _list,
    "search": _search,
    "show": _show,
    "take": _take,
    "hand-over": _hand_over,
    "ask": _ask,
    "answer": _answer,
    "approve": _approve,
    "refuse": _refuse,
    "note": _note,
}


def _agent(identifier: str) -> AgentViewer:
    found = agent_named(identifier)
    if found is None:
        raise Refused(f"nobody who works here has the address {identifier}")
    return found


def _words() -> str:
    return "" if sys.stdin.isatty() else sys.stdin.read().strip()


def _line(row: QueueRow) -> str:
    told = {
        "reference": row.reference,
        "type": row.type.en,
        "state": row.state,
        "team": row.team,
        "handler": row.handler,
        "received_at": row.received_at.isoformat(timespec="seconds"),
        "due_on": _day(row.due_on),
        "is_late": row.is_late,
    }
    return json.dumps(told, ensure_ascii=False)


def _shown(found: OpenRequest) -> dict[str, object]:
    proposed = found.proposed
    return {
        "reference": found.reference,
        "type": found.type.en,
        "state": found.state,
        "team": found.team,
        "handler": found.handler,
        "sender": found.sender,
        "concerns": found.concerns,
        "due_on": _day(found.due_on),
        "description": found.description,
        "answers": [list(one) for one in found.answers],
        "pieces": [one.name for one in found.pieces],
        "history": [
            [one.at.isoformat(timespec="seconds"), one.state, one.by, one.name, one.words]
            for one in found.history
        ],
        "notes": [[one.name, one.words] for one in found.notes],
        "proposed": [proposed.name, proposed.words, proposed.binding] if proposed else None,
    }


def _day(day: date) -> str:
    return day.isoformat()


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
