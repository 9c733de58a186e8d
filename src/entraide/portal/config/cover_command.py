"""`entraide cover …`: requests for hospital cover, for the operator's terminal.

It acts in the name of an agent, under the rules of the desk: right, nobody of the family, no colleague's.
"""

import argparse
import json
import sys

from django.utils import timezone, translation

from entraide.portal.config.refused import Refused
from entraide.portal.domain.agents.queries import agent_named
from entraide.portal.domain.agents.viewer import AgentViewer
from entraide.portal.domain.errors import DomainError
from entraide.portal.domain.hospital_cover.deciding import accept_cover, refuse_cover
from entraide.portal.domain.hospital_cover.queries import waiting_covers


def cover(options: argparse.Namespace) -> int:
    """Runs list or decide; what the rules refuse changes nothing."""
    with translation.override("en"):
        try:
            _list() if options.action == "list" else _decide(options)
        except DomainError as error:
            raise Refused(error.message) from None
    return 0


def _list() -> None:
    for one in waiting_covers(now=timezone.now()):
        row = {
            "reference": one.reference,
            "received_at": one.received_at.isoformat(timespec="seconds"),
            "due_on": one.due_on.isoformat(),
            "state": one.state,
            "letter": one.letter.value if one.letter else "",
            "channel": one.channel,
        }
        _say(json.dumps(row))


def _decide(options: argparse.Namespace) -> None:
    agent = _agent(options.agent)
    if options.verdict == "accept":
        if options.code:
            raise Refused("--code goes with refuse only")
        letter = accept_cover(agent, options.reference, now=timezone.now())
        _say(f"{letter.request.reference} is accepted; the letter leaves by {letter.channel}")
        return
    if not options.code:
        raise Refused("refuse needs a --code, a reason of desk.toml that the member reads")
    refuse_cover(agent, options.reference, code=options.code, now=timezone.now())
    _say(f"{options.reference} is refused; its sender is told")


def _agent(email: str) -> AgentViewer:
    found = agent_named(email)
    if found is None:
        raise Refused(f"{email}: nobody works here with this address; `entraide agent list` names them")
    return found


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
