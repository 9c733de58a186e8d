"""`entraide bank …`: changes of account, for the operator's terminal; agents have a page at the desk.

It acts in the name of an agent, under the same rules as a page would: right, four eyes, nobody of the family.
"""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime

from django.utils import timezone, translation

from entraide.portal.config.refused import Refused
from entraide.portal.domain.agents.queries import agent_named
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.bank.deciding import approve_change, check_change, refuse_change
from entraide.portal.domain.bank.enums import RefusalReason
from entraide.portal.domain.bank.looks import second_looks
from entraide.portal.domain.bank.queries import waiting_changes
from entraide.portal.domain.bank.settling import due_changes, settle
from entraide.portal.domain.errors import DomainError


def bank(options: argparse.Namespace) -> int:
    """Runs one of list, check, approve, refuse, settle; what the rules refuse changes nothing."""
    with translation.override("en"):
        try:
            _ACTIONS[options.action](options)
        except DomainError as error:
            raise Refused(error.message) from None
    return 0


def _list(_options: argparse.Namespace) -> None:
    for one in waiting_changes(now=timezone.now()):
        row = {**asdict(one), "asked_at": _told(one.asked_at), "effective_at": _told(one.effective_at)}
        _say(json.dumps(row))


def _told(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def _check(options: argparse.Namespace) -> None:
    now = timezone.now()
    change = check_change(_agent(options.agent), reference=options.reference, now=now)
    reasons = [reason.value for reason in second_looks(change, now=now)]
    more = f"a second agent must approve it: {', '.join(reasons)}" if reasons else "that is enough"
    _say(f"{change.reference} is checked; {more}")


def _approve(options: argparse.Namespace) -> None:
    change = approve_change(_agent(options.agent), reference=options.reference, now=timezone.now())
    _say(f"{change.reference} is approved; it is applied once its cooling-off is over")


def _refuse(options: argparse.Namespace) -> None:
    reason = RefusalReason(options.reason)
    agent = _agent(options.agent)
    change = refuse_change(agent, reference=options.reference, reason=reason, now=timezone.now())
    _say(f"{change.reference} is refused; its owner is told why")


def _settle(_options: argparse.Namespace) -> None:
    now = timezone.now()
    done = [change for one in due_changes(now=now) if (change := settle(one, now=now)) is not None]
    for change in done:
        _say(f"{change.reference}: {change.state}")
    _say(f"{len(done)} settled")


def _agent(email: str) -> AgentViewer:
    found = agent_named(email)
    if found is None:
        raise Refused(f"{email}: nobody works here with this address; `entraide agent list` names them")
    return found


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


_ACTIONS: dict[str, Callable[[argparse.Namespace], None]] = {
    "list": _list,
    "check": _check,
    "approve": _approve,
    "refuse": _refuse,
    "settle": _settle,
}
